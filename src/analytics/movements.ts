import { type Day, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { Coverage, Stretch } from './coverage.ts';
import { type Endings, NO_ENDINGS, runRateAt } from './run-rate.ts';

/** `new`: never paid before; `reactivation`: paid earlier, not at the start; `churn`: no longer pays at the end. */
export type MovementKind = 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn';

/** The kinds in the order in which a digest names them. */
export const MOVEMENT_KINDS: readonly MovementKind[] = [
  'new',
  'reactivation',
  'expansion',
  'contraction',
  'churn',
];

/** How one entitlement's recurring revenue changed, in cents a month of partner share. */
export interface Movement {
  readonly entitlement: string;
  readonly kind: MovementKind;
  readonly before: Cents;
  readonly after: Cents;
  /** after - before. */
  readonly delta: Cents;
  /** Reactivations: days without coverage. */
  readonly daysAway?: number;
}

/** The movements between two days and what they add up to. */
export interface Movements {
  readonly from: Day;
  readonly to: Day;
  /** Recurring revenue on either day; before + all totals + `noise` = after, exactly. */
  readonly before: Cents;
  readonly after: Cents;
  /** Largest change first. */
  readonly list: readonly Movement[];
  readonly totals: Readonly<Record<MovementKind, { readonly count: number; readonly delta: Cents }>>;
  /** Sum of the changes too small to be called an expansion or a contraction. */
  readonly noise: Cents;
  /** (before - contraction - churn) / before over the customers of the first day; undefined without any. */
  readonly grossRetention: number | undefined;
  /** Gross retention + expansion / before; new and returning customers are no part of it. */
  readonly netRetention: number | undefined;
}

/** Smallest change of size that is a decision rather than rounding or a share agreement: max($1, 0.5 %) a month. */
export function noiseFloor(before: Cents): number {
  return Math.max(100, 0.005 * before);
}

/** Days without coverage around `from`, for an entitlement that pays nothing on that day but did before. */
function daysAway(stretches: readonly Stretch[], from: Day): number | undefined {
  const left = stretches.findLast(({ end }) => end <= from);
  const back = stretches.find(({ start }) => start > from);
  return left && back ? daysBetween(left.end, back.start) : undefined;
}

function toMovement(
  entitlement: string,
  before: Cents,
  after: Cents,
  stretches: readonly Stretch[],
  from: Day,
): Movement | undefined {
  const change = { entitlement, before, after, delta: after - before };
  if (before === 0) {
    const away = daysAway(stretches, from);
    return away === undefined
      ? { ...change, kind: 'new' }
      : { ...change, kind: 'reactivation', daysAway: away };
  }
  if (after === 0) return { ...change, kind: 'churn' };
  if (Math.abs(change.delta) < noiseFloor(before)) return undefined;
  return { ...change, kind: after > before ? 'expansion' : 'contraction' };
}

/**
 * How recurring revenue moved between two days, entitlement by entitlement. Changes of size below max($1, 0.5 % of the
 * rate before) a month are noise; coming and leaving always count. An entitlement that comes and goes in between does not show.
 */
export function movementsBetween(
  coverage: Coverage,
  from: Day,
  to: Day,
  endings: Endings = NO_ENDINGS,
): Movements {
  const start = runRateAt(coverage, from, endings);
  const end = runRateAt(coverage, to, endings);
  const list: Movement[] = [];
  let noise = 0;
  for (const entitlement of new Set([...start.byEntitlement.keys(), ...end.byEntitlement.keys()])) {
    const before = start.byEntitlement.get(entitlement) ?? 0;
    const after = end.byEntitlement.get(entitlement) ?? 0;
    if (before === after) continue;
    const movement = toMovement(entitlement, before, after, coverage.stretches.get(entitlement) ?? [], from);
    if (movement) list.push(movement);
    else noise += after - before;
  }
  list.sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || (a.entitlement < b.entitlement ? -1 : 1));
  const totals = totalsByKind(list);
  const lost = totals.churn.delta + totals.contraction.delta;
  const gross = start.total === 0 ? undefined : (start.total + lost) / start.total;
  return {
    from,
    to,
    before: start.total,
    after: end.total,
    list,
    totals,
    noise,
    grossRetention: gross,
    netRetention: gross === undefined ? undefined : gross + totals.expansion.delta / start.total,
  };
}

function totalsByKind(list: readonly Movement[]): Movements['totals'] {
  const totals = Object.fromEntries(MOVEMENT_KINDS.map((kind) => [kind, { count: 0, delta: 0 }])) as Record<
    MovementKind,
    { count: number; delta: Cents }
  >;
  for (const { kind, delta } of list) {
    totals[kind].count += 1;
    totals[kind].delta += delta;
  }
  return totals;
}

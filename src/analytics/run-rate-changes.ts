import type { Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { WeekMovements } from './run-rate-weeks.ts';

/** A week whose movement of recurring revenue is no longer what it was. */
export interface RunRateChange {
  readonly week: Day;
  /** Net change of the week, cents a month, as known then and now. */
  readonly before: Cents;
  readonly after: Cents;
  /** Entitlements whose movement is another one now, with their effect on the week; largest first. */
  readonly behind: readonly { readonly entitlement: string; readonly delta: Cents }[];
}

/** Less than a dollar a month, or than 5 % of what was told, is no news unless somebody left or did not leave after all. */
function isMaterial(before: Cents, after: Cents): boolean {
  const change = Math.abs(after - before);
  return change >= 100 && change >= 0.05 * Math.abs(before);
}

function deltasOf({ list }: WeekMovements): ReadonlyMap<string, Cents> {
  return new Map(list.map(({ delta, entitlement }) => [entitlement, delta]));
}

function leaversOf({ list }: WeekMovements): ReadonlySet<string> {
  return new Set(list.filter(({ kind }) => kind === 'churn').map(({ entitlement }) => entitlement));
}

/**
 * The weeks of which the movement of recurring revenue reads differently in two states of knowledge, oldest first: their
 * net change by a dollar and 5 %, or who left in them.
 */
export function runRateChanges(
  before: readonly WeekMovements[],
  now: readonly WeekMovements[],
): RunRateChange[] {
  const then = new Map(before.map((one) => [one.week, one]));
  return now.flatMap((one): RunRateChange[] => {
    const told = then.get(one.week);
    if (!told) return [];
    const change = { before: told.after - told.before, after: one.after - one.before };
    const isSame = leaversOf(told).symmetricDifference(leaversOf(one)).size === 0;
    if (isSame && !isMaterial(change.before, change.after)) return [];
    const [was, is] = [deltasOf(told), deltasOf(one)];
    const behind = [...new Set([...was.keys(), ...is.keys()])]
      .map((entitlement) => ({
        entitlement,
        delta: (is.get(entitlement) ?? 0) - (was.get(entitlement) ?? 0),
      }))
      .filter(({ delta }) => delta !== 0)
      .toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || (a.entitlement < b.entitlement ? -1 : 1));
    return [{ week: one.week, ...change, behind }];
  });
}

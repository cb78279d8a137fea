import type { AlertId } from '../domain/alert-rules.ts';
import type { AlertFactRow } from '../store/alert-book.ts';
import type { AlertFact } from './alert.ts';

/** A fact and the rule that saw it. */
export interface SeenFact {
  readonly rule: AlertId;
  readonly fact: AlertFact;
}

/** What several rules say about one thing, the first in precedence first; and what the channel knows of it already. */
export interface Subject {
  readonly seen: readonly [SeenFact, ...SeenFact[]];
  readonly row: AlertFactRow | undefined;
}

/** Rules that look at the same movements: a refund can become an upgrade. */
const MOVEMENTS: ReadonlySet<AlertId> = new Set(['large-transaction', 'upgrade', 'downgrade', 'refund']);

const familyOf = (rule: AlertId): string => (MOVEMENTS.has(rule) ? 'movement' : rule);

function isSame(row: AlertFactRow, { fact, rule }: SeenFact): boolean {
  if (familyOf(row.rule) !== familyOf(rule)) return false;
  return row.fact === fact.id || row.marks.some((mark) => fact.marks.includes(mark));
}

function isExact(row: AlertFactRow, { fact }: SeenFact): boolean {
  return row.fact === fact.id;
}

/** How far a fact has come: one that was told is what others are measured by. */
const STATES = ['told', 'held', 'waiting', 'dropped'] as const;

/**
 * Groups facts by what they are about and finds what the channel knows of each. A fact is recognised by its id or by a
 * row it is made of, because days and names of movements move as their lines arrive. Each known fact is used once: a
 * movement that is taken apart is not told a second time.
 */
export function toSubjects(
  found: readonly SeenFact[],
  known: (entitlement: string) => readonly AlertFactRow[],
): Subject[] {
  const groups = [...Map.groupBy(found, ({ fact }) => fact.subject).values()] as [SeenFact, ...SeenFact[]][];
  const candidates = groups.map((seen) => {
    const rows = known(seen[0].fact.entitlement).filter((row) => seen.some((one) => isSame(row, one)));
    const isNamed = rows.some((row) => seen.some((one) => isExact(row, one)));
    return { seen, rows, isNamed };
  });
  const used = new Set<string>();
  const subjects: Subject[] = [];
  for (const { rows, seen } of candidates.toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed))) {
    const free = rows.filter(({ key }) => !used.has(key));
    if (rows.length > 0 && free.length === 0) continue;
    const [row] = free.toSorted(
      (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        Number(seen.some((one) => isExact(b, one))) - Number(seen.some((one) => isExact(a, one))) ||
        a.firstAt - b.firstAt,
    );
    for (const { key } of free) used.add(key);
    subjects.push({ seen, row });
  }
  return subjects;
}

import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { excludedEntitlements, type Exclusion, lineExclusion } from './counted.ts';

/** How many lines are no part of the paid figures for one reason. */
export interface LeftOut {
  readonly reason: Exclusion;
  readonly lines: number;
}

/** Counts of the lines that are no part of the paid figures, by reason, most first; reasons without lines are left out. */
export function countLeftOut(lines: Iterable<RecordedLine>, licenses: Iterable<RecordedLicense>): LeftOut[] {
  const excluded = excludedEntitlements(licenses);
  const counts = new Map<Exclusion, number>();
  for (const line of lines) {
    const reason = lineExclusion(line, excluded);
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, lines: count }))
    .toSorted((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1));
}

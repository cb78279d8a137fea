import type { Offset } from './calendar.ts';
import type { Random } from './random.ts';

/** A row and the days on which the API begins to show it, shows it differently, and stops showing it. */
export interface Arrival<Row> {
  /** Ascending; the first entry's `from` is the day the row first appears. */
  readonly versions: readonly { readonly from: Offset; readonly row: Row }[];
  /** The first day on which it is gone again; undefined for rows that stay. */
  readonly goneFrom?: Offset;
}

/** The rows as shown on a day, in the arrivals' order. */
export function shownOn<Row>(arrivals: readonly Arrival<Row>[], day: Offset): Row[] {
  const rows: Row[] = [];
  for (const { versions, goneFrom } of arrivals) {
    if (goneFrom !== undefined && goneFrom <= day) continue;
    const version = versions.findLast(({ from }) => from <= day);
    if (version) rows.push(version.row);
  }
  return rows;
}

/** How many days after a fact the API shows it: 0 or 1 for most, 9 to 62 with probability `late`. */
export function delay(random: Random, late: number): number {
  if (random.chance(late)) return random.int(9, 62);
  return random.chance(0.45) ? 1 : 0;
}

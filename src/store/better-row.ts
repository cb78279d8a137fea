import type { Cell, Column } from './columns.ts';

/** True when the first of two rows of one thing is to be kept. Cells in the order of the columns. */
export type IsBetter = (row: readonly Cell[], other: readonly Cell[]) => boolean;

/** How much a row tells: the same licence can come twice, with and without data insights. */
function tells(row: readonly Cell[]): number {
  let known = 0;
  for (const cell of row) if (cell !== null && cell !== 'unknown') known += 1;
  return known;
}

/**
 * Exports bring one row several times, sometimes with different bodies. The later `lastUpdated` wins, then the row that
 * tells more, then a fixed one, so that the same two rows in another order do not look like a change.
 */
export function createRowPreference(columns: readonly Column[]): IsBetter {
  const updated = columns.findIndex(({ name }) => name === 'last_updated');
  return (row, other) => {
    const [day, otherDay] = [String(row[updated] ?? ''), String(other[updated] ?? '')];
    if (day !== otherDay) return day > otherDay;
    const known = tells(row) - tells(other);
    return known !== 0 ? known > 0 : JSON.stringify(row) > JSON.stringify(other);
  };
}

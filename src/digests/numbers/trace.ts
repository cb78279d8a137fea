import { median } from '../../analytics/order-statistics.ts';
import { type Comparison, historyBefore } from '../../analytics/usual.ts';
import type { WeekRate, WeekValue } from '../../analytics/weekly-series.ts';
import type { Day } from '../../domain/day.ts';
import type { TracedNumber, TracedRow } from '../../domain/traced-number.ts';
import { weekName } from '../../messages/kit/words.ts';

/** What a number is besides its rows. */
type Told = Pick<TracedNumber, 'id' | 'title' | 'explained' | 'unit' | 'arithmetic'>;

const textOf = ({ day, entitlement, what }: TracedRow) => `${day ?? ''} ${what ?? ''} ${entitlement ?? ''}`;

/** Largest first, whatever order rows came in. */
function largestFirst(rows: readonly TracedRow[]): TracedRow[] {
  return rows
    .map((row) => ({ row, text: textOf(row) }))
    .toSorted((a, b) => Math.abs(b.row.amount) - Math.abs(a.row.amount) || (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
}

/** The number that rows add up to, in the order given. */
export function sumInOrder(told: Told, rows: readonly TracedRow[]): TracedNumber {
  return { ...told, value: rows.reduce((sum, { amount }) => sum + amount, 0), combined: 'sum', rows };
}

/** The number that rows add up to, largest first. */
export function sumOf(told: Told, rows: readonly TracedRow[]): TracedNumber {
  return sumInOrder(told, largestFirst(rows));
}

/** Names what a list leaves open of a number that somebody else counted. */
export interface Rest {
  /** Counted, and in no row: `Counted by Atlassian, not in its list`. */
  readonly missing: string;
  /** In a row, and not counted: `In the list, not counted by Atlassian`. */
  readonly surplus: string;
}

/** What Atlassian counts beside what its lists name. */
export const BESIDE_ITS_LIST: Rest = {
  missing: 'Counted by Atlassian, not in its list',
  surplus: "In Atlassian's list, not counted by it",
};

/**
 * A number that somebody else counted, with the rows that are known of it and one more for what they leave open. Nothing
 * for a number that is not known.
 */
export function countedAs(
  told: Told,
  value: number | undefined,
  rows: readonly TracedRow[],
  rest: Rest,
): TracedNumber[] {
  if (value === undefined) return [];
  const listed = sumOf(told, rows);
  const open = value - listed.value;
  const what = open > 0 ? rest.missing : rest.surplus;
  return [{ ...listed, value, rows: open === 0 ? listed.rows : [...listed.rows, { what, amount: open }] }];
}

/** Rows that count one each. */
export function each<Row>(rows: readonly Row[], toRow: (row: Row) => Omit<TracedRow, 'amount'>): TracedRow[] {
  return rows.map((row) => ({ ...toRow(row), amount: 1 }));
}

/** The known ones of some weeks, newest first. */
export function weekRows(values: readonly WeekValue[]): TracedRow[] {
  return values
    .flatMap(({ value, week }) =>
      value === undefined ? [] : { what: weekWords(week), day: week, amount: value },
    )
    .toReversed();
}

function weekWords(week: Day): string {
  return `Week ${weekName(week)}`;
}

/** The weeks that a number is compared with, and their median; nothing without history. */
export function usualWeeks(
  told: Told,
  values: readonly WeekValue[],
  week: Day,
  comparison: Comparison,
): TracedNumber[] {
  const rows = weekRows(historyBefore(values, week, comparison));
  const value = median(rows.map(({ amount }) => amount));
  return value === undefined ? [] : [{ ...told, value, combined: 'median', rows }];
}

/** The weeks that a rate is compared with: how many of how many they have together. */
export function usualRate(
  told: Omit<Told, 'arithmetic' | 'unit'>,
  rates: readonly WeekRate[],
  week: Day,
  comparison: Comparison,
): TracedNumber[] {
  const known = historyBefore(rates, week, comparison).flatMap(({ part, week: one, whole }) =>
    part === undefined || whole === undefined ? [] : [{ part, week: one, whole }],
  );
  if (known.length === 0) return [];
  const rows = known.map((one) => ({
    what: `${weekWords(one.week)}, of ${one.whole}`,
    day: one.week,
    amount: one.part,
  }));
  const whole = known.reduce((sum, one) => sum + one.whole, 0);
  const middle = median(known.filter((one) => one.whole > 0).map((one) => one.part / one.whole));
  const usual =
    middle === undefined
      ? ''
      : `; the middle one of the weekly shares is ${(middle * 100).toFixed(1)}\u00A0%`;
  const total = sumInOrder({ ...told, unit: 'count' }, rows.toReversed());
  return [{ ...total, arithmetic: `${total.value} of ${whole} in ${known.length} weeks${usual}` }];
}

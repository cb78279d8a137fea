import type { SalesBenchmark, SalesGrowth } from '../analytics/sales-benchmark.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import type { Cents } from '../domain/money.ts';
import { percentileWords, signed, signedPercentage } from './benchmark-words.ts';
import { message, section } from './kit/blocks.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import type { TableColumn } from './kit/table.ts';
import { tableReplies } from './kit/table-replies.ts';
import { exactDollars, monthLabel } from './kit/words.ts';

/** Footnotes that fit below the tables. */
const NOTES = 5;

/** One row of the tables: all apps together, or one app. */
export interface SalesRow {
  readonly name: string;
  readonly benchmark: SalesBenchmark;
}

function cellOf(value: number | null, show: (value: number) => string) {
  return value === null ? '-' : { value, text: show(value) };
}

function moneyCell(sales: Cents | null) {
  return sales === null ? '-' : { value: sales / 100, text: exactDollars(sales) };
}

function columns(
  growthOf: (row: SalesRow) => SalesGrowth,
  against: string,
  noBase: string,
): TableColumn<SalesRow>[] {
  return [
    { title: 'App', cell: ({ name }) => clean(name, 40) },
    { title: 'Our share $', cell: (row) => moneyCell(growthOf(row).sales) },
    {
      title: against,
      cell: (row) => {
        const { own } = growthOf(row).growth;
        return own === null ? `no comparison (${noBase})` : { value: own, text: signedPercentage(own) };
      },
    },
    { title: 'Marketplace', cell: (row) => cellOf(growthOf(row).growth.marketplace, signedPercentage) },
    { title: 'Gap pp', cell: (row) => cellOf(growthOf(row).growth.gap, signed) },
    { title: 'Gap to the product pp', cell: (row) => cellOf(growthOf(row).productGap, signed) },
    { title: 'Percentile', cell: (row) => percentileWords(growthOf(row).percentile) },
  ];
}

function noteOf(name: string, what: string, { own, recomputed }: SalesGrowth['growth']): Mrkdwn[] {
  if (own === null || recomputed === undefined) return [];
  return [
    mrk`• ${escape(name, 60)}, ${what}: it says ${signedPercentage(own)}, its amounts give ${signedPercentage(recomputed)}`,
  ];
}

/** What Atlassian's own growth rates and amounts disagree about. */
function notes(rows: readonly SalesRow[]): Message[] {
  const found = rows.flatMap(({ benchmark: { ofMonth, yearToDate }, name }) => [
    ...noteOf(name, 'the month', ofMonth.growth),
    ...noteOf(name, 'the year to date', yearToDate.growth),
  ]);
  if (found.length === 0) return [];
  const rest = found.length > NOTES ? mrk`\nand ${found.length - NOTES} more` : mrk``;
  const words = mrk`Some of Atlassian's growth rates do not fit its own amounts; the rates are shown as given.`;
  return [message(words, [section(mrk`*${words}*\n${join(found.slice(0, NOTES), '\n')}${rest}`)])];
}

/** The year to date and the month, app by app, beside the Marketplace; a single app has its numbers in the parent. */
export function salesTables(month: Day, rows: readonly SalesRow[]): Message[] {
  const name = monthLabel(month);
  if (rows.length < 2) return notes(rows);
  return [
    ...tableReplies({
      caption: `Year to date until ${name}, beside the Marketplace`,
      sentence: mrk`Sales of the year until ${name}. All apps together are compared with all partners, each app with all apps for the same product; Marketplace is own growth minus gap.`,
      columns: columns(
        ({ benchmark }) => benchmark.yearToDate,
        'vs last year',
        'nothing was sold a year ago',
      ),
      rows,
    }),
    ...tableReplies({
      caption: `${name} beside the Marketplace`,
      sentence: mrk`Sales of ${name} alone: single months of sales jump, so the year says more.`,
      columns: columns(
        ({ benchmark }) => benchmark.ofMonth,
        'vs month before',
        'nothing was sold the month before',
      ),
      rows,
    }),
    ...notes(rows),
  ];
}

/** Month by month, newest first. */
export function monthTable(scope: string, months: readonly SalesBenchmark[]): Message[] {
  if (months.length < 2) return [];
  return tableReplies({
    caption: `${scope}, month by month`,
    sentence: mrk`${scope}, month by month, newest first.`,
    columns: [
      { title: 'Month', cell: ({ month }: SalesBenchmark) => monthLabel(month) },
      { title: 'Our share $', cell: ({ ofMonth }) => moneyCell(ofMonth.sales) },
      { title: 'vs month before', cell: ({ ofMonth }) => cellOf(ofMonth.growth.own, signedPercentage) },
      { title: 'Gap pp', cell: ({ ofMonth }) => cellOf(ofMonth.growth.gap, signed) },
      { title: 'Year to date $', cell: ({ yearToDate }) => moneyCell(yearToDate.sales) },
      { title: 'vs last year', cell: ({ yearToDate }) => cellOf(yearToDate.growth.own, signedPercentage) },
      { title: 'Year gap pp', cell: ({ yearToDate }) => cellOf(yearToDate.growth.gap, signed) },
    ],
    rows: months.toReversed(),
  });
}

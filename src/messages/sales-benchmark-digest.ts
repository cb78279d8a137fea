import type { SalesBenchmark, SalesGrowth, ThreeMonths } from '../analytics/sales-benchmark.ts';
import { addMonths, type Day, type Instant, middleOf } from '../domain/day.ts';
import type { Block, ThreadedMessage } from '../domain/message.ts';
import type { Cents } from '../domain/money.ts';
import { comparisonWords, gapWords, leadWords, percentileWords } from './benchmark-words.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { chart } from './kit/chart.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { stillNewest } from './kit/still-newest.ts';
import { readAge, type Unread, unreadNote } from './kit/unread.ts';
import { changedBy, count, dollars, monthLabel, monthName } from './kit/words.ts';
import { monthTable, type SalesRow, salesTables } from './sales-benchmark-tables.ts';

/** A month whose numbers read differently from what was told. */
export interface RestatedSales {
  readonly month: Day;
  readonly before: Cents | null;
  readonly after: Cents | null;
}

/** The newest month and what belongs to it. */
export interface SalesCard {
  /** All apps together, or the one app asked for; undefined if the month has only others. */
  readonly own: SalesBenchmark | undefined;
  /** With whom `own` is compared: "all partners", "all apps for the same product". */
  readonly others: string;
  readonly threeMonths: ThreeMonths;
  /** Apps with the largest sales of the year first; empty for a digest about one app. */
  readonly apps: readonly SalesRow[];
  /** Oldest first. */
  readonly months: readonly SalesBenchmark[];
  /** Newest first. */
  readonly restated: readonly RestatedSales[];
  /** What does not add up between Atlassian's own numbers, in sentences. */
  readonly mismatches: readonly string[];
}

/** Everything the sales benchmark digest says. */
export interface SalesBenchmarkDigest {
  readonly scope: string;
  readonly asks: string;
  /** The newest month; undefined without any. */
  readonly month: Day | undefined;
  /** Undefined while nothing is new and nobody asks. */
  readonly card: SalesCard | undefined;
  readonly unread: readonly Unread[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

const TITLE = 'Sales benchmark';
const SHARE = 'our share of Cloud sales';

/** What makes the numbers what they are. */
const SMALL_PRINT = mrk`Cloud, calendar months, our share; published in February, May, August and November`;

function amount(value: Cents | null): string {
  return value === null ? 'not published' : dollars(value);
}

function yearVerdict({ others, own }: SalesCard, month: Day): Mrkdwn {
  if (!own) return mrk`*Only single apps have numbers for ${monthLabel(month)}*: they are in the thread.`;
  const { before, growth, sales } = own.yearToDate;
  const words = comparisonWords(growth, others, 'nothing was sold a year ago');
  const lead = `This year to ${monthName(month)}`;
  const head = growth.own === null ? mrk`*${lead}: ${words}*` : mrk`*${lead} ${words}*`;
  const base = before === null || growth.own === null ? '' : ` after ${dollars(before)} a year ago`;
  return mrk`${head}; ${SHARE} ${amount(sales)}${base}.`;
}

function againstProduct({ productGap }: SalesGrowth): string {
  return productGap === null ? '' : `; ${gapWords(productGap)} the product itself`;
}

function monthFact({ own, others }: SalesCard): Mrkdwn[] {
  if (!own) return [];
  const { month, ofMonth } = own;
  const { before, growth, sales } = ofMonth;
  const after = before === null ? '' : ` after ${dollars(before)} in ${monthName(addMonths(month, -1))}`;
  const words = comparisonWords(growth, others, 'nothing was sold the month before');
  return [mrk`*${monthLabel(month)}*\n${amount(sales)}${after}: ${words}${againstProduct(ofMonth)}`];
}

function quarterFact({ threeMonths: { before, from, sales, to, yearBefore } }: SalesCard): Mrkdwn[] {
  if (sales === undefined) return [];
  const parts = [
    ...(before === undefined
      ? []
      : [`the three months before ${dollars(before)}${changedBy(sales / 100, before / 100)}`]),
    ...(yearBefore === undefined
      ? []
      : [`a year ago ${dollars(yearBefore)}${changedBy(sales / 100, yearBefore / 100)}`]),
  ];
  const name = `${monthName(from)}–${monthLabel(to)}`;
  return [mrk`*${name}*\n${[dollars(sales), ...parts].join('; ')}`];
}

function positionFact({ own }: SalesCard): Mrkdwn[] {
  if (!own) return [];
  const { ofMonth, yearToDate } = own;
  return [
    mrk`*Position*\n${percentileWords(yearToDate.percentile)} in the year to date; ${percentileWords(ofMonth.percentile)} in the month`,
  ];
}

function productFact({ own }: SalesCard): Mrkdwn[] {
  const gap = own?.yearToDate.productGap ?? null;
  if (gap === null) return [];
  return [mrk`*Beside Jira or Confluence itself*\n${gapWords(gap)} the product in the year to date`];
}

function appLine({ benchmark: { yearToDate }, name }: SalesRow): Mrkdwn {
  const { growth, percentile, sales } = yearToDate;
  const gap =
    growth.own === null
      ? 'nothing was sold a year ago'
      : growth.gap === null
        ? 'no comparison is published'
        : leadWords(growth.gap);
  const place = percentile.now === null ? '' : `; ${percentileWords(percentile)}`;
  return mrk`• *${escape(name, 60)}*: ${amount(sales)}, ${gap}${place}`;
}

function appLines({ apps }: SalesCard): Mrkdwn | undefined {
  if (apps.length < 2) return undefined;
  const rest = apps.length > 3 ? mrk`\nand ${count(apps.length - 3, 'more app')} in the thread` : mrk``;
  return mrk`*By app, year to date, beside all apps for the same product*\n${join(apps.slice(0, 3).map(appLine), '\n')}${rest}`;
}

function growthChart({ months }: SalesCard): Block | undefined {
  return chart({
    kind: 'line',
    title: 'Growth of the year to date, %',
    categories: months.map(({ month }) => monthLabel(month)),
    series: [
      { name: 'You', values: months.map(({ yearToDate }) => yearToDate.growth.own ?? undefined) },
      {
        name: 'Marketplace',
        values: months.map(({ yearToDate }) => yearToDate.growth.marketplace ?? undefined),
      },
    ],
    xLabel: 'Year to the end of the month',
    yLabel: '% against the year before',
  });
}

function restatedLine({ restated }: SalesCard): Mrkdwn | undefined {
  if (restated.length === 0) return undefined;
  const months = restated.slice(0, 3).map(({ after, before, month }) => {
    const moved = before === after ? '' : ` from ${amount(before)} to ${amount(after)}`;
    return mrk`${monthLabel(month)}${moved}`;
  });
  const rest = restated.length > 3 ? mrk`; and ${count(restated.length - 3, 'more month')}` : mrk``;
  return mrk`*Restated since my last digest*: ${join(months, '; ')}${rest}`;
}

/** Nothing to tell: never read, or nothing published. */
function withoutMonth({ asOf, now, scope, unread }: SalesBenchmarkDigest): ThreadedMessage {
  const sentence =
    unread.length > 0
      ? mrk`*The sales benchmark has not been read yet.*`
      : mrk`*Atlassian has published no sales benchmark yet*: it comes in February, May, August and November.`;
  const parent = message(mrk`${TITLE}, ${scope}: ${sentence}`, [
    header(`${TITLE}, ${scope}`),
    section(sentence),
    unreadNote(unread),
    context(readAge(asOf, now)),
    actions([{ label: 'Explain', asks: 'explain sales-benchmark' }]),
  ]);
  return threaded(parent, []);
}

/** The sales benchmark: in full when a month is new, restated or asked for, otherwise one line. */
export function salesBenchmarkDigest(digest: SalesBenchmarkDigest): ThreadedMessage {
  const { asks, asOf, card, month, now, scope, unread } = digest;
  if (month === undefined) return withoutMonth(digest);
  if (!card) return stillNewest({ digest: 'sales-benchmark', title: TITLE, scope, month, asks, asOf, now });
  const sentence = yearVerdict(card, month);
  const apps = appLines(card);
  const restated = restatedLine(card);
  const facts = [...monthFact(card), ...quarterFact(card), ...positionFact(card), ...productFact(card)];
  const parent = message(mrk`${TITLE} ${monthLabel(month)}, ${scope}: ${sentence}`, [
    header(`${TITLE}, ${monthLabel(month)}, ${scope}`),
    section(sentence),
    facts.length > 0 ? fields(facts) : undefined,
    apps && section(apps),
    growthChart(card),
    restated && section(restated),
    ...card.mismatches.map((mismatch) => context(mrk`*Does not add up*: ${mismatch}`)),
    unreadNote(unread),
    context(join([readAge(asOf, now), SMALL_PRINT], ' · ')),
    actions([
      { label: 'All Apps and Numbers', asks: `${asks} ${middleOf(month)} details` },
      { label: 'Month Before', asks: `${asks} ${middleOf(addMonths(month, -1))}` },
      { label: 'Explain', asks: 'explain sales-benchmark' },
    ]),
  ]);
  const rows = card.own ? [{ name: scope, benchmark: card.own }, ...card.apps] : card.apps;
  return threaded(parent, [...salesTables(month, rows), ...monthTable(scope, card.months)]);
}

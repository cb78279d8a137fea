import type { EvaluationBenchmark, GrowthComparison } from '../analytics/benchmarks.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { comparisonWords, percentileWords, signedPercentage } from './benchmark-words.ts';
import { message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataTable } from './kit/table.ts';
import { count, monthLabel, percentage } from './kit/words.ts';

/** Rows of eight columns that fit into one message. */
const ROWS = 20;

/** Footnotes that fit below the table. */
const NOTES = 5;

const NO_MONTH_BEFORE = 'no evaluations the month before';
const NO_YEAR_BEFORE = 'no evaluations a year ago';

/** A month whose benchmark reads differently from what was told; growth in percent, null without a base. */
export interface RestatedMonth {
  readonly month: Day;
  readonly before: number | null;
  readonly after: number | null;
}

/** A benchmark month that is new, or no longer what was told. */
export interface BenchmarkCard {
  readonly month: Day;
  /** All apps together, or the one app asked for; undefined if the month has only others. */
  readonly own: EvaluationBenchmark | undefined;
  /** With whom `own` is compared: "all partners", "all apps for the same product". */
  readonly others: string;
  /** Most evaluations first; `own` of all apps included. */
  readonly rows: readonly { readonly name: string; readonly benchmark: EvaluationBenchmark }[];
  /** Newest first. */
  readonly restated: readonly RestatedMonth[];
}

function sentenceOf(lead: string, growth: GrowthComparison, others: string, noBase: string): Mrkdwn {
  const words = comparisonWords(growth, others, noBase);
  return growth.own === null ? mrk`*${lead}: ${words}*` : mrk`*${lead} ${words}*`;
}

function counts(now: number | null, before: number | null, when: string): Mrkdwn {
  if (now === null) return mrk``;
  const base = before === null ? '' : ` after ${before.toLocaleString('en-US')} ${when}`;
  return mrk`; ${count(now, 'evaluation')}${base}`;
}

function restatedLine({ restated }: BenchmarkCard): Mrkdwn {
  if (restated.length === 0) return mrk``;
  const percent = (value: number | null) => (value === null ? 'none' : signedPercentage(value));
  const months = restated
    .slice(0, 3)
    .map(({ after, before, month }) =>
      before === after
        ? mrk`${monthLabel(month)}`
        : mrk`${monthLabel(month)}, growth from ${percent(before)} to ${percent(after)}`,
    );
  const rest = restated.length > 3 ? mrk`; and ${count(restated.length - 3, 'more month')}` : mrk``;
  return mrk`\n*Restated since my last digest*: ${join(months, '; ')}${rest}`;
}

/** The benchmark in three sentences: the month, the year so far, the position. */
export function benchmarkText(card: BenchmarkCard): Mrkdwn {
  const { month, others, own } = card;
  const title = mrk`*Benchmark, ${monthLabel(month)}* (Cloud, calendar month)`;
  if (!own) return mrk`${title}\nOnly single apps have numbers: they are in the thread.${restatedLine(card)}`;
  const name = monthLabel(month).slice(0, 3);
  const inMonth = sentenceOf(own.growth.own === null ? name : `In ${name}`, own.growth, others, NO_MONTH_BEFORE);
  const soFar = comparisonWords(own.yearToDateGrowth, others, NO_YEAR_BEFORE);
  return mrk`${title}\n${inMonth}${counts(own.evaluations, own.previousMonth, 'the month before')}.\nYear to date: ${soFar}${counts(own.yearToDate, own.yearToDateLastYear, 'a year ago')}.\nPosition: ${percentileWords(own.percentile)}; year to date ${percentileWords(own.yearToDatePercentile)}.${restatedLine(card)}`;
}

function growthCell({ own }: GrowthComparison, base: number | null, noBase: string) {
  if (own === null) return `no comparison (${noBase})`;
  const before = base === null ? '' : ` of ${base.toLocaleString('en-US')}`;
  return { value: own, text: `${signedPercentage(own)}${before}` };
}

function marketCell(value: number | null, unit: 'pp' | '%') {
  if (value === null) return '-';
  return { value, text: unit === '%' ? signedPercentage(value) : signedPercentage(value).replace('%', 'pp') };
}

type Row = BenchmarkCard['rows'][number];

/** Every app of the month beside the Marketplace, and where Atlassian's own numbers contradict each other. */
export function benchmarkTable({ month, rows }: BenchmarkCard): Message | undefined {
  if (rows.length === 0) return undefined;
  const { block, shown } = dataTable(
    `Evaluations beside the Marketplace, ${monthLabel(month)}, most evaluations first`,
    [
      { title: 'App', cell: ({ name }: Row) => name },
      {
        title: 'Evaluations',
        cell: ({ benchmark: { evaluations } }) =>
          evaluations === null ? '-' : { value: evaluations, text: evaluations.toLocaleString('en-US') },
      },
      {
        title: 'vs month before',
        cell: ({ benchmark }) => growthCell(benchmark.growth, benchmark.previousMonth, NO_MONTH_BEFORE),
      },
      { title: 'Marketplace', cell: ({ benchmark }) => marketCell(benchmark.growth.marketplace, '%') },
      { title: 'Gap pp', cell: ({ benchmark }) => marketCell(benchmark.growth.gap, 'pp') },
      { title: 'Percentile', cell: ({ benchmark }) => percentileWords(benchmark.percentile) },
      {
        title: 'Year to date vs last year',
        cell: ({ benchmark }) => growthCell(benchmark.yearToDateGrowth, benchmark.yearToDateLastYear, NO_YEAR_BEFORE),
      },
      { title: 'Year gap pp', cell: ({ benchmark }) => marketCell(benchmark.yearToDateGrowth.gap, 'pp') },
    ],
    rows.slice(0, ROWS),
  );
  const rest = rows.length - shown;
  const more = rest > 0 ? ` ${count(rest, 'more row')} with fewer evaluations ${rest === 1 ? 'does' : 'do'} not fit here.` : '';
  const sentence = mrk`Evaluations beside the Marketplace, ${monthLabel(month)}. All apps together are compared with all partners, each app with all apps for the same product; Marketplace is own growth minus gap.${more}`;
  const notes = rows.flatMap(({ benchmark: { growth, yearToDateGrowth }, name }) => [
    ...noteOf(name, 'the month', growth),
    ...noteOf(name, 'the year to date', yearToDateGrowth),
  ]);
  const restNotes = notes.length > NOTES ? mrk`\nand ${notes.length - NOTES} more` : mrk``;
  return message(sentence, [
    section(sentence),
    block,
    notes.length > 0
      ? section(mrk`*Does not add up in Atlassian's numbers*\n${join(notes.slice(0, NOTES), '\n')}${restNotes}`)
      : undefined,
  ]);
}

function noteOf(name: string, what: string, { own, recomputed }: GrowthComparison): Mrkdwn[] {
  if (own === null || recomputed === undefined) return [];
  return [mrk`• ${name}, ${what}: it says ${signedPercentage(own)}, its own counts give ${percentage(recomputed)}`];
}

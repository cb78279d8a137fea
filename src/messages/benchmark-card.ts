import type { EvaluationBenchmark, GrowthComparison } from '../analytics/benchmarks.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { comparisonWords, percentileWords, signed, signedPercentage } from './benchmark-words.ts';
import { message, section } from './kit/blocks.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, monthLabel } from './kit/words.ts';

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

function counts(now: number | null, before: number | null, { own }: GrowthComparison, when: string): Mrkdwn {
  if (now === null) return mrk``;
  const base = before === null || own === null ? '' : ` after ${before.toLocaleString('en-US')} ${when}`;
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

/** "In Feb you did 4.1 pp better than all partners: they fell 4.4 %, you were flat (-0.3 %)", or why that is not known. */
export function benchmarkVerdict({ month, others, own }: BenchmarkCard): Mrkdwn {
  const name = monthLabel(month).slice(0, 3);
  if (!own) return mrk`Benchmark of ${monthLabel(month)}: only single apps have numbers`;
  return sentenceOf(own.growth.own === null ? name : `In ${name}`, own.growth, others, NO_MONTH_BEFORE);
}

/** The benchmark in three sentences: the month, the year so far, the position. */
export function benchmarkText(card: BenchmarkCard): Mrkdwn {
  const { month, others, own } = card;
  const title = mrk`*Benchmark, ${monthLabel(month)}* (Cloud, calendar month)`;
  if (!own) return mrk`${title}\nOnly single apps have numbers: they are in the thread.${restatedLine(card)}`;
  const monthly = mrk`${benchmarkVerdict(card)}${counts(own.evaluations, own.previousMonth, own.growth, 'the month before')}.`;
  const place = mrk`Position: ${percentileWords(own.percentile)}`;
  // The year begins anew in January: until its end the year so far is the month.
  const isYearBegun = !month.endsWith('-01-01');
  const soFar = comparisonWords(own.yearToDateGrowth, others, NO_YEAR_BEFORE);
  const yearly = mrk`Year to date: ${soFar}${counts(own.yearToDate, own.yearToDateLastYear, own.yearToDateGrowth, 'a year ago')}.`;
  const lines = isYearBegun
    ? [monthly, yearly, mrk`${place}; year to date ${percentileWords(own.yearToDatePercentile)}.`]
    : [monthly, mrk`${place}.`];
  return mrk`${title}\n${join(lines, '\n')}${restatedLine(card)}`;
}

function growthCell({ own }: GrowthComparison, base: number | null, noBase: string) {
  if (own === null) return `no comparison (${noBase})`;
  const before = base === null ? '' : ` from ${base.toLocaleString('en-US')}`;
  return { value: own, text: `${signedPercentage(own)}${before}` };
}

function marketCell(value: number | null, unit: 'pp' | '%') {
  if (value === null) return '-';
  return { value, text: unit === '%' ? signedPercentage(value) : signed(value) };
}

/** Every app of the month beside the Marketplace, and where Atlassian's own numbers contradict each other. */
export function benchmarkTable({ month, rows }: BenchmarkCard): Message[] {
  const title = mrk`Evaluations beside the Marketplace, ${monthLabel(month)}.`;
  const tables = tableReplies({
    caption: `Evaluations beside the Marketplace, ${monthLabel(month)}, most evaluations first`,
    sentence: mrk`${title} All apps together are compared with all partners, each app with all apps for the same product; Marketplace is own growth minus gap.`,
    columns: [
      { title: 'App', cell: ({ name }) => clean(name, 40) },
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
        cell: ({ benchmark }) =>
          growthCell(benchmark.yearToDateGrowth, benchmark.yearToDateLastYear, NO_YEAR_BEFORE),
      },
      { title: 'Year gap pp', cell: ({ benchmark }) => marketCell(benchmark.yearToDateGrowth.gap, 'pp') },
    ],
    rows,
  });
  const notes = rows.flatMap(({ benchmark: { growth, yearToDateGrowth }, name }) => [
    ...noteOf(name, 'the month', growth),
    ...noteOf(name, 'the year to date', yearToDateGrowth),
  ]);
  if (notes.length === 0) return tables;
  const rest = notes.length > NOTES ? mrk`\nand ${notes.length - NOTES} more` : mrk``;
  const words = mrk`Some of Atlassian's growth rates do not fit its own counts; the rates are shown as given.`;
  return [...tables, message(words, [section(mrk`*${words}*\n${join(notes.slice(0, NOTES), '\n')}${rest}`)])];
}

function noteOf(name: string, what: string, { own, recomputed }: GrowthComparison): Mrkdwn[] {
  if (own === null || recomputed === undefined) return [];
  return [
    mrk`• ${escape(name, 60)}, ${what}: it says ${signedPercentage(own)}, its counts give ${signedPercentage(recomputed)}`,
  ];
}

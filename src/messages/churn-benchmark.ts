import type { ChurnBenchmark, ChurnIndex } from '../analytics/benchmarks.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { message, section } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { date, monthLabel, percentage } from './kit/words.ts';

/** One app's newest month of Atlassian's churn benchmark. */
export interface AppBenchmark {
  readonly app: string;
  readonly benchmark: ChurnBenchmark;
}

/** What the churn benchmark says that it did not say before. */
export interface ChurnBenchmarkNews {
  /** The newest month; undefined without any. */
  readonly newest: Day | undefined;
  /** A month is new or restated; otherwise the newest one is named and nothing else is said. */
  readonly isNews: boolean;
  /** The newest month by app, most licences first. */
  readonly rows: readonly AppBenchmark[];
  /** Newest first. */
  readonly restated: readonly Day[];
}

/** "1.31x the average, worse": against the average app of the same parent product. Never a percentage. */
function beside(index: ChurnIndex | null): string {
  if (index === null) return 'not published';
  const times = `${index.ratio.toLocaleString('en-US')}x the average`;
  return index.against === 'average' ? `${times}, about the same` : `${times}, ${index.against}`;
}

function rateOf(rate: number | null): string {
  return rate === null ? 'not published' : percentage(rate);
}

/** The same in a sentence. */
function besideWords(index: ChurnIndex | null): string {
  if (index === null) return 'no comparison is published';
  const how = index.against === 'average' ? 'about the same' : index.against;
  return `${index.ratio.toLocaleString('en-US')}x the average app of the same product (${how})`;
}

/** "of it 2.5 pp left only this app", or that this is not published. */
function isolatedOf({ isolatedRate }: ChurnBenchmark): string {
  return isolatedRate === null ? '' : `, of it ${rateOf(isolatedRate).replace('%', 'pp')} left only this app`;
}

/** The benchmark in a line of the parent message's small print: while no month is new, only which one is the newest. */
export function churnBenchmarkLine({ isNews, newest, rows }: ChurnBenchmarkNews): Mrkdwn {
  if (newest === undefined) return mrk``;
  if (!isNews) return mrk`Churn benchmark: ${monthLabel(newest)} is still the newest month`;
  const [first] = rows;
  const lead = first
    ? mrk`, ${escape(first.app, 40)} ${rateOf(first.benchmark.rate)}, ${beside(first.benchmark.index)}`
    : mrk``;
  return mrk`Churn benchmark of ${monthLabel(newest)}${lead}: in the thread`;
}

/**
 * Atlassian's churn benchmark as a reply: monthly, published two to three months late, and another rate than the weekly
 * churn, because annual licences count as exposed every month. Nothing while no month is new or restated.
 */
export function churnBenchmark({ isNews, restated, rows }: ChurnBenchmarkNews): Message[] {
  const [first] = rows;
  if (!isNews || !first) return [];
  const { activeOn, goneBy } = first.benchmark;
  const lead = mrk`${escape(first.app, 60)}, active on ${date(activeOn)}, gone by ${date(goneBy)}: ${rateOf(first.benchmark.rate)}${isolatedOf(first.benchmark)}; ${besideWords(first.benchmark.index)}.`;
  const months = restated.slice(0, 3).map((month) => mrk`${monthLabel(month)}`);
  const more = restated.length > 3 ? mrk` and ${restated.length - 3} more` : mrk``;
  const again =
    restated.length > 0 ? mrk` Restated since my last digest: ${join(months, ', ')}${more}.` : mrk``;
  const tables = tableReplies({
    caption: "Atlassian's monthly churn benchmark by app",
    sentence: mrk`*Atlassian's churn benchmark.* ${lead} It is not the weekly churn: here annual licenses count as exposed every month.${again}`,
    columns: [
      { title: 'App', cell: ({ app }) => app },
      { title: 'Left it', cell: ({ benchmark }) => rateOf(benchmark.rate) },
      { title: 'Beside the average', cell: ({ benchmark }) => beside(benchmark.index) },
      { title: 'Left only it', cell: ({ benchmark }) => rateOf(benchmark.isolatedRate) },
      { title: 'That beside the average', cell: ({ benchmark }) => beside(benchmark.isolatedIndex) },
    ],
    rows,
  });
  const odd = rows.filter(({ benchmark }) => benchmark.recomputed !== undefined);
  if (odd.length === 0) return tables;
  const notes = odd.slice(0, 5).map(({ app, benchmark: { rate, recomputed = 0 } }) => {
    return mrk`• ${escape(app, 60)}: it says ${rateOf(rate)}, its counts give ${percentage(recomputed)}`;
  });
  const rest = odd.length > 5 ? mrk`\nand ${odd.length - 5} more` : mrk``;
  const words = mrk`Some of these rates do not fit Atlassian's own counts; they are shown as given.`;
  return [...tables, message(words, [section(mrk`*${words}*\n${join(notes, '\n')}${rest}`)])];
}

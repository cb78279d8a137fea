import type { ChurnBenchmark, ChurnIndex } from '../analytics/benchmarks.ts';
import type { Message } from '../domain/message.ts';
import { message, section } from './kit/blocks.ts';
import { mrk } from './kit/escape.ts';
import { dataTable } from './kit/table.ts';
import { date, percentage } from './kit/words.ts';

/** One app's newest month of Atlassian's churn benchmark. */
export interface AppBenchmark {
  readonly app: string;
  readonly benchmark: ChurnBenchmark;
}

/** "1.37 times, worse": against the average app of the same parent product. */
function beside(index: ChurnIndex | null): string {
  if (index === null) return 'not published';
  return index.against === 'average' ? 'about average' : `${index.ratio} times, ${index.against}`;
}

function rateOf(rate: number | null): string {
  return rate === null ? 'not published' : percentage(rate);
}

/**
 * Atlassian's churn benchmark as a reply: monthly, published two to three months late, and another rate than the weekly
 * churn, because annual licences count as exposed every month. Undefined when there is nothing new.
 */
export function churnBenchmark(rows: readonly AppBenchmark[]): Message | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const { activeOn, goneBy } = first.benchmark;
  const sentence = mrk`Atlassian's churn benchmark: licenses active on ${date(activeOn)} and gone by ${date(goneBy)}, beside the average app of the same product.`;
  const odd = rows.filter(({ benchmark }) => benchmark.recomputed !== undefined);
  const note =
    odd.length > 0
      ? mrk`\nFor ${odd.map(({ app }) => app).join(', ')} the rate differs from what its own counts give.`
      : mrk``;
  const { block } = dataTable(
    "Atlassian's monthly churn benchmark by app",
    [
      { title: 'App', cell: (row: AppBenchmark) => row.app },
      { title: 'Left this app', cell: ({ benchmark }) => rateOf(benchmark.rate) },
      { title: 'Beside the average', cell: ({ benchmark }) => beside(benchmark.index) },
      { title: 'Left only this app', cell: ({ benchmark }) => rateOf(benchmark.isolatedRate) },
      { title: 'That beside the average', cell: ({ benchmark }) => beside(benchmark.isolatedIndex) },
    ],
    rows,
  );
  return message(sentence, [
    section(
      mrk`*${sentence}*\nNot the weekly churn above: here annual licenses count as exposed every month.${note}`,
    ),
    block,
  ]);
}

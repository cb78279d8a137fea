import type { ChurnBenchmark, ChurnIndex } from '../analytics/benchmarks.ts';
import { percentage, shortDate } from './kit/words.ts';

function beside(index: ChurnIndex | null): string {
  if (index === null) return 'no comparison published';
  if (index.against === 'average') return `about the average app of its product (${index.ratio} times)`;
  return `${index.ratio} times the average app of its product, which is ${index.against}`;
}

/**
 * "App 1, active on 31 Jan and gone by 28 Feb: 5.1 %, 1.3 times the average app of its product, which is worse; left
 * only this app 2.5 %, ...". Not the weekly churn: annual licences count as exposed every month.
 */
export function churnBenchmarkSentence(app: string, benchmark: ChurnBenchmark): string {
  const { activeOn, goneBy, index, isolatedIndex, isolatedRate, rate, recomputed } = benchmark;
  const total = rate === null ? 'no rate published' : `${percentage(rate)}, ${beside(index)}`;
  const alone =
    isolatedRate === null ? '' : `; left only this app ${percentage(isolatedRate)}, ${beside(isolatedIndex)}`;
  const note = recomputed === undefined ? '' : ` (its own counts give ${percentage(recomputed)})`;
  return `${app}, active on ${shortDate(activeOn)} and gone by ${shortDate(goneBy)}: ${total}${alone}${note}`;
}

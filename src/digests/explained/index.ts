import type { Explanation } from '../../messages/explanation.ts';
import { churn } from './churn.ts';
import { conversion } from './conversion.ts';
import { customers } from './customers.ts';
import { evaluationBenchmark } from './evaluation-benchmark.ts';
import { feedback } from './feedback.ts';
import { funnel } from './funnel.ts';
import { installs } from './installs.ts';
import { newSales } from './new-sales.ts';
import { renewal } from './renewal.ts';
import { salesBenchmark } from './sales-benchmark.ts';
import { searchKeywords } from './search-keywords.ts';
import { shared } from './shared.ts';

/** One entry for each digest, named after it, and one for what all of them share. `docs/metrics.md` is made from them. */
export const EXPLANATIONS: readonly Explanation[] = [
  churn,
  conversion,
  renewal,
  evaluationBenchmark,
  newSales,
  salesBenchmark,
  installs,
  feedback,
  searchKeywords,
  funnel,
  customers,
  shared,
];

import type { Explanation } from '../../messages/explanation.ts';
import { churn } from './churn.ts';
import { conversion } from './conversion.ts';
import { evaluationBenchmark } from './evaluation-benchmark.ts';
import { newSales } from './new-sales.ts';
import { renewal } from './renewal.ts';
import { shared } from './shared.ts';

/** One entry for each digest, named after it, and one for what all of them share. `docs/metrics.md` is made from them. */
export const EXPLANATIONS: readonly Explanation[] = [
  churn,
  conversion,
  renewal,
  evaluationBenchmark,
  newSales,
  shared,
];

import { churn } from './churn.ts';
import { conversion } from './conversion.ts';
import { customers } from './customers.ts';
import type { Digest } from './digest.ts';
import { evaluationBenchmark } from './evaluation-benchmark.ts';
import { feedback } from './feedback.ts';
import { funnel } from './funnel.ts';
import { installs } from './installs.ts';
import { newSales } from './new-sales.ts';
import { renewal } from './renewal.ts';
import { salesBenchmark } from './sales-benchmark.ts';
import { searchKeywords } from './search-keywords.ts';

/** Every digest, in the order in which they are posted. */
export const DIGESTS: readonly Digest[] = [
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
];

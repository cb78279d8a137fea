import { DEVELOPER_SPACE } from '../origin.ts';
import { monthly } from './shapes/monthly.ts';
import type { NumberField } from './shapes/number-fields.ts';

/** Vendor rows end in AllPartners, app rows in AllAppsOnBaseProduct; `evalautionCount` is the specification's typo. */
const FIELDS: readonly NumberField[] = [
  { name: 'evaluations', spellings: ['evaluationCount', 'evalautionCount'], isRequired: true },
  {
    name: 'previousMonth',
    spellings: ['previousMonthEvaluationCount', 'previousMonthEvaluationCounts'],
  },
  { name: 'growthMoM', spellings: ['evaluationMoMGrowth'] },
  {
    name: 'gapMoM',
    spellings: [
      'evaluationMoMGrowthBenchmarkAllPartners',
      'evaluationMoMGrowthBenchmarkAllAppsOnBaseProduct',
    ],
  },
  { name: 'percentile', spellings: ['evaluationPercentile'] },
  { name: 'ytd', spellings: ['evaluationCountYTD'] },
  { name: 'ytdLastYear', spellings: ['evaluationCountYTDLastYear'] },
  { name: 'growthYoY', spellings: ['evaluationYTDYoYGrowth'] },
  {
    name: 'gapYoY',
    spellings: [
      'evaluationYTDYoYGrowthBenchmarkAllPartners',
      'evaluationYTDYoYGrowthBenchmarkAllAppsOnBaseProduct',
    ],
  },
  { name: 'percentileYtd', spellings: ['evaluationYTDPercentile'] },
];

/**
 * Cloud evaluations per month for all apps together (`appKey` null) and per app, against the Marketplace, one series
 * per field. Counts: `evaluations`, `previousMonth`, `ytd`, `ytdLastYear`. Percent: `growthMoM`, `growthYoY` (of the
 * year to date). Percentage points: `gapMoM`, `gapYoY` (API: `...GrowthBenchmark...`): own growth minus the Marketplace's,
 * so the Marketplace grew by growth minus gap; below 0 is worse. Position 0 to 100: `percentile`, `percentileYtd`.
 * Totals compare with all partners, apps with all apps on the same product.
 *
 * Updated monthly, newest first. Growth without a base is null. Quirks: names differ between documentation and live
 * answers; given growth and the quotient of the counts can disagree.
 */
export const evaluationBenchmark = monthly({
  id: 'evaluation-benchmark',
  summary: 'monthly Cloud evaluations, and how their growth compares with the Marketplace',
  path: `${DEVELOPER_SPACE}/benchmark/evaluations`,
  fields: FIELDS,
  apps: ['CloudEvaluationBenchmarkPerApp', 'addons'],
  totalMonths: ['CloudEvaluationBenchmarkPerVendorPerMonth', 'evaluationBenchmarkPerVendorPerMonth'],
  appMonths: ['CloudEvaluationBenchmarkPerAppPerMonth', 'evaluationBenchmarkPerAppPerMonth'],
});

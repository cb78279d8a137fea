import { DEVELOPER_SPACE } from '../origin.ts';
import { monthly } from './shapes/monthly.ts';
import type { NumberField } from './shapes/number-fields.ts';

/**
 * The sample's rows all end in AllPartners; public importers also met app rows that compare twice: with
 * AllAppsOnBaseProduct and with BaseProduct.
 */
const FIELDS: readonly NumberField[] = [
  { name: 'sales', spellings: ['sale'], isRequired: true, isMoney: true },
  { name: 'previousMonth', spellings: ['previousMonthSale'], isMoney: true },
  { name: 'growthMoM', spellings: ['salesMoMGrowth'] },
  {
    name: 'gapMoM',
    spellings: ['salesMoMGrowthBenchmarkAllPartners', 'salesMoMGrowthBenchmarkAllAppsOnBaseProduct'],
  },
  { name: 'baseProductGapMoM', spellings: ['salesMoMGrowthBenchmarkBaseProduct'] },
  { name: 'percentile', spellings: ['salesPercentile'] },
  { name: 'ytd', spellings: ['salesYTD'], isMoney: true },
  { name: 'ytdLastYear', spellings: ['salesYTDLastYear'], isMoney: true },
  { name: 'growthYoY', spellings: ['salesYTDYoYGrowth'] },
  {
    name: 'gapYoY',
    spellings: ['salesYTDYoYGrowthBenchmarkAllPartners', 'salesYTDYoYGrowthBenchmarkAllAppsOnBaseProduct'],
  },
  { name: 'baseProductGapYoY', spellings: ['salesYTDYoYGrowthBenchmarkBaseProduct'] },
  { name: 'percentileYtd', spellings: ['salesYTDPercentile'] },
];

/**
 * Cloud sales per month for all apps together (`appKey` null) and per app, against the Marketplace, one series per
 * field. Integer cents, US dollars, the partner's share alone: `sales`, `previousMonth`, `ytd`, `ytdLastYear`. Percent:
 * `growthMoM`, `growthYoY` (of the year to date). Percentage points: `gapMoM`, `gapYoY` (own growth minus that of all
 * partners, or of all apps on the same product), `baseProductGapMoM`, `baseProductGapYoY` (minus that of the product
 * itself); below 0 is worse. Position 0 to 100: `percentile`, `percentileYtd`.
 *
 * Updated in February, May, August and November, so the newest month is one to several months old. Growth without a base
 * is null. Quirks: the total is called `total` here and `totals` in the evaluation benchmark; given growth and the
 * quotient of the amounts can disagree, in the sample too.
 */
export const salesBenchmark = monthly({
  id: 'sales-benchmark',
  summary: 'monthly Cloud sales, and how their growth compares with the Marketplace',
  path: `${DEVELOPER_SPACE}/benchmark/sales`,
  fields: FIELDS,
  apps: ['addons'],
  totalMonths: ['salesBenchmarkPerMonth'],
  appMonths: ['salesBenchmarkPerMonth'],
});

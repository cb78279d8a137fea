import { addMonths, type Day, monthsEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import {
  benchmarkMonths,
  compareGrowth,
  createReader,
  type GrowthComparison,
  type PercentilePosition,
  position,
} from './benchmarks.ts';

const METRIC = 'sales-benchmark';

/** Sales of a time, what they are compared with, and what became of them beside the Marketplace. */
export interface SalesGrowth {
  /** Our share in cents; null: not published. */
  readonly sales: Cents | null;
  readonly before: Cents | null;
  /** Beside all partners; of an app beside all apps for the same product. */
  readonly growth: GrowthComparison;
  /** Own growth minus that of Jira or Confluence itself, in percentage points; null where it is not published. */
  readonly productGap: number | null;
  readonly percentile: PercentilePosition;
}

/** One month of the sales benchmark: Cloud alone, calendar months, our share. */
export interface SalesBenchmark {
  readonly month: Day;
  readonly appKey: string | null;
  /** Against the month before. */
  readonly ofMonth: SalesGrowth;
  /** From January on, against the same months of the year before. */
  readonly yearToDate: SalesGrowth;
}

/** The sales benchmark of an app (null: all apps) in a month; undefined if the month has no number at all. */
export function readSalesBenchmark(
  series: readonly MetricSeries[],
  appKey: string | null,
  month: Day,
): SalesBenchmark | undefined {
  if (!benchmarkMonths(series, METRIC, appKey).includes(month)) return undefined;
  const read = createReader(series, METRIC, appKey);
  const now = (name: string) => read(name, month);
  const growthOf = (names: {
    readonly sales: string;
    readonly before: string;
    readonly growth: string;
    readonly gap: string;
    readonly productGap: string;
    readonly percentile: string;
  }): SalesGrowth => {
    const [sales, before] = [now(names.sales), now(names.before)];
    return {
      sales,
      before,
      growth: compareGrowth(now(names.growth), now(names.gap), sales, before),
      productGap: now(names.productGap),
      percentile: position(now(names.percentile), read(names.percentile, addMonths(month, -1))),
    };
  };
  return {
    month,
    appKey,
    ofMonth: growthOf({
      sales: 'sales',
      before: 'previousMonth',
      growth: 'growthMoM',
      gap: 'gapMoM',
      productGap: 'baseProductGapMoM',
      percentile: 'percentile',
    }),
    yearToDate: growthOf({
      sales: 'ytd',
      before: 'ytdLastYear',
      growth: 'growthYoY',
      gap: 'gapYoY',
      productGap: 'baseProductGapYoY',
      percentile: 'percentileYtd',
    }),
  };
}

/** Three months together, beside the three before them and the same ones a year before. Undefined: not all known. */
export interface ThreeMonths {
  readonly from: Day;
  readonly to: Day;
  readonly sales: Cents | undefined;
  readonly before: Cents | undefined;
  readonly yearBefore: Cents | undefined;
}

/**
 * The sales of the three months that end with one: a quarter where the benchmark is published quarter by quarter. Sums
 * of the published months; no benchmark is published for them, and none is made up.
 */
export function threeMonths(series: readonly MetricSeries[], appKey: string | null, month: Day): ThreeMonths {
  const read = createReader(series, METRIC, appKey);
  const sumUntil = (last: Day): Cents | undefined => {
    const sales = monthsEndingWith(last, 3).map((one) => read('sales', one));
    const known = sales.filter((amount) => amount !== null);
    return known.length === 3 ? sumCents(known) : undefined;
  };
  return {
    from: addMonths(month, -2),
    to: month,
    sales: sumUntil(month),
    before: sumUntil(addMonths(month, -3)),
    yearBefore: sumUntil(addMonths(month, -12)),
  };
}

import { addDays, type Day, monthOf } from '../domain/day.ts';
import type { MetricName, MetricSeries } from '../domain/metric-series.ts';

/** The metrics that are benchmarks. */
export type BenchmarkMetric = Extract<
  MetricName,
  'evaluation-benchmark' | 'churn-benchmark' | 'sales-benchmark'
>;

/** Percent. More than this between the API's growth and the one its own counts give deserves a footnote. */
const TOLERATED_DIFFERENCE = 0.5;

/** Own growth beside that of the Marketplace. Percent and percentage points as the API gives them; null: it gives none. */
export interface GrowthComparison {
  /** Own growth in percent; null: no base to grow from. */
  readonly own: number | null;
  /** Own minus Marketplace growth in percentage points; negative is worse than the Marketplace. */
  readonly gap: number | null;
  /** Growth of the Marketplace in percent: own - gap. */
  readonly marketplace: number | null;
  /** What the counts beside it give, if that differs from `own` by more than 0.5 percentage points; else undefined. */
  readonly recomputed: number | undefined;
}

/** A position among all partners (or all apps of the same product), 0 to 100. */
export interface PercentilePosition {
  readonly now: number | null;
  /** In the month before; null if that is unknown. */
  readonly before: number | null;
  /** now - before; null if either is unknown. */
  readonly change: number | null;
}

/** One month of the evaluation benchmark (Cloud, calendar months). */
export interface EvaluationBenchmark {
  readonly month: Day;
  readonly appKey: string | null;
  readonly evaluations: number | null;
  readonly previousMonth: number | null;
  readonly growth: GrowthComparison;
  readonly percentile: PercentilePosition;
  readonly yearToDate: number | null;
  readonly yearToDateLastYear: number | null;
  readonly yearToDateGrowth: GrowthComparison;
  readonly yearToDatePercentile: PercentilePosition;
}

/** A churn index: 1.3 is 1.3 times the average app of the same parent product, never 1.3 %. */
export interface ChurnIndex {
  readonly ratio: number;
  readonly against: 'better' | 'average' | 'worse';
}

/** One month of an app's churn benchmark. */
export interface ChurnBenchmark {
  readonly month: Day;
  readonly appKey: string | null;
  /** Active on this day (the month's last) ... */
  readonly activeOn: Day;
  /** ... and no longer on this one (the last of the month after): a loss that happens in the month after. */
  readonly goneBy: Day;
  readonly churned: number | null;
  readonly total: number | null;
  /** Percent of all licences, and the part of it that left only this app. */
  readonly rate: number | null;
  readonly isolatedRate: number | null;
  /** What churned / total gives, if that differs from `rate` by more than 0.5 percentage points. */
  readonly recomputed: number | undefined;
  readonly index: ChurnIndex | null;
  readonly isolatedIndex: ChurnIndex | null;
}

/** Two decimals: the precision of the API's own numbers. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Looks the numbers of one app (null: all together) up by field and month; null where there is none. */
export function createReader(
  series: readonly MetricSeries[],
  metric: BenchmarkMetric,
  appKey: string | null,
) {
  const values = new Map<string, number | null>();
  for (const one of series) {
    if (one.metric !== metric || one.appKey !== appKey) continue;
    for (const { period, value } of one.points) values.set(`${one.name} ${monthOf(period)}`, value);
  }
  return (name: string, month: Day): number | null => values.get(`${name} ${month}`) ?? null;
}

/** The months a benchmark has any number for, newest first; of one app (null: all together), or of any if left out. */
export function benchmarkMonths(
  series: readonly MetricSeries[],
  metric: BenchmarkMetric,
  appKey?: string | null,
): Day[] {
  const months = new Set<Day>();
  for (const one of series) {
    if (one.metric !== metric || (appKey !== undefined && one.appKey !== appKey)) continue;
    for (const { period, value } of one.points) if (value !== null) months.add(monthOf(period));
  }
  return [...months].toSorted().toReversed();
}

function differing(given: number | null, count: number | null, base: number | null): number | undefined {
  if (given === null || count === null || base === null || base <= 0) return undefined;
  const growth = round((count / base - 1) * 100);
  return Math.abs(growth - given) > TOLERATED_DIFFERENCE ? growth : undefined;
}

/**
 * Compares own growth with the Marketplace's. The API's `...GrowthBenchmark...` fields are the gap in percentage points
 * ("5.26 % - 6.66 % = -1.4 %" in its own description), not the Marketplace's growth, which is own - gap.
 */
export function compareGrowth(
  own: number | null,
  gap: number | null,
  count: number | null,
  base: number | null,
): GrowthComparison {
  return {
    own,
    gap,
    marketplace: own === null || gap === null ? null : round(own - gap),
    recomputed: differing(own, count, base),
  };
}

/** A position beside the one of the month before. */
export function position(now: number | null, before: number | null): PercentilePosition {
  return { now, before, change: now === null || before === null ? null : round(now - before) };
}

/** The evaluation benchmark of an app (null: all apps) in a month; undefined if the month has no number at all. */
export function readEvaluationBenchmark(
  series: readonly MetricSeries[],
  appKey: string | null,
  month: Day,
): EvaluationBenchmark | undefined {
  if (!benchmarkMonths(series, 'evaluation-benchmark', appKey).includes(month)) return undefined;
  const read = createReader(series, 'evaluation-benchmark', appKey);
  const now = (name: string) => read(name, month);
  const before = (name: string) => read(name, monthOf(addDays(month, -1)));
  return {
    month,
    appKey,
    evaluations: now('evaluations'),
    previousMonth: now('previousMonth'),
    growth: compareGrowth(now('growthMoM'), now('gapMoM'), now('evaluations'), now('previousMonth')),
    percentile: position(now('percentile'), before('percentile')),
    yearToDate: now('ytd'),
    yearToDateLastYear: now('ytdLastYear'),
    yearToDateGrowth: compareGrowth(now('growthYoY'), now('gapYoY'), now('ytd'), now('ytdLastYear')),
    yearToDatePercentile: position(now('percentileYtd'), before('percentileYtd')),
  };
}

/** What a churn benchmark may mean: own rate over the average one (1.0 = average), or percent above it (0 = average). */
type ChurnIndexReading = 'ratio' | 'percent above average';

/**
 * What `churnRateBenchmark` and `isolatedChurnRateBenchmark` are taken for. Seen as ratios around 1 on the live API in
 * 2026 and called so by partners; the API's own text ("as compared with all other apps", example 20) does not tell. Not
 * a setting: if a live account shows the other reading, it is changed here, and everything follows.
 */
const CHURN_INDEX_READING: ChurnIndexReading = 'ratio';

/**
 * The churn of an app beside the average app of the same parent product; lower is better, within 0.05 of 1 counts as
 * average. The one place that says what the API's number means.
 */
export function readChurnIndex(
  value: number | null,
  reading: ChurnIndexReading = CHURN_INDEX_READING,
): ChurnIndex | null {
  if (value === null) return null;
  const ratio = reading === 'ratio' ? value : round(1 + value / 100);
  if (Math.abs(ratio - 1) < 0.05) return { ratio, against: 'average' };
  return { ratio, against: ratio < 1 ? 'better' : 'worse' };
}

/** The churn benchmark of an app in a month; undefined if the month has no number at all. */
export function readChurnBenchmark(
  series: readonly MetricSeries[],
  appKey: string | null,
  month: Day,
): ChurnBenchmark | undefined {
  if (!benchmarkMonths(series, 'churn-benchmark', appKey).includes(month)) return undefined;
  const reader = createReader(series, 'churn-benchmark', appKey);
  const read = (name: string) => reader(name, month);
  const [churned, total, rate] = [read('churnedLicenses'), read('totalLicenses'), read('churnRate')];
  const counted =
    churned === null || total === null || total <= 0 ? undefined : round((churned / total) * 100);
  const differs = counted !== undefined && rate !== null && Math.abs(counted - rate) > TOLERATED_DIFFERENCE;
  const nextMonth = monthOf(addDays(month, 31));
  return {
    month,
    appKey,
    activeOn: addDays(nextMonth, -1),
    goneBy: addDays(monthOf(addDays(nextMonth, 31)), -1),
    churned,
    total,
    rate,
    isolatedRate: read('isolatedChurnRate'),
    recomputed: differs ? counted : undefined,
    index: readChurnIndex(read('churnRateIndex')),
    isolatedIndex: readChurnIndex(read('isolatedChurnRateIndex')),
  };
}

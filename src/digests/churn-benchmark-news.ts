import { benchmarkNews } from '../analytics/benchmark-news.ts';
import { readChurnBenchmark } from '../analytics/benchmarks.ts';
import type { App } from '../domain/app.ts';
import { addDays, monthOf } from '../domain/day.ts';
import type { ChurnBenchmarkNews } from '../messages/churn-benchmark.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

const METRIC = 'churn-benchmark';

/** Benchmarks are kept for 15 months. */
const BENCHMARK_DAYS = 460;

/** The newest month of Atlassian's churn benchmark, and all of it where a month is new or restated since the last time. */
export async function readChurnBenchmarkNews(
  read: ReadModel,
  { app, developerId, lastSpokeAt, week }: DigestRequest,
  apps: readonly App[],
): Promise<ChurnBenchmarkNews> {
  const query = {
    developerId,
    metric: METRIC,
    from: monthOf(addDays(week, -BENCHMARK_DAYS)),
    to: addDays(week, 6),
  } as const;
  const series = await read.readSeries(query);
  const told =
    lastSpokeAt === undefined ? undefined : await read.readSeries({ ...query, knownAt: lastSpokeAt });
  const appKeys = app ? [app.appKey] : [...new Set(series.map(({ appKey }) => appKey))];
  const { isNew, newest, restated } = benchmarkNews(series, told, METRIC, appKeys);
  if (newest === undefined || (!isNew && restated.length === 0))
    return { newest, isNews: false, rows: [], restated: [] };
  const rows = appKeys.flatMap((appKey) => {
    const benchmark = readChurnBenchmark(series, appKey, newest);
    const name = apps.find((one) => one.appKey === appKey)?.name ?? appKey ?? 'All apps';
    return benchmark ? [{ app: name, benchmark }] : [];
  });
  return {
    newest,
    isNews: true,
    rows: rows.toSorted((a, b) => (b.benchmark.total ?? 0) - (a.benchmark.total ?? 0)),
    restated,
  };
}

import { addDays, addMonths, type Instant } from '../domain/day.ts';
import type { MetricName, MetricSeries } from '../domain/metric-series.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

/** What is read of monthly metrics: which, and so many months back from the week asked for. */
export interface MonthsRead {
  readonly metrics: readonly MetricName[];
  readonly months: number;
}

/** The series of monthly metrics until the end of the week asked for; `knownAt`: as they were known at that past instant. */
export async function readMonths(
  read: ReadModel,
  { developerId, week }: DigestRequest,
  { metrics, months }: MonthsRead,
  knownAt?: Instant,
): Promise<MetricSeries[]> {
  const query = {
    developerId,
    from: addMonths(week, -months),
    to: addDays(week, 6),
    ...(knownAt !== undefined && { knownAt }),
  };
  const answers = await Promise.all(metrics.map((metric) => read.readSeries({ ...query, metric })));
  return answers.flat();
}

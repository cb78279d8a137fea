import type { Day } from '../../../domain/day.ts';
import type { MetricName } from '../../../domain/metric-series.ts';
import type { Intake } from '../../intake.ts';
import { objectsOf } from './json.ts';
import { eachNumber, type NumberField } from './number-fields.ts';
import type { Owner } from './owners.ts';
import * as kind from './parameter-kinds.ts';
import type { SeriesCollector } from './series-collector.ts';

/** The months of one owner. */
export interface BenchmarkMonths {
  readonly metric: MetricName;
  readonly owner: Owner;
  readonly months: unknown;
  readonly fields: readonly NumberField[];
  readonly periodOf: (month: Readonly<Record<string, unknown>>) => Day | undefined;
}

/** Adds each field of each month as a point; null where Atlassian has no number (growth without a base). */
export function addMonths(source: BenchmarkMonths, collector: SeriesCollector, intake: Intake): void {
  const { metric, owner, fields, periodOf } = source;
  const path = `${owner.path}.months`;
  for (const month of objectsOf(source.months, path, intake)) {
    const period = periodOf(month);
    if (period === undefined) {
      intake.refuse([{ path: `${path}[].date`, expected: 'a month' }]);
      continue;
    }
    eachNumber({ node: month, fields, path: `${path}[]`, canBeNull: true }, intake, (name, value) => {
      const key = { metric, appKey: owner.appKey, dataset: '', name, type: '' };
      collector.add(key, period, value, `${path}[].date`);
    });
  }
}

/** Sent to the API and applied here too: an unknown product id makes the API answer for all apps. */
export const benchmarkParameters = {
  productId: kind.productId,
  appKey: kind.appsHere.appKey,
  startDate: kind.day('from the month of this day'),
  endDate: kind.day('until the month of this day'),
};

import * as z from 'zod';
import type { Day } from '../../../domain/day.ts';
import type { MetricName } from '../../../domain/metric-series.ts';
import type { ParameterList } from '../../endpoint.ts';
import type { Intake } from '../../intake.ts';
import { fieldOf, objectsOf } from './json.ts';
import type { Owner } from './owners.ts';
import * as kind from './parameter-kinds.ts';
import type { SeriesCollector } from './series-collector.ts';

/** A field of a benchmark month under our name, with the spellings of the samples, the specification and live answers. */
export interface BenchmarkField {
  readonly name: string;
  readonly spellings: readonly [string, ...string[]];
  /** A month without it is refused; the others are simply unknown when absent. */
  readonly isRequired?: true;
}

/** The months of one owner. */
export interface BenchmarkMonths {
  readonly metric: MetricName;
  readonly owner: Owner;
  readonly months: unknown;
  readonly fields: readonly BenchmarkField[];
  readonly periodOf: (month: Readonly<Record<string, unknown>>) => Day | undefined;
}

/** A number, or null where Atlassian says it has none (growth without a base). */
const value = z.number().nullable();

/** What a schema needs to know the fields of a month. */
export function monthFields(fields: readonly BenchmarkField[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    fields.flatMap(({ spellings }) => spellings.map((name) => [name, value.optional()])),
  );
}

/** Adds each field of each month as a point. A field with something else than a number is refused alone. */
export function addMonths(source: BenchmarkMonths, collector: SeriesCollector, intake: Intake): void {
  const { metric, owner, fields, periodOf } = source;
  const path = `${owner.path}.months`;
  for (const month of objectsOf(source.months, path, intake)) {
    const period = periodOf(month);
    if (period === undefined) {
      intake.refuse([{ path: `${path}[].date`, expected: 'a month' }]);
      continue;
    }
    for (const { name, spellings, isRequired } of fields) {
      const raw = fieldOf(month, spellings);
      if (raw === undefined && !isRequired) continue;
      const parsed = value.safeParse(raw);
      const key = { metric, appKey: owner.appKey, dataset: '', name, type: '' };
      if (parsed.success) collector.add(key, period, parsed.data, `${path}[].date`);
      else intake.refuse([{ path: `${path}[].${spellings[0]}`, expected: 'number' }]);
    }
  }
}

/** Sent to the API and applied here too: an unknown product id makes the API answer for all apps. */
export const benchmarkParameters: ParameterList = {
  productId: kind.ids('apps, by product id', 'both'),
  appKey: kind.ids('apps, by key (filtered here)', 'here'),
  startDate: kind.day('from the month of this day'),
  endDate: kind.day('until the month of this day'),
};

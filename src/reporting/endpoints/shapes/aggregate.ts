import * as z from 'zod';
import type { MetricName, MetricSeries } from '../../../domain/metric-series.ts';
import type { Endpoint, ParameterList, Selection } from '../../endpoint.ts';
import { ApiUnexpectedShapeError } from '../../errors.ts';
import { countUnmapped, type Intake, knownFields, toProblems } from '../../intake.ts';
import { flatSeries, placeSeries } from './datasets.ts';
import { requiredDay } from './day-field.ts';
import { isObject, objectsOf } from './json.ts';
import { toAppOwner, toTotalOwner } from './owners.ts';
import * as kind from './parameter-kinds.ts';
import { createSeriesCollector } from './series-collector.ts';
import { toText, unused } from './text.ts';

/** One point, as every aggregate writes it. */
const element = z.object({ date: requiredDay, count: z.number() });

const seriesFields = {
  name: unused,
  elements: z.array(element),
  // Distinct subscriptions over the requested range: smaller than the sum of the weeks.
  uniqueTotal: unused,
  evaluationType: unused,
  conversionType: unused,
};
const datasetFields = { ...seriesFields, series: z.array(z.object(seriesFields)) };
const ownerFields = z.object({
  name: unused,
  addonKey: unused,
  productId: unused,
  series: z.array(z.object(seriesFields)),
  datasets: z.array(z.object({ ...datasetFields, series: z.array(z.object(datasetFields)) })),
});

/** The document of every weekly aggregate: for field names and tools; points are checked one by one. */
const document = z.object({
  _links: unused,
  query: unused,
  total: ownerFields,
  addons: z.array(ownerFields),
});

/** What differs between the aggregates. */
export interface Aggregate {
  readonly metric: MetricName;
  /** The series of each dataset where the document has datasets; flat series otherwise. */
  readonly datasetSeries?: readonly string[];
  /** The field that splits series of one name; the type of a series is its value. */
  readonly typeField?: 'conversionType' | 'evaluationType';
  /** Our name for a series, where the API's is not used as it is. */
  readonly toName?: (name: string) => string;
}

/** Reads an aggregate. Throws an ApiUnexpectedShapeError when the answer has neither a total nor apps. */
function readAggregate(
  answer: unknown,
  { metric, datasetSeries, typeField, toName = (name) => name }: Aggregate,
  intake: Intake,
  selection: Selection,
): MetricSeries[] {
  if (!isObject(answer) || !(Object.hasOwn(answer, 'total') || Object.hasOwn(answer, 'addons'))) {
    throw new ApiUnexpectedShapeError(`The ${metric} answer has neither "total" nor "addons".`);
  }
  const known = knownFields(document);
  if (known) countUnmapped(answer, known, intake);
  const collector = createSeriesCollector(intake);
  const total = toTotalOwner(answer['total'], 'total', intake, selection);
  const apps = objectsOf(answer['addons'], 'addons', intake).map((node) =>
    toAppOwner(node, ['datasets', 'series'], 'addons[]', intake, selection),
  );
  for (const owner of [total, ...apps]) {
    if (!owner) continue;
    const { appKey, node, path } = owner;
    const placed = datasetSeries
      ? placeSeries(node, datasetSeries, path, intake)
      : flatSeries(node, path, intake);
    for (const { dataset, name, node: series } of placed) {
      const type = typeField && series[typeField];
      // A type that cannot be read must not put the numbers under the series without one.
      if (typeof type !== 'string' && type !== undefined && type !== null) {
        intake.refuse([{ path: `${path}.series[].${typeField}`, expected: 'a text' }]);
        continue;
      }
      const key = { metric, appKey, dataset, name: toName(name), type: toText(type) ?? '' };
      const pointPath = `${path}.series[].elements`;
      for (const raw of objectsOf(series['elements'], pointPath, intake)) {
        const point = element.safeParse(raw);
        if (point.success) collector.add(key, point.data.date, point.data.count, `${pointPath}[].date`);
        else intake.refuse(toProblems(point.error, `${pointPath}[]`));
      }
    }
  }
  return collector.series();
}

const parameters: ParameterList = {
  // Weeks only: a series is named by its metric, and monthly points under the same name would mix with weekly ones.
  aggregation: kind.oneOf(['week'], 'length of a period'),
  startDate: kind.day('weeks from the one containing this day'),
  endDate: kind.day('weeks until the one containing this day'),
  productId: kind.ids('apps, by product id (filtered here: the API ignores it)', 'here'),
  appKey: kind.ids('apps, by key (filtered here: the API ignores it)', 'here'),
};

/**
 * An endpoint of weekly counts: one series per app, dataset, name and type, and the totals of all apps (`appKey` null).
 * Periods are Sundays, UTC; the first may lie before `startDate`, the current one is incomplete, missing ones are
 * absent. The API takes `aggregation`, `startDate` and `endDate` and silently ignores everything else.
 */
export function aggregate(
  about: Pick<Endpoint<MetricSeries>, 'id' | 'summary' | 'path'> & Aggregate,
): Endpoint<MetricSeries> {
  const { id, summary, path } = about;
  return {
    id,
    summary,
    path,
    source: { kind: 'document' },
    parameters,
    defaults: { aggregation: ['week'] },
    rowSchema: document,
    read: (answer, intake, selection) => readAggregate(answer, about, intake, selection),
  };
}

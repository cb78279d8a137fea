import * as z from 'zod';
import type { MetricName, MetricSeries, SeriesKey } from '../../../domain/metric-series.ts';
import type { Endpoint, Selection } from '../../endpoint.ts';
import { ApiUnexpectedShapeError } from '../../errors.ts';
import { countUnmapped, type Intake, type KnownFields, knownFields, toProblems } from '../../intake.ts';
import { flatSeries, placeSeries } from './datasets.ts';
import { requiredDay } from './day-field.ts';
import { isObject, objectsOf } from './json.ts';
import { centsIn, eachNumber, type NumberField, numberShape } from './number-fields.ts';
import { toAppOwner, toTotalOwner } from './owners.ts';
import * as kind from './parameter-kinds.ts';
import { createSeriesCollector } from './series-collector.ts';
import { toText, unused } from './text.ts';

/** What every element counts. */
const COUNT: NumberField = { name: '', spellings: ['count'], isRequired: true };

/** The document of an aggregate: for field names and tools; points are checked one by one. */
function documentOf(numbers: readonly NumberField[]) {
  const seriesFields = {
    name: unused,
    elements: z.array(z.object({ date: requiredDay, ...numberShape(numbers) })),
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
  return z.object({ _links: unused, query: unused, total: ownerFields, addons: z.array(ownerFields) });
}

/** What differs between the aggregates. */
export interface Aggregate {
  readonly metric: MetricName;
  /** The series of each dataset where the document has datasets; flat series otherwise. */
  readonly datasetSeries?: readonly string[];
  /** The numbers of an element where flat series hold more than a count: each becomes a dataset of its name. */
  readonly numbers?: readonly NumberField[];
  /** The field that splits series of one name; the type of a series is its value. */
  readonly typeField?: 'conversionType' | 'evaluationType';
  /** Our name for a series, where the API's is not used as it is. */
  readonly toName?: (name: string) => string;
}

/** Reads an aggregate. Throws an ApiUnexpectedShapeError when the answer has neither a total nor apps. */
function readAggregate(
  answer: unknown,
  { metric, datasetSeries, numbers = [COUNT], typeField, toName = (name) => name }: Aggregate,
  known: KnownFields | undefined,
  intake: Intake,
  selection: Selection,
): MetricSeries[] {
  if (!isObject(answer) || !(Object.hasOwn(answer, 'total') || Object.hasOwn(answer, 'addons'))) {
    throw new ApiUnexpectedShapeError(`The ${metric} answer has neither "total" nor "addons".`);
  }
  if (known) countUnmapped(answer, known, intake);
  const collector = createSeriesCollector(intake);

  function addElements(elements: unknown, key: SeriesKey, path: string): void {
    for (const node of objectsOf(elements, path, intake)) {
      const date = requiredDay.safeParse(node['date']);
      if (!date.success) {
        intake.refuse(toProblems(date.error, `${path}[].date`));
        continue;
      }
      eachNumber({ node, fields: numbers, path: `${path}[]` }, intake, (name, value) =>
        collector.add({ ...key, dataset: key.dataset || name }, date.data, value, `${path}[].date`),
      );
    }
  }

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
      addElements(series['elements'], key, `${path}.series[].elements`);
    }
  }
  return collector.series();
}

const parameters = { ...kind.periods, ...kind.appsHere };

/**
 * An endpoint of counts by week, or by month when asked: one series per app, dataset, name and type, and the totals of
 * all apps (`appKey` null). Periods are Sundays or firsts of months, UTC; the first may lie before `startDate`, the
 * current one is incomplete, missing ones are absent. The API takes `aggregation`, `startDate` and `endDate` and silently
 * ignores everything else.
 */
export function aggregate(
  about: Pick<Endpoint<MetricSeries>, 'id' | 'summary' | 'path'> & Aggregate,
): Endpoint<MetricSeries, typeof parameters> {
  const { id, numbers = [COUNT], summary, path } = about;
  const rowSchema = documentOf(numbers);
  const known = knownFields(rowSchema);
  return {
    id,
    summary,
    path,
    source: { kind: 'document' },
    parameters,
    defaults: { aggregation: ['week'] },
    rowSchema,
    cents: ({ dataset }) => centsIn(numbers, dataset),
    read: (answer, intake, selection) => readAggregate(answer, about, known, intake, selection),
  };
}

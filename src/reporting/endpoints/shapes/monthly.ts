import * as z from 'zod';
import { type Day, monthOf } from '../../../domain/day.ts';
import type { MetricName, MetricSeries } from '../../../domain/metric-series.ts';
import type { Endpoint, Selection } from '../../endpoint.ts';
import { ApiUnexpectedShapeError } from '../../errors.ts';
import { countUnmapped, type Intake, type KnownFields, knownFields } from '../../intake.ts';
import { addMonths, benchmarkParameters } from './benchmark.ts';
import { toDay } from './day-field.ts';
import { fieldOf, isObject, type JsonObject, objectsOf } from './json.ts';
import { centsIn, type NumberField, numberShape } from './number-fields.ts';
import { type Owner, toAppOwner, toTotalOwner } from './owners.ts';
import { createSeriesCollector } from './series-collector.ts';
import { unused } from './text.ts';

/** What differs between the documents that hold months of all apps together and of each app. */
export interface Monthly {
  /** The metric is the endpoint's id. */
  readonly id: MetricName;
  readonly fields: readonly NumberField[];
  /** The names of the months of all apps together, and of one app: the documented first, then those seen live. */
  readonly totalMonths: readonly string[];
  readonly appMonths: readonly string[];
  /** The names of the list of apps. */
  readonly apps: readonly [string, ...string[]];
}

/** The sales benchmark and the app requests have a `total`, the evaluation benchmark has `totals`. */
const TOTALS = ['total', 'totals'] as const;

function lists(names: readonly string[], element: z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(names.map((name) => [name, z.array(element).optional()]));
}

function documentOf({ apps, appMonths, fields, totalMonths }: Monthly) {
  const month = z.object({ date: unused, ...numberShape(fields) });
  const total = z.object({ name: unused, ...lists(totalMonths, month) }).optional();
  const app = z.object({
    addonKey: unused,
    appKey: unused,
    productId: unused,
    name: unused,
    ...lists(appMonths, month),
  });
  return z.object({ _links: unused, total, totals: total, ...lists(apps, app) });
}

/** The first of the month that a date lies in; undefined for anything but a date. */
export function monthOfDate(raw: unknown): Day | undefined {
  const day = typeof raw === 'string' ? toDay(raw) : undefined;
  return day === undefined ? undefined : monthOf(day);
}

const periodOf = (month: JsonObject): Day | undefined => monthOfDate(month['date']);

/** Reads the document. Throws an ApiUnexpectedShapeError when it has neither a total nor apps. */
function readMonthly(
  answer: unknown,
  about: Monthly,
  known: KnownFields | undefined,
  intake: Intake,
  selection: Selection,
): MetricSeries[] {
  const totalName = isObject(answer) ? TOTALS.find((name) => Object.hasOwn(answer, name)) : undefined;
  const apps = isObject(answer) ? fieldOf(answer, about.apps) : undefined;
  if (!isObject(answer) || (totalName === undefined && apps === undefined)) {
    throw new ApiUnexpectedShapeError(`The answer of ${about.id} has neither a total nor apps.`);
  }
  if (known) countUnmapped(answer, known, intake);
  const collector = createSeriesCollector(intake);
  const add = (owner: Owner | undefined, spellings: readonly string[]): void => {
    if (!owner) return;
    const source = { metric: about.id, owner, fields: about.fields, periodOf };
    addMonths({ ...source, months: fieldOf(owner.node, spellings) }, collector, intake);
  };
  const total = toTotalOwner(fieldOf(answer, TOTALS), totalName ?? TOTALS[0], intake, selection);
  add(total, about.totalMonths);
  for (const node of objectsOf(apps, 'addons', intake)) {
    add(toAppOwner(node, about.appMonths, 'addons[]', intake, selection), about.appMonths);
  }
  return collector.series();
}

/**
 * An endpoint of monthly numbers: one series per app and field, and the totals of all apps (`appKey` null). Periods are
 * firsts of months. Dates are snapped to their months by the API.
 */
export function monthly(
  about: Pick<Endpoint<MetricSeries>, 'summary' | 'path'> & Monthly,
): Endpoint<MetricSeries, typeof benchmarkParameters> {
  const { id, path, summary } = about;
  const rowSchema = documentOf(about);
  const known = knownFields(rowSchema);
  return {
    id,
    summary,
    path,
    source: { kind: 'document' },
    parameters: benchmarkParameters,
    defaults: {},
    rowSchema,
    cents: ({ name }) => centsIn(about.fields, name),
    read: (answer, intake, selection) => readMonthly(answer, about, known, intake, selection),
  };
}

import * as z from 'zod';
import type { Day } from '../../domain/day.ts';
import type { MetricSeries } from '../../domain/metric-series.ts';
import type { Endpoint, Selection } from '../endpoint.ts';
import { ApiUnexpectedShapeError } from '../errors.ts';
import { countUnmapped, type Intake, knownFields } from '../intake.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { addMonths, benchmarkParameters } from './shapes/benchmark.ts';
import { toDay } from './shapes/day-field.ts';
import { isObject, objectsOf } from './shapes/json.ts';
import { type NumberField, numberShape } from './shapes/number-fields.ts';
import { toAppOwner } from './shapes/owners.ts';
import { createSeriesCollector } from './shapes/series-collector.ts';
import { unused } from './shapes/text.ts';

const FIELDS: readonly NumberField[] = [
  { name: 'churnedLicenses', spellings: ['churnedLicenses'] },
  { name: 'totalLicenses', spellings: ['totalLicenses'] },
  { name: 'churnRate', spellings: ['churnRate'], isRequired: true },
  { name: 'isolatedChurnRate', spellings: ['isolatedChurnRate'] },
  { name: 'churnRateIndex', spellings: ['churnRateBenchmark'] },
  { name: 'isolatedChurnRateIndex', spellings: ['isolatedChurnRateBenchmark'] },
];

const LIST = 'churnBenchmarkPerApp';
const MONTHS = 'churnBenchmarkPerMonth';

const document = z.object({
  _links: unused,
  [LIST]: z.array(
    z.object({
      appName: unused,
      appKey: unused,
      addonKey: unused,
      productId: unused,
      [MONTHS]: z.array(z.object({ year: unused, month: unused, ...numberShape(FIELDS) })),
    }),
  ),
});

const digitsOf = (raw: unknown): string =>
  typeof raw === 'string' || typeof raw === 'number' ? String(raw).padStart(2, '0') : '';

/** `{year: "2025", month: "01"}`: texts, zero-padded. */
function periodOf(month: Readonly<Record<string, unknown>>): Day | undefined {
  return toDay(`${digitsOf(month['year'])}-${digitsOf(month['month'])}-01`);
}

function read(answer: unknown, intake: Intake, selection: Selection): MetricSeries[] {
  if (!isObject(answer) || !Object.hasOwn(answer, LIST)) {
    throw new ApiUnexpectedShapeError(`The churn benchmark has no "${LIST}".`);
  }
  const known = knownFields(document);
  if (known) countUnmapped(answer, known, intake);
  const collector = createSeriesCollector(intake);
  for (const node of objectsOf(answer[LIST], LIST, intake)) {
    const owner = toAppOwner(node, [MONTHS], `${LIST}[]`, intake, selection);
    if (!owner) continue;
    addMonths(
      { metric: 'churn-benchmark', owner, months: node[MONTHS], fields: FIELDS, periodOf },
      collector,
      intake,
    );
  }
  return collector.series();
}

/**
 * Cloud churn per app and month against other apps, one series per field. `churnedLicenses`, `totalLicenses`: counts;
 * `churnRate`, `isolatedChurnRate` (the customer left this app and kept others): percent; `churnRateIndex`,
 * `isolatedChurnRateIndex` (API: `...Benchmark`): ratios, 1.0 = the Marketplace's average, lower is better.
 *
 * Month M counts licences active on its last day and not on the last day of M+1. Lag: two to three months. Quirks:
 * annual licences count as exposed every month, so this is not the weekly churn; rates do not always equal the quotient
 * of the two counts; there is no total.
 */
export const churnBenchmark: Endpoint<MetricSeries, typeof benchmarkParameters> = {
  id: 'churn-benchmark',
  summary: 'monthly Cloud churn per app, and how it compares with the Marketplace',
  path: `${DEVELOPER_SPACE}/sales/metrics/churn/benchmark`,
  source: { kind: 'document' },
  parameters: benchmarkParameters,
  defaults: {},
  rowSchema: document,
  read,
};

import * as z from 'zod';
import { type Day, monthOf } from '../../domain/day.ts';
import type { MetricSeries } from '../../domain/metric-series.ts';
import type { Endpoint, Selection } from '../endpoint.ts';
import { ApiUnexpectedShapeError } from '../errors.ts';
import { countUnmapped, type Intake, knownFields } from '../intake.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { addMonths, type BenchmarkField, benchmarkParameters, monthFields } from './shapes/benchmark.ts';
import { toDay } from './shapes/day-field.ts';
import { fieldOf, isObject, objectsOf } from './shapes/json.ts';
import { type Owner, toAppOwner, toTotalOwner } from './shapes/owners.ts';
import { createSeriesCollector } from './shapes/series-collector.ts';
import { unused } from './shapes/text.ts';

/** Vendor rows end in AllPartners, app rows in AllAppsOnBaseProduct; `evalautionCount` is the specification's typo. */
const FIELDS: readonly BenchmarkField[] = [
  { name: 'evaluations', spellings: ['evaluationCount', 'evalautionCount'], isRequired: true },
  {
    name: 'previousMonth',
    spellings: ['previousMonthEvaluationCount', 'previousMonthEvaluationCounts'],
  },
  { name: 'growthMoM', spellings: ['evaluationMoMGrowth'] },
  {
    name: 'gapMoM',
    spellings: [
      'evaluationMoMGrowthBenchmarkAllPartners',
      'evaluationMoMGrowthBenchmarkAllAppsOnBaseProduct',
    ],
  },
  { name: 'percentile', spellings: ['evaluationPercentile'] },
  { name: 'ytd', spellings: ['evaluationCountYTD'] },
  { name: 'ytdLastYear', spellings: ['evaluationCountYTDLastYear'] },
  { name: 'growthYoY', spellings: ['evaluationYTDYoYGrowth'] },
  {
    name: 'gapYoY',
    spellings: [
      'evaluationYTDYoYGrowthBenchmarkAllPartners',
      'evaluationYTDYoYGrowthBenchmarkAllAppsOnBaseProduct',
    ],
  },
  { name: 'percentileYtd', spellings: ['evaluationYTDPercentile'] },
];

// The documented name first, then the live one.
const APPS = ['CloudEvaluationBenchmarkPerApp', 'addons'] as const;
const TOTAL_MONTHS = [
  'CloudEvaluationBenchmarkPerVendorPerMonth',
  'evaluationBenchmarkPerVendorPerMonth',
] as const;
const APP_MONTHS = ['CloudEvaluationBenchmarkPerAppPerMonth', 'evaluationBenchmarkPerAppPerMonth'] as const;

const months = z.array(z.object({ date: unused, ...monthFields(FIELDS) }));
const app = z.object({
  addonKey: unused,
  appKey: unused,
  productId: unused,
  name: unused,
  [APP_MONTHS[0]]: months,
  [APP_MONTHS[1]]: months,
});
const document = z.object({
  _links: unused,
  totals: z.object({ name: unused, [TOTAL_MONTHS[0]]: months, [TOTAL_MONTHS[1]]: months }),
  [APPS[0]]: z.array(app),
  [APPS[1]]: z.array(app),
});

function periodOf(month: Readonly<Record<string, unknown>>): Day | undefined {
  const day = typeof month['date'] === 'string' ? toDay(month['date']) : undefined;
  return day === undefined ? undefined : monthOf(day);
}

function read(answer: unknown, intake: Intake, selection: Selection): MetricSeries[] {
  const apps = isObject(answer) ? fieldOf(answer, APPS) : undefined;
  if (!isObject(answer) || (apps === undefined && !Object.hasOwn(answer, 'totals'))) {
    throw new ApiUnexpectedShapeError('The evaluation benchmark has neither totals nor apps.');
  }
  const known = knownFields(document);
  if (known) countUnmapped(answer, known, intake);
  const collector = createSeriesCollector(intake);
  const add = (owner: Owner | undefined, spellings: readonly string[]): void => {
    if (!owner) return;
    const source = { metric: 'evaluation-benchmark', owner, fields: FIELDS, periodOf } as const;
    addMonths({ ...source, months: fieldOf(owner.node, spellings) }, collector, intake);
  };
  add(toTotalOwner(answer['totals'], 'totals', intake, selection), TOTAL_MONTHS);
  for (const node of objectsOf(apps, 'addons', intake)) {
    add(toAppOwner(node, APP_MONTHS, 'addons[]', intake, selection), APP_MONTHS);
  }
  return collector.series();
}

/**
 * Cloud evaluations per month for all apps together (`appKey` null) and per app, against the Marketplace, one series
 * per field. Counts: `evaluations`, `previousMonth`, `ytd`, `ytdLastYear`. Percent: `growthMoM`, `growthYoY` (of the
 * year to date). Percentage points: `gapMoM`, `gapYoY` (API: `...GrowthBenchmark...`): own growth minus the Marketplace's,
 * so the Marketplace grew by growth minus gap; below 0 is worse. Position 0 to 100: `percentile`, `percentileYtd`.
 * Totals compare with all partners, apps with all apps on the same product.
 *
 * Updated monthly, newest first. Growth without a base is null. Quirks: names differ between documentation and live
 * answers; given growth and the quotient of the counts can disagree.
 */
export const evaluationBenchmark: Endpoint<MetricSeries> = {
  id: 'evaluation-benchmark',
  summary: 'monthly Cloud evaluations, and how their growth compares with the Marketplace',
  path: `${DEVELOPER_SPACE}/benchmark/evaluations`,
  source: { kind: 'document' },
  parameters: benchmarkParameters,
  defaults: {},
  rowSchema: document,
  read,
};

import { type Day, daysBetween } from '../../../domain/day.ts';
import type { ParameterValues, Source } from '../../endpoint.ts';
import * as kind from './parameter-kinds.ts';

/** Where all partner metrics are asked for, by POST. */
export const PARTNER_METRICS = 'partner-metrics/developer-space/{developerId}';

/** One page may hold fourteen periods; the API's own default is seven. */
const MOST_PERIODS = 14;

/** What differs between the metrics. */
export interface Metric {
  /** `metricSets` or `metricFields`, by name. */
  readonly metrics: Readonly<Partial<Record<'metricSets' | 'metricFields', readonly string[]>>>;
  /** What the numbers are split by. */
  readonly attributes?: readonly string[];
  /** Which parameter sets which filter. */
  readonly filters?: Readonly<Record<string, string>>;
}

/** The parameters of every metric. Weeks start on a Monday here. */
export const metricParameters = {
  granularity: kind.inBody(kind.oneOf(['YEAR', 'MONTH', 'WEEK', 'DAY'], 'length of a period')),
  startDate: kind.inBody(kind.day('periods from the one containing this day')),
  endDate: kind.inBody(kind.day('periods until the one containing this day')),
};

const named = (names: readonly string[]) => names.map((name) => ({ name }));

function toFilter(fieldName: string, value: string) {
  return { filter: { fieldName, oneFilter: { stringFilter: { value } } } };
}

/** The body of a question, in the form of the documentation's samples. */
function toBody({ attributes, filters = {}, metrics }: Metric, values: ParameterValues): object {
  const [granularity] = values['granularity'] ?? [];
  const [startDate] = values['startDate'] ?? [];
  const [endDate] = values['endDate'] ?? [];
  const group = Object.entries(filters).flatMap(([parameter, fieldName]) =>
    (values[parameter] ?? []).map((value) => toFilter(fieldName, value)),
  );
  return {
    granularity,
    ...(attributes ? { attributes: named(attributes) } : {}),
    metrics: Object.fromEntries(Object.entries(metrics).map(([set, names]) => [set, named(names)])),
    ...(group.length > 0 ? { attributesFilter: { expr: { andGroup: group } } } : {}),
    ...(startDate || endDate
      ? { dateRange: { ...(startDate ? { startDate } : {}), ...(endDate ? { endDate } : {}) } }
      : {}),
  };
}

/** A Monday of the documentation's samples: weeks are counted from it. */
const A_MONDAY: Day = '2024-10-21';

/** The number of the period containing a day, counted from whenever. */
function periodNumber(day: Day, granularity: string | undefined): number {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (granularity === 'YEAR') return year;
  if (granularity === 'MONTH') return year * 12 + month;
  const days = daysBetween(A_MONDAY, day);
  return granularity === 'WEEK' ? Math.floor(days / 7) : days;
}

/** How many periods a question asks for; undefined without both ends. */
function countPeriods(values: ParameterValues): number | undefined {
  const [granularity] = values['granularity'] ?? [];
  const [start] = values['startDate'] ?? [];
  const [end] = values['endDate'] ?? [];
  if (start === undefined || end === undefined) return undefined;
  return periodNumber(end as Day, granularity) - periodNumber(start as Day, granularity) + 1;
}

/** How a metric is fetched: asked for by POST, in pages of fourteen periods. */
export function metricSource<Row>(metric: Metric): Source<Row> {
  return {
    kind: 'question',
    list: 'records',
    mostPeriods: MOST_PERIODS,
    body: (values) => toBody(metric, values),
    periods: countPeriods,
    keyOf: (row) => JSON.stringify(row),
  };
}

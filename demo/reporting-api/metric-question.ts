import type { Day } from '../../src/domain/day.ts';
import { BadRequest } from './query.ts';

export type Granularity = 'YEAR' | 'MONTH' | 'WEEK' | 'DAY';
export type VersionType = 'RUNS_ON_ATLASSIAN' | 'NATIVE_APP' | 'NON_HARMONISED';

/** A question about partner metrics that the API understands. */
export interface MetricQuestion {
  readonly granularity: Granularity;
  /** Upper case. */
  readonly fields: ReadonlySet<string>;
  readonly isSet: boolean;
  readonly attributes: ReadonlySet<string>;
  readonly productIds: readonly string[];
  readonly versionType: VersionType;
  readonly startDate?: Day;
  readonly endDate?: Day;
}

const GRANULARITIES = ['YEAR', 'MONTH', 'WEEK', 'DAY'];
const FIELDS = [
  'INSTALL_COUNT',
  'LIFETIME_GMV',
  'NON_HARMONISED_FORGE_VERSIONS_LIFETIME_GMV',
  'STANDARD_FORGE_VERSIONS_LIFETIME_GMV',
];
const GMV_FIELDS = FIELDS.slice(1);
const ATTRIBUTES = [
  'PARENT_SOFTWARE',
  'PARENT_SOFTWARE_VERSION',
  'PARENT_SOFTWARE_MAJOR_VERSION',
  'PARENT_SOFTWARE_MINOR_VERSION',
  'APP_VERSION_TYPE',
];
const VERSION_TYPES = ['RUNS_ON_ATLASSIAN', 'NATIVE_APP', 'NON_HARMONISED'];

function fail(path: string, message: string): never {
  throw new BadRequest(path, message);
}

function objectAt(value: unknown, path: string, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail(path, `Invalid request body: ${path} must be an object`);
  }
  const wrong = Object.keys(value).find((name) => !known.includes(name));
  if (wrong !== undefined) fail(path, `Invalid request body: unrecognized field "${wrong}" in ${path}`);
  return value as Record<string, unknown>;
}

/** `[{"name": "..."}]`, by its names in upper case. */
function namesAt(value: unknown, path: string, allowed: readonly string[]): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return fail(path, `Invalid request body: ${path} must be an array of objects`);
  return value.map((item: unknown) => {
    const name = String(objectAt(item, `${path}[]`, ['name'])['name']).toUpperCase();
    return allowed.includes(name) ? name : fail(path, `${name} is not known`);
  });
}

function dayAt(value: unknown, path: string): Day | undefined {
  if (value === undefined) return undefined;
  const isDay =
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
  return isDay ? (value as Day) : fail(path, 'Must be a date');
}

/** The values of the filters, by field. */
function filtersAt(value: unknown): Map<string, string[]> {
  const filters = new Map<string, string[]>();
  if (value === undefined) return filters;
  const expr = objectAt(objectAt(value, 'attributesFilter', ['expr'])['expr'], 'expr', ['andGroup']);
  const group = expr['andGroup'];
  if (!Array.isArray(group)) return fail('expr', 'Invalid request body: andGroup must be an array');
  for (const item of group) {
    const filter = objectAt(objectAt(item, 'andGroup[]', ['filter'])['filter'], 'filter', [
      'fieldName',
      'oneFilter',
    ]);
    const one = objectAt(filter['oneFilter'], 'oneFilter', ['stringFilter']);
    const text = objectAt(one['stringFilter'], 'stringFilter', ['value'])['value'];
    const name = String(filter['fieldName']).toUpperCase();
    if (!['PRODUCT_ID', 'APP_VERSION_TYPE'].includes(name)) fail('fieldName', `${name} is not known`);
    if (typeof text !== 'string') return fail('stringFilter', 'Invalid request body: value must be a text');
    filters.set(name, [...(filters.get(name) ?? []), text]);
  }
  return filters;
}

function versionTypeOf(asked: readonly string[] | undefined): VersionType {
  const [type = 'NON_HARMONISED', ...others] = asked ?? [];
  if (others.length > 0 || !VERSION_TYPES.includes(type)) {
    fail(
      'attributesFilter',
      'Exactly single APP_VERSION_TYPE must be present in filter expression from (RUNS_ON_ATLASSIAN, NATIVE_APP or NON_HARMONISED)',
    );
  }
  return type as VersionType;
}

/** Reads a question as strictly as the API. Throws a BadRequest. */
export function readQuestion(body: unknown): MetricQuestion {
  const question = objectAt(body, 'body', [
    'granularity',
    'metrics',
    'attributes',
    'attributesFilter',
    'dateRange',
    'sortByList',
  ]);
  const granularity = question['granularity'];
  if (typeof granularity !== 'string' || !GRANULARITIES.includes(granularity)) {
    fail('granularity', `Must be one of: ${GRANULARITIES.join(', ')}`);
  }
  const metrics = objectAt(question['metrics'], 'metrics', ['metricSets', 'metricFields']);
  const sets = namesAt(metrics['metricSets'], 'metricSets', ['GMV']);
  const fields = namesAt(metrics['metricFields'], 'metricFields', FIELDS);
  if (sets.length + fields.length === 0) fail('metrics', 'At least one metric is required');
  const range = objectAt(question['dateRange'] ?? {}, 'dateRange', ['startDate', 'endDate']);
  const filters = filtersAt(question['attributesFilter']);
  const startDate = dayAt(range['startDate'], 'startDate');
  const endDate = dayAt(range['endDate'], 'endDate');
  return {
    granularity: granularity as Granularity,
    fields: new Set(sets.length > 0 ? GMV_FIELDS : fields),
    isSet: sets.length > 0,
    attributes: new Set(namesAt(question['attributes'], 'attributes', ATTRIBUTES)),
    productIds: filters.get('PRODUCT_ID') ?? [],
    versionType: versionTypeOf(filters.get('APP_VERSION_TYPE')),
    ...(startDate ? { startDate } : {}),
    ...(endDate ? { endDate } : {}),
  };
}

import type { Day } from '../../src/domain/day.ts';
import { APPS } from '../world/apps.ts';
import { createRandom } from '../world/random.ts';
import type { RawLicense, RawTransaction } from '../world/raw-rows.ts';
import type { World } from '../world/world.ts';
import { isInstalled } from './installed.ts';
import { type Granularity, type MetricQuestion, readQuestion, type VersionType } from './metric-question.ts';
import { BadRequest } from './query.ts';
import { type Answer, ok, type Route, type RouteContext } from './route.ts';

type Metric = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;
const MOST_PERIODS = 14;
/** How far back the world goes, and a little further. */
const HISTORY_DAYS = 1_180;

const asDay = (at: number): Day => new Date(at).toISOString().slice(0, 10) as Day;

/** The first day of the period containing a day. Weeks begin on a Monday, unlike those of the reporting resources. */
export function periodOf(day: Day, granularity: Granularity): Day {
  if (granularity === 'YEAR') return `${day.slice(0, 4)}-01-01` as Day;
  if (granularity === 'MONTH') return `${day.slice(0, 7)}-01` as Day;
  if (granularity === 'DAY') return day;
  const at = Date.parse(day);
  return asDay(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS);
}

/** The first day of the next period. */
function nextPeriod(period: Day, granularity: Granularity): Day {
  const long = { YEAR: 370, MONTH: 32, WEEK: 7, DAY: 1 }[granularity];
  return periodOf(asDay(Date.parse(period) + long * DAY_MS), granularity);
}

/** The periods of a question, oldest first; without a beginning as far back as there is anything. */
function periodsOf({ endDate, granularity, startDate }: MetricQuestion, today: Day): Day[] {
  const periods: Day[] = [];
  const first = startDate ?? asDay(Date.parse(today) - HISTORY_DAYS * DAY_MS);
  const last = endDate !== undefined && endDate < today ? endDate : today;
  for (let period = periodOf(first, granularity); period <= last; ) {
    periods.push(period);
    period = nextPeriod(period, granularity);
  }
  return periods;
}

const isCommercial = (boundaries: unknown): boolean =>
  !Array.isArray(boundaries) || boundaries.includes('commercial');

/** The version of Jira or Confluence under a Data Center licence: the same one for every caller. */
function parentOf(row: RawLicense) {
  const software = APPS.find(({ appKey }) => appKey === row.addonKey)?.product ?? 'Jira';
  const versions =
    software === 'Jira'
      ? ['9.4.1', '9.4.12', '9.12.3', '9.12.15', '10.3.1']
      : ['7.13.2', '7.19.17', '7.19.18', '8.5.4', '9.2.1'];
  const version = createRandom(`parent/${row.licenseId ?? row.addonLicenseId}`).pick(versions);
  const [major = '', minor = ''] = version.split('.');
  return { software, version, major: `${major}.x.x`, minor: `${major}.${minor}.x` };
}

/** How a record names what the counts are split by; undefined for installations whose version nobody knows. */
function splitOf(row: RawLicense, attributes: ReadonlySet<string>): Metric | undefined {
  if (attributes.size === 0) return {};
  if (row.hosting === 'Cloud') return undefined;
  const { major, minor, software, version } = parentOf(row);
  return {
    ...(attributes.has('PARENT_SOFTWARE') ? { parentSoftware: software } : {}),
    ...(attributes.has('PARENT_SOFTWARE_VERSION') ? { parentSoftwareVersion: version } : {}),
    ...(attributes.has('PARENT_SOFTWARE_MAJOR_VERSION') ? { parentSoftwareMajorVersions: major } : {}),
    ...(attributes.has('PARENT_SOFTWARE_MINOR_VERSION') ? { parentSoftwareMinorVersions: minor } : {}),
  };
}

/** What was counted for a world before: the day a period begins decides its numbers, and each costs a snapshot. */
const counted = new WeakMap<World, Map<string, Metric[]>>();

/** The licences in use when a period begins, counted by app and by what is asked for. */
function installRecords(world: World, period: Day, question: MetricQuestion): Metric[] {
  const known = counted.get(world) ?? new Map<string, Metric[]>();
  counted.set(world, known);
  const key = JSON.stringify([period, ...question.productIds, ...question.attributes]);
  const records = known.get(key) ?? countInstalls(world, period, question);
  known.set(key, records);
  return records;
}

function countInstalls(world: World, period: Day, question: MetricQuestion): Metric[] {
  const counts = new Map<string, { record: Metric; count: number }>();
  for (const row of world.at(period).licenses) {
    if (!isCommercial(row.cloudComplianceBoundaries) || !isInstalled(row, period)) continue;
    if (question.productIds.some((id) => id !== row.productId)) continue;
    const split = splitOf(row, question.attributes);
    if (!split) continue;
    const record = { date: period, appKey: row.addonKey, productId: row.productId, ...split };
    const key = JSON.stringify(record);
    const entry = counts.get(key) ?? { record, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { count, record }]) => ({ ...record, installCounts: count }));
}

/** Which kind of versions an app has: decided here, the world knows nothing of it. */
const VERSION_TYPES: readonly VersionType[] = ['RUNS_ON_ATLASSIAN', 'NATIVE_APP', 'NON_HARMONISED'];

function versionTypeOf({ addonKey }: RawTransaction): VersionType {
  const index = APPS.findIndex(({ appKey }) => appKey === addonKey);
  return VERSION_TYPES[index % 3] ?? 'NON_HARMONISED';
}

/** What customers had paid by the end of a period, refunds taken off, for versions of these types. */
function lifetimeValue(rows: readonly RawTransaction[], until: Day, types: readonly VersionType[]): number {
  const cents = rows
    .filter(
      (row) =>
        row.purchaseDetails.saleDate < until &&
        isCommercial(row.cloudComplianceBoundaries) &&
        types.includes(versionTypeOf(row)),
    )
    .reduce((sum, { purchaseDetails }) => sum + Math.round(purchaseDetails.purchasePrice * 100), 0);
  return cents / 100;
}

function gmvRecord(world: World, period: Day, today: Day, question: MetricQuestion): Metric {
  const { fields, granularity, isSet, versionType } = question;
  const until = nextPeriod(period, granularity);
  const { transactions } = world.at(until < today ? until : today);
  const value = (...types: VersionType[]): number => lifetimeValue(transactions, until, types);
  return {
    date: period,
    ...(fields.has('LIFETIME_GMV')
      ? {
          lifetimeGmv: value(versionType),
          lifetimeGmvAppVersionType: isSet ? 'NON_HARMONISED_FORGE_VERSIONS' : versionType,
        }
      : {}),
    ...(fields.has('NON_HARMONISED_FORGE_VERSIONS_LIFETIME_GMV')
      ? { nonHarmonisedForgeVersionsGmv: value('NON_HARMONISED') }
      : {}),
    ...(fields.has('STANDARD_FORGE_VERSIONS_LIFETIME_GMV')
      ? { standardForgeAppVersionsGmv: value('RUNS_ON_ATLASSIAN', 'NATIVE_APP') }
      : {}),
  };
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number, most = Infinity): number {
  const text = query.get(name) ?? String(otherwise);
  if (!/^\d+$/.test(text)) throw new BadRequest(name, 'Must be a valid integer');
  if (Number(text) > most) throw new BadRequest(name, `Must be at most ${most}`);
  return Number(text);
}

/** As the documentation's sample is, by accident or not: one record in four names no product. */
function asDocumented(records: readonly Metric[]): Metric[] {
  return records.map(({ productId, ...rest }, index) =>
    index % 4 === 3 || productId === undefined ? rest : { ...rest, productId },
  );
}

/** As documented, pages count periods; a public client says that they count rows. Newest page first, each oldest first. */
function answerQuestion({ body, docsShapes, metricPages, query, today, world }: RouteContext): Answer {
  const question = readQuestion(body);
  const limit = wholeNumber(query, 'limit', 7, MOST_PERIODS);
  const offset = wholeNumber(query, 'offset', 0);
  const periods = periodsOf(question, today);
  const recordsOf = (period: Day): Metric[] =>
    question.fields.has('INSTALL_COUNT')
      ? installRecords(world, period, question)
      : [gmvRecord(world, period, today, question)];
  const end = Math.max(0, periods.length - offset);
  const records =
    metricPages === 'rows'
      ? periods.flatMap(recordsOf).slice(offset, offset + limit)
      : periods.slice(Math.max(0, end - limit), end).flatMap(recordsOf);
  return ok({ records: docsShapes ? asDocumented(records) : records });
}

/** The developer space's partner metrics. */
export const METRIC_ROUTES: readonly Route[] = [{ method: 'POST', path: /^$/, answer: answerQuestion }];

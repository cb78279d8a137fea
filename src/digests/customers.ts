import { customerSpreads, spreadSites } from '../analytics/customer-spread.ts';
import { type Day, monthsEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import {
  type CustomersCard,
  customersDigest,
  type CustomersDigest,
  type OwnCount,
  type RestatedCustomers,
} from '../messages/customers-digest.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { Digest, DigestRequest } from './digest.ts';
import { customersNumbers } from './numbers/customers.ts';
import { readMonths } from './read-months.ts';
import { readAges } from './read-ages.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { monthToTell } from './told-month.ts';

const METRICS = [
  'customers-by-region',
  'customers-by-edition',
  'customers-by-activity',
  'customers-by-tier',
] as const;

/** The newest month, whatever the lag, and the same one a year before. */
const MONTHS = 16;

/** Told months that are looked at again. */
const LOOK_BACK_MONTHS = 3;

const CUSTOMERS = { metrics: METRICS, months: MONTHS } as const;

function monthsOf(series: readonly MetricSeries[]): Set<Day> {
  return new Set(
    series.flatMap(({ points }) => points.flatMap(({ period, value }) => (value === null ? [] : period))),
  );
}

/** Customers of a month by group, as far as a restatement is looked for in them: shares follow from counts. */
function countsOf(series: readonly MetricSeries[], month: Day) {
  const spreads = customerSpreads(series, month);
  const counts = spreads.flatMap(({ by, groups, product }) =>
    groups.map(({ count, name }) => `${by} ${product} ${name} ${count}`),
  );
  const total = spreads.find(({ by }) => by === 'region') ?? spreads[0];
  return { total: total?.total, text: counts.toSorted().join('\n') };
}

/** The months that were told and have other counts now, newest first. */
function findRestated(
  told: readonly MetricSeries[],
  now: readonly MetricSeries[],
  month: Day,
): RestatedCustomers[] {
  return monthsEndingWith(month, LOOK_BACK_MONTHS)
    .toReversed()
    .flatMap((one) => {
      const [before, after] = [countsOf(told, one), countsOf(now, one)];
      return before.total === undefined || before.text === after.text
        ? []
        : [{ month: one, before: before.total, after: after.total }];
    });
}

/** The newest month, and what is to be said of it: only when a month is new or restated, or somebody asks. */
async function readCard(
  read: ReadModel,
  request: DigestRequest,
): Promise<{ month: Day | undefined; card: CustomersCard | undefined }> {
  const { isAsked, lastSpokeAt } = request;
  const series = await readMonths(read, request, CUSTOMERS);
  const month = monthToTell(monthsOf(series), request.today);
  if (month === undefined) return { month, card: undefined };
  const told = lastSpokeAt === undefined ? [] : await readMonths(read, request, CUSTOMERS, lastSpokeAt);
  const restated = findRestated(told, series, month);
  const isNew = monthToTell(monthsOf(told), request.today) !== month;
  const isNews = isAsked === true || isNew || restated.length > 0;
  return { month, card: isNews ? { spreads: customerSpreads(series, month), restated } : undefined };
}

async function readOwnCount(
  read: ReadModel,
  { app, developerId, today }: DigestRequest,
): Promise<OwnCount | undefined> {
  if (!app) return undefined;
  const licenses = await read.readLicenses({ developerId, appKey: app.appKey });
  return { app: app.name, today, spreads: spreadSites(licenses) };
}

/** How customers spread over regions, editions and sizes, beside the whole Marketplace. */
export const customers: Digest = {
  id: 'customers',
  aliases: ['regions', 'editions', 'tiers'],
  summary: 'how customers spread over regions, editions and sizes, beside the Marketplace',
  definition:
    'How customers spread over regions, editions and sizes in a calendar month, and where that differs from the whole Marketplace. Of one app: its cloud sites of today.',
  reads: ['customers', 'licenses'],
  async build(read, request) {
    const { app, developerId, now } = request;
    const card = app ? { month: undefined, card: undefined } : await readCard(read, request);
    const names = app ? { licenses: 'licenses' } : { customers: 'customers' };
    const facts: CustomersDigest = {
      scope: scopeName(request, 'All apps'),
      asks: asksFor('customers', request),
      ...card,
      ownCount: await readOwnCount(read, request),
      ...(await readAges(read, developerId, names)),
      now,
    };
    return { ...customersDigest(facts), numbers: customersNumbers(facts) };
  },
};

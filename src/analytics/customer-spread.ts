import { addMonths, type Day } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { RecordedLicense } from '../domain/recorded.ts';
import { ownUseOf } from './counted.ts';
import { usersOfTier } from './tier-size.ts';

/** By what customers are spread. */
export type SpreadBy = 'region' | 'edition' | 'activity' | 'tier';

/** One group of customers. */
export interface SpreadGroup {
  /** As the API writes it: "emea", "premium", "paid", "11-100". */
  readonly name: string;
  readonly count: number;
  /** Of all customers, 0 to 100, as Atlassian gives it; undefined: it gives none. */
  readonly percent: number | undefined;
  /** Its share over the same share of the whole Marketplace: 1.0 is the average; undefined: not published. */
  readonly index: number | undefined;
  /** A month and a year before; undefined where those months are not known. */
  readonly before: number | undefined;
  readonly yearBefore: number | undefined;
}

/** How customers spread over groups in one month, most first. */
export interface Spread {
  readonly by: SpreadBy;
  /** Of sizes the Atlassian product, otherwise empty. */
  readonly product: string;
  readonly groups: readonly SpreadGroup[];
  /** Sums of the groups. */
  readonly total: number;
  readonly before: number | undefined;
  readonly yearBefore: number | undefined;
}

const METRICS = {
  region: 'customers-by-region',
  edition: 'customers-by-edition',
  activity: 'customers-by-activity',
  tier: 'customers-by-tier',
} as const satisfies Readonly<Record<SpreadBy, MetricSeries['metric']>>;

/** Looks numbers up by group, type and month. */
function createReader(series: readonly MetricSeries[]) {
  const values = new Map<string, number>();
  const months = new Set<Day>();
  for (const { name, points, type } of series) {
    for (const { period, value } of points) {
      if (value === null) continue;
      values.set(JSON.stringify([name, type, period]), value);
      months.add(period);
    }
  }
  return {
    isKnown: (month: Day) => months.has(month),
    read: (name: string, type: string, month: Day) => values.get(JSON.stringify([name, type, month])),
  };
}

function spreadOf(
  own: readonly MetricSeries[],
  by: SpreadBy,
  product: string,
  month: Day,
): Spread | undefined {
  const { isKnown, read } = createReader(own);
  if (!isKnown(month)) return undefined;
  const [before, yearBefore] = [addMonths(month, -1), addMonths(month, -12)];
  const names = [...new Set(own.map(({ name }) => name))];
  // A group without a number in a known month has nobody: the API leaves empty groups out.
  const countIn = (name: string, one: Day) => (isKnown(one) ? (read(name, 'count', one) ?? 0) : undefined);
  const sumIn = (one: Day) =>
    isKnown(one) ? names.reduce((sum, name) => sum + (countIn(name, one) ?? 0), 0) : undefined;
  const groups = names
    .map(
      (name): SpreadGroup => ({
        name,
        count: countIn(name, month) ?? 0,
        percent: read(name, 'percent', month),
        index: read(name, 'index', month),
        before: countIn(name, before),
        yearBefore: countIn(name, yearBefore),
      }),
    )
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return {
    by,
    product,
    groups,
    total: sumIn(month) ?? 0,
    before: sumIn(before),
    yearBefore: sumIn(yearBefore),
  };
}

/** How customers spread in a month, by everything Atlassian tells of it; of sizes one spread per product. */
export function customerSpreads(series: readonly MetricSeries[], month: Day): Spread[] {
  return (Object.entries(METRICS) as [SpreadBy, MetricSeries['metric']][]).flatMap(([by, metric]) => {
    const own = series.filter((one) => one.metric === metric);
    const products = [...new Set(own.map(({ dataset }) => dataset))].toSorted();
    return products.flatMap(
      (product) =>
        spreadOf(
          own.filter(({ dataset }) => dataset === product),
          by,
          product,
          month,
        ) ?? [],
    );
  });
}

/** An index against the average of the Marketplace: one that reads 1.0 is the average. */
export function besideAverage(index: number): 'above' | 'average' | 'below' {
  const tenths = Math.round(index * 10);
  return tenths === 10 ? 'average' : tenths > 10 ? 'above' : 'below';
}

/** A group smaller than this says nothing about an index: one customer more would move it. */
const SMALLEST_GROUP = 20;

/** A group and what it is a group of. */
export interface NamedGroup extends SpreadGroup {
  readonly by: SpreadBy;
  readonly product: string;
}

/** The groups furthest above and below the Marketplace's average, of at least 20 customers; undefined: none is. */
export function furthestGroups(spreads: readonly Spread[]): {
  readonly above: NamedGroup | undefined;
  readonly below: NamedGroup | undefined;
} {
  const named = spreads.flatMap(({ by, groups, product }) =>
    groups.map((group) => ({ ...group, by, product })),
  );
  const judged = named
    .filter(({ count, name }) => count >= SMALLEST_GROUP && name.toLowerCase() !== 'unknown')
    .toSorted((a, b) => (b.index ?? 1) - (a.index ?? 1));
  const is = (side: 'above' | 'below') => (one: NamedGroup) => besideAverage(one.index ?? 1) === side;
  return { above: judged.find(is('above')), below: judged.findLast(is('below')) };
}

/** The size of a site in users, in the groups of the API. */
function sizeOf({ opportunityUsers, tier }: RecordedLicense): string {
  const users = usersOfTier(tier) ?? opportunityUsers;
  if (users === undefined) return 'unknown';
  return users <= 10 ? '1-10' : users <= 100 ? '11-100' : users <= 1000 ? '101-1000' : '1000+';
}

/**
 * How the cloud sites with a licence in use spread, counted from licences: Atlassian tells it for all apps together
 * alone. A site counts once, by its licence that ends last; Atlassian's own and sandboxes are left out.
 */
export function spreadSites(licenses: readonly RecordedLicense[]): Spread[] {
  const sites = new Map<string, RecordedLicense>();
  const active = licenses.filter(
    (one) => one.hosting === 'Cloud' && one.status !== 'inactive' && ownUseOf(one) === undefined,
  );
  const rank = (one: RecordedLicense) => `${one.maintenanceEnd ?? ''} ${one.entitlement}`;
  for (const one of active.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))) {
    sites.set(one.host.cloudId ?? one.entitlement, one);
  }
  const list = [...sites.values()];
  const by: Record<Exclude<SpreadBy, 'activity'>, (one: RecordedLicense) => string> = {
    region: ({ customer }) => (customer.region ?? 'unknown').toLowerCase(),
    edition: ({ parentEdition }) => (parentEdition ?? 'unknown').toLowerCase(),
    tier: sizeOf,
  };
  return (Object.entries(by) as [SpreadBy, (one: RecordedLicense) => string][]).map(([spreadBy, nameOf]) => ({
    by: spreadBy,
    product: '',
    groups: [...Map.groupBy(list, nameOf)]
      .map(([name, { length: count }]) => ({
        name,
        count,
        percent: (100 * count) / list.length,
        index: undefined,
        before: undefined,
        yearBefore: undefined,
      }))
      .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    total: list.length,
    before: undefined,
    yearBefore: undefined,
  }));
}

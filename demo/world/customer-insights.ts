import type { Day } from '../../src/domain/day.ts';
import { APPS } from './apps.ts';
import { type Arrival, shownOn } from './arrivals.ts';
import type { Calendar, Offset } from './calendar.ts';
import { isAtlassian } from './license-rows.ts';
import type { Market } from './market.ts';
import type { RawLicense } from './raw-rows.ts';

/** By what `customer-insights/{resource}` spreads customers. */
export type InsightGroup = 'activeUsers' | 'edition' | 'region' | 'tier';

/** One group of one month: how many customers, their share in percent, and that share over the market's. */
export interface RawInsight {
  readonly value: {
    readonly group: Readonly<Partial<Record<InsightGroup | 'product', string>>>;
    readonly usersDistribution: {
      readonly usersCount: number;
      readonly usersPercent: number;
      readonly usersMarketplaceBenchmark: number;
    };
  };
}

/** One month. */
export interface RawInsightMonth {
  readonly date: Day;
  readonly insightsType: readonly RawInsight[];
}

/** One customer: a site with at least one of the partner's apps. */
interface Site {
  readonly region: string;
  /** Unknown while insights are pending. */
  edition: string | undefined;
  /** The words of the licences' tiers, by the product whose app they are for. */
  readonly tiers: Map<string, string[]>;
}

/** What share of all customers of the Marketplace a group has, in percent. */
const MARKET: Readonly<Record<InsightGroup, Readonly<Record<string, number>>>> = {
  region: { apac: 17, emea: 38, americas: 41, unknown: 4 },
  edition: { free: 24, standard: 45, premium: 24, enterprise: 7 },
  activeUsers: { paid: 76, 'non-paid': 24 },
  tier: { Evaluation: 10, '1-10': 34, '11-100': 32, '101-1000': 18, '1000+': 6 },
};

const PRODUCTS = ['Jira', 'Confluence'] as const;
/** Apps that are free for ever are left out, as from the list of licences. */
const PRODUCT_OF: ReadonlyMap<string, string> = new Map(
  APPS.filter((app) => !app.alwaysFree).map((app) => [app.appKey, app.product]),
);

function sizeOf(words: readonly string[]): string | undefined {
  if (words.some((word) => word.startsWith('Unlimited'))) return '1000+';
  const users = Math.max(...words.map((word) => Number(/\d+/.exec(word)?.[0] ?? 0)));
  if (users > 0) return users <= 10 ? '1-10' : users <= 100 ? '11-100' : users <= 1000 ? '101-1000' : '1000+';
  return words.includes('Evaluation') ? 'Evaluation' : undefined;
}

function isCounted(row: RawLicense): boolean {
  return (
    row.hosting === 'Cloud' &&
    PRODUCT_OF.has(row.addonKey) &&
    row.status !== 'inactive' &&
    row.installedOnSandbox !== 'Yes' &&
    !isAtlassian(row) &&
    (row.cloudComplianceBoundaries ?? ['commercial']).includes('commercial')
  );
}

function sitesOf(rows: readonly RawLicense[]): Site[] {
  const sites = new Map<string, Site>();
  for (const row of rows.filter(isCounted)) {
    const id = row.cloudId ?? '';
    const site = sites.get(id) ?? {
      region: (row.contactDetails.region ?? 'Unknown').toLowerCase(),
      edition: undefined,
      tiers: new Map<string, string[]>(),
    };
    sites.set(id, site);
    const edition = row.parentProductEdition?.toLowerCase() ?? '';
    if (Object.hasOwn(MARKET.edition, edition)) site.edition ??= edition;
    const product = PRODUCT_OF.get(row.addonKey) ?? '';
    site.tiers.set(product, [...(site.tiers.get(product) ?? []), row.tier]);
  }
  return [...sites.values()];
}

function nameOf(site: Site, group: Exclude<InsightGroup, 'tier'>): string | undefined {
  if (group === 'activeUsers' && site.edition !== undefined)
    return site.edition === 'free' ? 'non-paid' : 'paid';
  return group === 'region' ? site.region : group === 'edition' ? site.edition : undefined;
}

/**
 * Spreads customers over groups. A customer is a site with an active Cloud licence on the last day of a month, as the
 * API showed it that day. Who is in no known group is missing, so that shares add up to a little less than 100 %.
 */
export function createCustomerInsights(
  market: Market,
  calendar: Calendar,
  licenses: readonly Arrival<RawLicense>[],
) {
  function spread(
    names: readonly (string | undefined)[],
    group: InsightGroup,
    month: Offset,
    product?: string,
  ): RawInsight[] {
    return Object.entries(MARKET[group]).flatMap(([name, share]) => {
      const usersCount = names.filter((one) => one === name).length;
      if (usersCount === 0) return [];
      const usersPercent = (100 * usersCount) / names.length;
      const usual = share * market.number(`customers/${group}/${name}`, month, 0.92, 1.08);
      return [
        {
          value: {
            group: { ...(product ? { product } : {}), [group]: name },
            usersDistribution: { usersCount, usersPercent, usersMarketplaceBenchmark: usersPercent / usual },
          },
        },
      ];
    });
  }

  function insights(group: InsightGroup, month: Offset): RawInsight[] {
    const sites = sitesOf(shownOn(licenses, calendar.monthStart(month, 1) - 1));
    if (group !== 'tier')
      return spread(
        sites.map((site) => nameOf(site, group)),
        group,
        month,
      );
    return PRODUCTS.flatMap((product) => {
      const words = sites.map(({ tiers }) => tiers.get(product)).filter((own) => own !== undefined);
      return spread(words.map(sizeOf), group, month, product);
    });
  }

  /** Month M appears on the 10th of M+1, newest first. */
  return function customersBy(group: InsightGroup, asOf: Offset): RawInsightMonth[] {
    return market
      .months(asOf, 1, 10)
      .map((month) => ({ date: calendar.day(month), insightsType: insights(group, month) }));
  };
}

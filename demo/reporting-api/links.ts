/** One HAL link. */
export interface Link {
  readonly href: string;
  readonly templated?: boolean;
  readonly type?: string;
  readonly name?: string;
}

/** Where an answer was asked for: the path from `/rest/3` on, and its parameters. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The parameters each resource names in its templated `query` link, in the words of the API's samples. */
const PARAMETERS = {
  licenses:
    'productId*,startDate,endDate,text,tier*,dateType,licenseType*,partnerType*,hosting*,status*,withAttribution,withDataInsights,includeAtlassianLicenses,lastUpdated,sortBy,order,offset,limit',
  transactions:
    'productId*,startDate,endDate,text,tier*,saleType*,partnerType*,hosting*,billingPeriod*,lastUpdated,excludeZeroTransactions,includeManualInvoice,paymentStatus*,sortBy,order,offset,limit',
  details: 'productId*,hosting*,lastUpdated,partnerType*,text,startDate,endDate,sortBy,order,offset,limit',
  feedback: 'type*,anonymous,reason*,productId*,hosting*,appEdition*,startDate,endDate,text,offset,limit',
  aggregate: 'aggregation,startDate,endDate',
  benchmark: 'productId*,startDate,endDate',
  insights: 'startDate,endDate',
  tiers: 'startDate,endDate,product',
  keywords: 'startDate,endDate',
} as const;

/** A resource whose parameters are known. */
export type Resource = keyof typeof PARAMETERS;

/** `self`, with its parameters. */
export function selfLink({ path, query }: Asked): Link {
  return { href: query.size > 0 ? `${path}?${query.toString()}` : path };
}

/** The templated `query` link of a resource. */
export function queryLink({ path }: Asked, resource: Resource): Link {
  return { href: `${path}{?${PARAMETERS[resource]}}`, templated: true };
}

/** The `export` links of a list; live, their prefix lacks `/rest/3`. */
export function exportLinks({ path, query }: Asked): Link[] {
  return [['csv', 'text/csv'] as const, ['json', 'application/json'] as const].map(([accept, type]) => {
    const asked = new URLSearchParams(query);
    asked.set('accept', accept);
    return { href: `${path.replace('/rest/3', '')}/export?${asked.toString()}`, type };
  });
}

/** The link of another page of the same list. */
export function pageLink({ path, query }: Asked, offset: number, limit: number): Link {
  const asked = new URLSearchParams(query);
  asked.set('offset', String(offset));
  asked.set('limit', String(limit));
  return { href: `${path}?${asked.toString()}` };
}

/** The index of the developer space, as documented: some entries are arrays of links. */
export function indexLinks(path: string): Readonly<Record<string, Link | Link[]>> {
  const link = (name: string, rest: string, type = 'application/json'): Link => ({
    href: `${path}/${rest}`,
    templated: true,
    type,
    name,
  });
  /** `evaluationsByCountry` and its like. */
  const groupLinks = (name: string, rest: string, groups: readonly string[]) =>
    Object.fromEntries(
      groups.map((group) => {
        const full = `${name}By${group.slice(0, 1).toUpperCase()}${group.slice(1)}`;
        return [full, link(full, `${rest}/${group}{?${PARAMETERS.aggregate}}`)];
      }),
    );
  return {
    self: { href: `${path}/` },
    appRequestsAndApprovals: link(
      'appRequestsAndApprovals',
      `app-requests-and-approvals{?${PARAMETERS.benchmark}}`,
    ),
    cloudChurn: [link('aggregated', `sales/metrics/churn{?${PARAMETERS.aggregate}}`)],
    cloudConversions: [link('aggregated', `sales/metrics/conversion{?${PARAMETERS.aggregate}}`)],
    cloudRenewals: [link('aggregated', `sales/metrics/renewal{?${PARAMETERS.aggregate}}`)],
    cloudChurnBenchmark: link(
      'cloudChurnBenchmark',
      `sales/metrics/churn/benchmark{?${PARAMETERS.benchmark}}`,
    ),
    cloudEvaluationBenchmark: link(
      'cloudEvaluationBenchmark',
      `benchmark/evaluations{?${PARAMETERS.benchmark}}`,
    ),
    cloudSalesBenchmark: link('cloudSalesBenchmark', `benchmark/sales{?${PARAMETERS.benchmark}}`),
    customerInsightsLinks: [link('activeUsers', `customer-insights/active-users{?${PARAMETERS.insights}}`)],
    ...groupLinks('evaluations', 'evaluations', ['country', 'hosting', 'partner', 'region']),
    ...groupLinks('transactions', 'sales/transactions', [
      'country',
      'hosting',
      'partner',
      'region',
      'tier',
      'type',
    ]),
    feedbackLinks: [link('feedback', `feedback/details{?${PARAMETERS.feedback}}`)],
    feedbackExport: [
      link('feedbackExport', `feedback/details/export?accept=csv{&${PARAMETERS.feedback}}`, 'text/csv'),
    ],
    freeStarterTier: [link('freeStarterTierExport', 'sales/freeStarterTier/export?accept=csv', 'text/csv')],
    licenses: link('licenses', `licenses{?${PARAMETERS.licenses}}`),
    licensesExport: [
      link('licensesExport', `licenses/export?accept=csv{&${PARAMETERS.licenses}}`, 'text/csv'),
    ],
    transactions: link('transactions', `sales/transactions{?${PARAMETERS.transactions}}`),
    transactionsExport: [
      link(
        'transactionsExport',
        `sales/transactions/export?accept=csv{&${PARAMETERS.transactions}}`,
        'text/csv',
      ),
    ],
  };
}

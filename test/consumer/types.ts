/** The types of the package as somebody else's program sees them. It is compiled, never run. */
import {
  type ApiBadRequestError,
  type App,
  type AppSearches,
  type AppSearchKeyword,
  type Campaign,
  type CatalogueEntry,
  type Cents,
  type Contact,
  createReportingClient,
  type Customer,
  type Day,
  type DeveloperSpace,
  type Discount,
  type Endpoint,
  type EntitlementAliases,
  endpoints,
  type EventKind,
  type Feedback,
  type FreeStarterEntitlement,
  type GivenParameters,
  type GrossMerchandiseValue,
  type Host,
  type InstallCount,
  type Instant,
  type License,
  type LicenseEvent,
  type ListedApp,
  type MetricName,
  type MetricSeries,
  type Partner,
  type Pull,
  type PullReport,
  type ReportingClientOptions,
  type ReportingError,
  type ResourceLink,
  type RowOf,
  type Sandbox,
  type SearchKeyword,
  type SeriesPoint,
  type SubscriptionRow,
  type Touchpoint,
  type TransactionLine,
  type ZeroResultKeyword,
} from 'marketplace-pulse/reporting';

type Rows = { readonly [Id in keyof typeof endpoints]: RowOf<(typeof endpoints)[Id]> };

/** What each endpoint answers. */
interface Answers {
  readonly links: ResourceLink;
  readonly 'developer-space': DeveloperSpace;
  readonly apps: ListedApp;
  readonly licenses: License;
  readonly 'licenses-export': License;
  readonly 'licenses-export-sync': License;
  readonly 'free-starter-tier-export': FreeStarterEntitlement;
  readonly transactions: TransactionLine;
  readonly 'transactions-export': TransactionLine;
  readonly 'transactions-export-sync': TransactionLine;
  readonly 'sales-by-country': MetricSeries;
  readonly 'sales-by-hosting': MetricSeries;
  readonly 'sales-by-partner': MetricSeries;
  readonly 'sales-by-region': MetricSeries;
  readonly 'sales-by-tier': MetricSeries;
  readonly 'sales-by-type': MetricSeries;
  readonly 'sales-benchmark': MetricSeries;
  readonly churn: MetricSeries;
  readonly 'churn-details': LicenseEvent;
  readonly 'churn-details-export': LicenseEvent;
  readonly 'churn-benchmark': MetricSeries;
  readonly conversion: MetricSeries;
  readonly 'conversion-details': LicenseEvent;
  readonly 'conversion-details-export': LicenseEvent;
  readonly renewal: MetricSeries;
  readonly 'renewal-details': LicenseEvent;
  readonly 'renewal-details-export': LicenseEvent;
  readonly 'evaluations-by-country': MetricSeries;
  readonly 'evaluations-by-hosting': MetricSeries;
  readonly 'evaluations-by-partner': MetricSeries;
  readonly 'evaluations-by-region': MetricSeries;
  readonly 'evaluation-benchmark': MetricSeries;
  readonly 'marketing-attribution-export': Touchpoint;
  readonly 'feedback-details': Feedback;
  readonly 'feedback-export': Feedback;
  readonly 'feedback-by-reason': MetricSeries;
  readonly 'feedback-by-type': MetricSeries;
  readonly 'app-requests': MetricSeries;
  readonly 'customers-by-activity': MetricSeries;
  readonly 'customers-by-edition': MetricSeries;
  readonly 'customers-by-region': MetricSeries;
  readonly 'customers-by-tier': MetricSeries;
  readonly 'search-keywords': AppSearches;
  readonly 'search-keywords-export': AppSearches;
  readonly 'app-search-keywords': AppSearchKeyword;
  readonly 'app-search-keywords-export': AppSearchKeyword;
  readonly 'search-keywords-by-source': SearchKeyword;
  readonly 'search-keywords-by-source-export': SearchKeyword;
  readonly 'zero-result-keywords': ZeroResultKeyword;
  readonly 'zero-result-keywords-export': ZeroResultKeyword;
  readonly installs: InstallCount;
  readonly 'installs-by-parent-version': InstallCount;
  readonly 'installs-by-parent-major-version': InstallCount;
  readonly 'installs-by-parent-minor-version': InstallCount;
  readonly gmv: GrossMerchandiseValue;
  readonly 'gmv-by-version-type': GrossMerchandiseValue;
  readonly 'gmv-forge-versions': GrossMerchandiseValue;
  readonly 'product-catalog': CatalogueEntry;
}

type IsSame<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

type Differing = {
  [Id in keyof Rows | keyof Answers]: Id extends keyof Rows & keyof Answers
    ? IsSame<Rows[Id], Answers[Id]> extends true
      ? never
      : Id
    : Id;
}[keyof Rows | keyof Answers];

/** Nothing can be assigned to it unless every endpoint answers what is said above. */
export const nothingDiffers: IsSame<Differing, never> = true;

const options: ReportingClientOptions = { email: 'jane@partner.example', token: 'secret' };
const client = createReportingClient(options);

/** Names and closed lists of parameters are checked by the compiler. */
export const accepted: readonly Pull<unknown>[] = [
  client.pull(endpoints.links),
  client.pull(endpoints.churn, { parameters: { aggregation: 'month', productId: ['a', 'b'] } }),
  client.pull(endpoints.transactions, { parameters: { saleType: 'refund', sortBy: 'vendorAmount' } }),
  client.pull(endpoints['search-keywords-by-source-export'], {
    parameters: { source: 'marketplace', accept: 'json' },
  }),
  client.pull(endpoints.installs, { parameters: { granularity: 'WEEK' }, appKeys: ['app'] }),
];

export const refused: readonly unknown[] = [
  // @ts-expect-error -- the index takes no parameters
  client.pull(endpoints.links, { parameters: { startDate: '2026-01-01' } }),
  // @ts-expect-error -- no such period
  client.pull(endpoints.churn, { parameters: { aggregation: 'day' } }),
  // @ts-expect-error -- the API ignores it
  client.pull(endpoints.churn, { parameters: { hosting: 'cloud' } }),
  // @ts-expect-error -- one date only
  client.pull(endpoints.churn, { parameters: { startDate: ['2026-01-01', '2026-02-01'] } }),
  // @ts-expect-error -- it might have been meant to select something
  client.pull(endpoints.churn, { parameters: { productId: undefined } }),
];

/** One's own function over any endpoint. */
export async function countRows<Row>(endpoint: Endpoint<Row>): Promise<number> {
  let count = 0;
  for await (const row of client.pull(endpoint)) count += row === undefined ? 0 : 1;
  return count;
}

export type Filters = GivenParameters<(typeof endpoints.licenses)['parameters']>;
export const filters: Filters = { hosting: ['cloud', 'datacenter'], tier: '25', withDataInsights: 'true' };

export const told = (report: PullReport, error: ReportingError | ApiBadRequestError): string =>
  [report.rows, report.quarantined.map(({ path }) => path), error.code, error.status].join(' ');

/** The words that rows are made of. */
export type Words =
  | App
  | Campaign
  | Cents
  | Contact
  | Customer
  | Day
  | Discount
  | EntitlementAliases
  | EventKind
  | Host
  | Instant
  | MetricName
  | Partner
  | Sandbox
  | SeriesPoint
  | SubscriptionRow;

/** The Reporting API client as a package of its own: `marketplace-pulse/reporting`. */
export type { App, ListedApp } from '../domain/app.ts';
export type { AppSearchKeyword } from '../domain/app-search-keyword.ts';
export type { AppSearches } from '../domain/app-searches.ts';
export type { CatalogueEntry } from '../domain/catalogue-entry.ts';
export type { Contact } from '../domain/contact.ts';
export type { Day, Instant } from '../domain/day.ts';
export type { DeveloperSpace } from '../domain/developer-space.ts';
export type { Customer, EntitlementAliases, Host, Partner, SubscriptionRow } from '../domain/entitlement.ts';
export { ConfigurationError } from '../domain/errors.ts';
export type { Feedback } from '../domain/feedback.ts';
export type { FreeStarterEntitlement } from '../domain/free-starter-entitlement.ts';
export type { GrossMerchandiseValue } from '../domain/gross-merchandise-value.ts';
export type { InstallCount } from '../domain/install-count.ts';
export type { License, Sandbox } from '../domain/license.ts';
export type { EventKind, LicenseEvent } from '../domain/license-event.ts';
export type { MetricName, MetricSeries, SeriesKey, SeriesPoint } from '../domain/metric-series.ts';
export type { Cents } from '../domain/money.ts';
export type { ResourceLink } from '../domain/resource-link.ts';
export type { SearchKeyword } from '../domain/search-keyword.ts';
export type { Campaign, Touchpoint } from '../domain/touchpoint.ts';
export type { Discount, TransactionLine } from '../domain/transaction-line.ts';
export type { ZeroResultKeyword } from '../domain/zero-result-keyword.ts';
export {
  createReportingClient,
  type Deadlines,
  type Pull,
  type PullOptions,
  type PullReport,
  type ReportingClient,
  type ReportingClientOptions,
} from './client.ts';
export type {
  Endpoint,
  GivenParameters,
  NoParameters,
  Parameter,
  ParameterList,
  ParameterValues,
  RowOf,
  Selection,
  Source,
} from './endpoint.ts';
export { endpoints, TOPICS } from './endpoints/index.ts';
export {
  ApiBadRequestError,
  ApiForbiddenError,
  ApiLimitedError,
  ApiNotFoundError,
  ApiNotJsonError,
  ApiPagingError,
  ApiParameterError,
  ApiRedirectedError,
  ApiTooLargeError,
  ApiTruncatedError,
  ApiUnauthorizedError,
  ApiUnavailableError,
  ApiUnexpectedShapeError,
  ClientClosedError,
  ExportFailedError,
  ExportTimedOutError,
  FileRefusedError,
  ReportingError,
  type ReportingErrorDetails,
} from './errors.ts';
export type { Intake, Quarantined } from './intake.ts';
export type { TakeBytes } from './pull.ts';
export type { Outcome } from './retry.ts';
export type { RetryNotice } from './transport.ts';

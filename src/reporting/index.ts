/** The Reporting API client as a package of its own: `marketplace-pulse/reporting`. */
export {
  createReportingClient,
  type Deadlines,
  type Pull,
  type PullOptions,
  type PullReport,
  type ReportingClient,
  type ReportingClientOptions,
} from './client.ts';
export type { Endpoint, Parameter, ParameterList, Selection, Source } from './endpoint.ts';
export { endpoints } from './endpoints/index.ts';
export {
  ApiBadRequestError,
  ApiForbiddenError,
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
} from './errors.ts';
export type { Intake, Quarantined } from './intake.ts';
export type { Outcome } from './retry.ts';
export type { RetryNotice } from './transport.ts';

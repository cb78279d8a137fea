import { PulseError } from '../domain/errors.ts';
import type { Outcome } from './retry.ts';

/** What a reporting error knows besides its message. */
export interface ReportingErrorDetails {
  /** The HTTP status of the answer, when there was one. */
  readonly status?: number;
  /** What the try was, for `decideRetry`; absent where another try of the same request cannot help. */
  readonly outcome?: Outcome;
  readonly cause?: unknown;
}

/**
 * Anything that went wrong between the Marketplace Reporting API and us. Messages hold at most 120 characters of an
 * answer, without mail addresses and credentials.
 */
export class ReportingError extends PulseError {
  readonly status: number | undefined;
  readonly outcome: Outcome | undefined;

  constructor(code: string, message: string, details: ReportingErrorDetails = {}) {
    super(code, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.status = details.status;
    this.outcome = details.outcome;
  }
}

/** 401: e-mail or token is wrong, or the token has expired. */
export class ApiUnauthorizedError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_UNAUTHORIZED', message, details);
  }
}

/** 403: the account lacks "View sales reports" or "View all other reports". */
export class ApiForbiddenError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_FORBIDDEN', message, details);
  }
}

/** 404 or 410: no such developer space, or no such resource. */
export class ApiNotFoundError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_NOT_FOUND', message, details);
  }
}

/** 400 and every other refusal of the request itself. */
export class ApiBadRequestError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_BAD_REQUEST', message, details);
  }
}

/** 429 after the tries that `decideRetry` allows, or with a wait of more than an hour. */
export class ApiLimitedError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_LIMITED', message, details);
  }
}

/** 5xx, no connection or no complete answer in time, after the tries that `decideRetry` allows. */
export class ApiUnavailableError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_UNAVAILABLE', message, details);
  }
}

/** An answer that is not JSON (in a linked file: not CSV): a gateway's HTML page, for example. */
export class ApiNotJsonError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_NOT_JSON', message, details);
  }
}

/** An answer beyond the size limits, on the wire, inflated or in one row. */
export class ApiTooLargeError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_TOO_LARGE', message, details);
  }
}

/** An answer that ended before it was complete. Rows read from it so far must not be kept. */
export class ApiTruncatedError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_TRUNCATED', message, details);
  }
}

/** A redirect: it is never followed, because the credential belongs to the configured origin alone. */
export class ApiRedirectedError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_REDIRECTED', message, details);
  }
}

/** JSON, but not the document this resource is known to give. */
export class ApiUnexpectedShapeError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_UNEXPECTED_SHAPE', message, details);
  }
}

/** A paged list that repeats itself, never ends or moved too much while it was read. */
export class ApiPagingError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_PAGING', message, details);
  }
}

/** A parameter that the endpoint does not know, or a value it does not take. Nothing was sent. */
export class ApiParameterError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_PARAMETER', message, details);
  }
}

/** A linked file whose server refused it: its link expired, for example, or leads where no link may lead. */
export class FileRefusedError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('FILE_REFUSED', message, details);
  }
}

/** Atlassian reports the export as FAILED. */
export class ExportFailedError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('EXPORT_FAILED', message, details);
  }
}

/** The export was not ready before the deadline. Its id stays good for `resumeExportId`. */
export class ExportTimedOutError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('EXPORT_TIMED_OUT', message, details);
  }
}

/** The client was closed while, or before, it was asked. */
export class ClientClosedError extends ReportingError {
  constructor(message: string, details?: ReportingErrorDetails) {
    super('API_CLIENT_CLOSED', message, details);
  }
}

import type { Renewal } from '../domain/secret.ts';
import {
  ApiBadRequestError,
  ApiForbiddenError,
  ApiLimitedError,
  ApiNotFoundError,
  ApiRedirectedError,
  ApiUnauthorizedError,
  ApiUnavailableError,
  type ReportingError,
  type ReportingErrorDetails,
} from './errors.ts';
import type { Outcome } from './retry.ts';

/** An answer that is no success. */
export interface RefusedAnswer {
  readonly status: number;
  /** `GET sales/transactions`: what was asked, without ids. */
  readonly asked: string;
  readonly developerId: string;
  /** The API's own words, redacted, at most 120 characters; empty when it said nothing. */
  readonly excerpt: string;
  readonly retryAfter?: string;
  /** The `Location` of a redirect. */
  readonly location?: string;
  /** What looking for another token brought, after a 401. */
  readonly renewal?: Renewal;
}

const ABOUT_FILE: Record<Renewal, string> = {
  renewed: ' Its file was read again and holds another token.',
  same: ' Its file was read again and holds the same token.',
  empty: ' Its file was read again and is empty.',
  unreadable: ' Its file could not be read again.',
  fixed: '',
};

function originOf(location: string | undefined): string {
  return location && URL.canParse(location) ? ` to ${new URL(location).host}` : '';
}

/** The error class of an HTTP status that is not 2xx, with what to do next. */
export function toStatusError(answer: RefusedAnswer): ReportingError {
  const { status, asked, developerId } = answer;
  const said = answer.excerpt === '' ? '' : ` The API says: "${answer.excerpt}"`;
  const outcome: Outcome =
    answer.renewal === 'renewed'
      ? { kind: 'renewed' }
      : {
          kind: 'status',
          status,
          ...(answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter }),
        };
  const details: ReportingErrorDetails = { status, outcome };
  if (status < 400) {
    return new ApiRedirectedError(
      `${asked} was redirected${originOf(answer.location)} (HTTP ${status}). Redirects are not followed: check MARKETPLACE_API_URL.`,
      details,
    );
  }
  if (status === 401) {
    return new ApiUnauthorizedError(
      `The Marketplace API refused the credentials (HTTP 401). Check MARKETPLACE_EMAIL and MARKETPLACE_API_TOKEN; tokens expire within a year.${ABOUT_FILE[answer.renewal ?? 'fixed']}`,
      details,
    );
  }
  if (status === 403) {
    return new ApiForbiddenError(
      `${asked} is not allowed (HTTP 403). The account needs "View sales reports" and "View all other reports" in developer space ${developerId}.${said}`,
      details,
    );
  }
  if (status === 404 || status === 410) {
    return new ApiNotFoundError(
      `${asked} was not found (HTTP ${status}). Check MARKETPLACE_DEVELOPER_ID (${developerId}).${said}`,
      details,
    );
  }
  if (status === 429) {
    return new ApiLimitedError(
      `The Marketplace API asks us to wait: ${asked} gave HTTP 429.${said}`,
      details,
    );
  }
  if (status >= 500) {
    return new ApiUnavailableError(
      `The Marketplace API is unavailable: ${asked} gave HTTP ${status}.${said}`,
      details,
    );
  }
  return new ApiBadRequestError(`${asked} was refused (HTTP ${status}).${said}`, details);
}

import { ConfigurationError } from '../domain/errors.ts';
import { ApiParameterError } from './errors.ts';

/** Where the credential may go: one origin and the path prefix of the API there. */
export interface ApiOrigin {
  /** `https://api.atlassian.com` */
  readonly origin: string;
  /** `/marketplace`; empty when the base URL has no path. */
  readonly prefix: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const LONGEST_SEGMENT = 200;

/**
 * Reads `MARKETPLACE_API_URL`. Throws a ConfigurationError unless it is https (plain http for loopback only), without
 * user, query or fragment.
 */
export function parseBaseUrl(baseUrl: string): ApiOrigin {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname.toLowerCase()));
  if (!url || !isSafe) {
    throw new ConfigurationError(['MARKETPLACE_API_URL must be an https URL (plain http for loopback only)']);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigurationError(['MARKETPLACE_API_URL must have no user, query or fragment']);
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
}

/** An id as one path segment. Throws an ApiParameterError for what could leave its place: "..", empty, endless. */
export function pathSegment(id: string, what: string): string {
  const isUsable =
    id.trim() !== '' && id.length <= LONGEST_SEGMENT && !/^\.{1,2}$/.test(id) && id.isWellFormed();
  if (!isUsable) throw new ApiParameterError(`The ${what} is no usable id.`);
  return encodeURIComponent(id);
}

/** The URL of a resource of a developer space: built from ids, never taken from an answer. */
export function resourceUrl(
  api: ApiOrigin,
  developerId: string,
  resource: string,
  query: URLSearchParams,
): URL {
  const root = `${api.prefix}/rest/3/reporting/developer-space/${pathSegment(developerId, 'developer space')}/`;
  const url = new URL(`${api.origin}${root}${resource}`);
  if (url.origin !== api.origin || !url.pathname.startsWith(root)) {
    throw new ApiParameterError(`${resource} is no resource of the developer space.`);
  }
  url.search = query.toString();
  return url;
}

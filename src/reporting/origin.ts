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

/** Where most resources are, below `/rest/3/`. */
export const DEVELOPER_SPACE = 'reporting/developer-space/{developerId}';

/** What fills the `{names}` of a path template. */
export type PathNames = Readonly<Record<string, string>>;

const NAMED: Readonly<Record<string, string>> = { developerId: 'developer space', exportId: 'export id' };

/** A template as errors and logs show it: without the part that all resources of a developer space share. */
export function spokenPath(template: string): string {
  return template === DEVELOPER_SPACE ? 'the index' : template.replace(`${DEVELOPER_SPACE}/`, '');
}

/** The URL of a path template below `/rest/3/`: built from ids, never taken from an answer. */
export function resourceUrl(api: ApiOrigin, template: string, names: PathNames, query: URLSearchParams): URL {
  const root = `${api.prefix}/rest/3/`;
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    pathSegment(names[name] ?? '', NAMED[name] ?? name),
  );
  const url = new URL(`${api.origin}${root}${path}`);
  if (url.origin !== api.origin || !url.pathname.startsWith(root)) {
    throw new ApiParameterError(`${template} is no resource of the API.`);
  }
  url.search = query.toString();
  return url;
}

/**
 * A link to a file, as an answer gave it: https and a host name, so that no answer can send us to an address inside our
 * own network. An API on the loopback may link to the loopback. Undefined for anything else.
 */
export function fileUrl(api: ApiOrigin, link: string): URL | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.username || url.password) return undefined;
  const host = url.hostname.toLowerCase();
  if (api.origin.startsWith('http:')) return LOOPBACK.test(host) ? url : undefined;
  const isName = /^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && !host.endsWith('.localhost');
  return url.protocol === 'https:' && isName ? url : undefined;
}

import { ApiTruncatedError, ApiUnavailableError, ClientClosedError, ReportingError } from './errors.ts';
import { plainCause } from './redact.ts';

/** `HTTPParserError`: of a connection that was to end with its answer, and ended before. */
const LOST_MID_BODY = new Set([
  'UND_ERR_SOCKET',
  'ECONNRESET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'HTTPParserError',
]);

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Someone who may fail to answer, and what to check then. */
export interface Answerer {
  readonly name: string;
  readonly check: string;
}

const THE_API: Answerer = {
  name: 'The Marketplace API',
  check: 'Check the network and MARKETPLACE_API_URL.',
};

/** What a failure between us and the server means, told from its code and whether headers had arrived. */
export function toNetworkError(
  error: unknown,
  asked: string,
  hadHeaders: boolean,
  { check, name }: Answerer = THE_API,
): ReportingError {
  if (error instanceof ReportingError) return error;
  const code = codeOf(error);
  const cause = plainCause(error);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return new ClientClosedError('The Reporting API client was closed.', { cause });
  }
  if (hadHeaders && (LOST_MID_BODY.has(code) || code.startsWith('Z_'))) {
    return new ApiTruncatedError(`The answer to ${asked} was cut short (${code}).`, {
      outcome: { kind: 'unreadable' },
      cause,
    });
  }
  return new ApiUnavailableError(`${name} could not be reached or stopped answering (${code}). ${check}`, {
    outcome: { kind: 'network', code },
    cause,
  });
}

import type { Logger } from '@slack/web-api';
import type { Instant } from '../domain/day.ts';

const REQUEST_TIMEOUT_MS = 10_000;

/** What a client of the Web API is made with. */
export interface ClientOptionsDeps {
  readonly slackApiUrl: string;
  readonly logger: Logger;
  /** Hears what time Slack has, with every answer. */
  readonly onSlackTime: (at: Instant) => void;
}

/** Makes the options of a client; each client gets its own, because the SDK writes into them. */
export function createClientOptions({ logger, onSlackTime, slackApiUrl }: ClientOptionsDeps) {
  /** The SDK puts no deadline on answers by response URL. */
  const fetchInTime: typeof fetch = async (url, init) => {
    const answer = await fetch(url, {
      ...init,
      signal: init?.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const slackTime = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(slackTime)) onSlackTime(slackTime);
    return answer;
  };
  return () => ({
    slackApiUrl,
    timeout: REQUEST_TIMEOUT_MS,
    // Given explicitly: Socket Mode otherwise writes a policy of 100 uncapped retries into this very object.
    retryConfig: { retries: 2, factor: 2, maxTimeout: 5000 },
    fetch: fetchInTime as never,
    logger,
  });
}

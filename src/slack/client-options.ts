import type { Logger } from '@slack/bolt';

const REQUEST_TIMEOUT_MS = 10_000;

/** The SDK puts no deadline on answers by response URL. */
const fetchInTime: typeof fetch = (url, init) =>
  fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS) });

/**
 * How the bot's own calls of the Web API are made, posting aside. New ones for each client, with retries given: Socket
 * Mode otherwise writes a policy of 100 uncapped retries into the very object it gets.
 */
export function clientOptions(slackApiUrl: string, logger: Logger) {
  return {
    slackApiUrl,
    timeout: REQUEST_TIMEOUT_MS,
    retryConfig: { retries: 2, factor: 2, maxTimeout: 5000 },
    fetch: fetchInTime as never,
    logger,
  };
}

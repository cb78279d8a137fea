/** Delivering commands, clicks and events to the app's request URL, signed as Slack signs. */
import { createHmac } from 'node:crypto';

/** Something a person or the workspace did, on its way to the app. */
export interface Dispatch {
  readonly kind: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often the very same request or envelope is delivered; 1 is normal. */
  readonly deliveries: number;
  /** How long the app may take to acknowledge; Slack gives 3,000 ms. */
  readonly ackLimitMs: number;
}

/** What became of it. `body` is what the acknowledgement carried. */
export interface Delivery {
  readonly outcome: 'acked' | 'dispatch_failed' | 'operation_timeout';
  readonly detail: string | undefined;
  readonly ms: number;
  readonly body: unknown;
}

/** The headers Slack signs a request with: HMAC-SHA256 of `v0:timestamp:body`. `atSeconds` is Unix time. */
export function signatureHeaders(secret: string, body: string, atSeconds: number): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${atSeconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(atSeconds), 'x-slack-signature': `v0=${digest}` };
}

/** The body and its type, exactly as Slack sends them (Bolt compares the type as a whole string). */
export function requestBody({ kind, payload }: Pick<Dispatch, 'kind' | 'payload'>): {
  readonly type: string;
  readonly body: string;
} {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const form =
    kind === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(
          Object.entries(payload).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        );
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
}

/** Posts to the request URL. Signed with the real time, because Bolt compares it with the real time. */
export async function deliverHttp(url: string, secret: string, dispatch: Dispatch): Promise<Delivery> {
  const { type, body } = requestBody(dispatch);
  const headers = {
    'content-type': type,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    accept: 'application/json,*/*',
    ...signatureHeaders(secret, body, Math.floor(Date.now() / 1000)),
  };
  const attempts = Array.from({ length: dispatch.deliveries }, () =>
    attempt(url, headers, body, dispatch.ackLimitMs),
  );
  const [first] = await Promise.all(attempts);
  return first ?? { outcome: 'dispatch_failed', detail: 'nothing delivered', ms: 0, body: undefined };
}

async function attempt(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  ackLimitMs: number,
): Promise<Delivery> {
  const startedAt = performance.now();
  const took = (): number => performance.now() - startedAt;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(ackLimitMs),
    });
    const text = await response.text();
    if (response.status !== 200) {
      return { outcome: 'dispatch_failed', detail: `HTTP ${response.status}`, ms: took(), body: undefined };
    }
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    return { outcome: 'acked', detail: undefined, ms: took(), body: isJson ? JSON.parse(text) : text };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return {
      outcome: isTimeout ? 'operation_timeout' : 'dispatch_failed',
      detail: isTimeout ? `no acknowledgement in ${ackLimitMs} ms` : 'no connection to the request URL',
      ms: took(),
      body: undefined,
    };
  }
}

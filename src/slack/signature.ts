import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../domain/day.ts';

/** What Slack signs: `x-slack-request-timestamp`, `x-slack-signature` and the body as it came. */
export interface SignedRequest {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
}

const VALID_SECONDS = 300;

/**
 * True when Slack signed the request less than five minutes ago by our clock, or five minutes ahead of it. Bolt checks
 * only the past: it accepts a request signed for next hour, which can be replayed until then.
 */
export function isSignedBySlack(secret: string, request: SignedRequest, now: Instant): boolean {
  const { timestamp = '', signature = '', body } = request;
  if (secret === '' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > VALID_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const [given, wanted] = [Buffer.from(signature), Buffer.from(`v0=${expected}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

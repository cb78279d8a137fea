import type { Instant } from '../../domain/day.ts';
import { type Mrkdwn, mrk } from './escape.ts';
import { age, instant } from './words.ts';

/** Data older than this is said to be old in the message itself. A sync is due every hour; a night may fail. */
const STALE_AFTER_MS = 26 * 3_600_000;

/**
 * The age of the data behind a message: "Data as of Tue 18 Mar 06:10 UTC". `asOf` is the oldest good pull among the
 * data sets used; undefined when one of them was never pulled.
 */
export function dataAge(asOf: Instant | undefined, now: Instant): Mrkdwn {
  if (asOf === undefined) return mrk`*No data yet*: the first sync has not finished`;
  const stamp = `Data as of ${instant(asOf)}`;
  return now - asOf > STALE_AFTER_MS ? mrk`*${stamp}, ${age(asOf, now)} old*` : mrk`${stamp}`;
}

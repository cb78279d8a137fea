import { type Day, daysBetween } from '../domain/day.ts';
import type { Host } from '../domain/entitlement.ts';
import type { RecordedFeedback } from '../domain/recorded.ts';
import { siteKeys } from './kept-apps.ts';

/** Feedback given longer than this before or after leaving is about something else. */
export const NEAR_DAYS = 60;

/** What a customer gave as a reason, and said in its own words. */
export interface GivenReason {
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

function textOf(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

/**
 * Finds what a customer said around a day: feedback of the same entitlement within 60 days of it, or, if there is none,
 * of the same app on the same site (`cloudId`, or host entitlement). Reason and message are each taken from the nearest
 * feedback that has one, the later one among equals.
 */
export function createFeedbackFinder(
  feedback: Iterable<RecordedFeedback>,
): (entitlement: string, appKey: string, host: Host, day: Day) => GivenReason {
  const byKey = new Map<string, RecordedFeedback[]>();
  const add = (key: string, one: RecordedFeedback) => {
    const group = byKey.get(key);
    if (group) group.push(one);
    else byKey.set(key, [one]);
  };
  for (const one of feedback) {
    if (one.entitlement !== '') add(`entitlement ${one.entitlement}`, one);
    for (const site of siteKeys(one.host)) add(`site ${site} ${one.appKey}`, one);
  }
  const near = (keys: readonly string[], day: Day) =>
    [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))]
      .map((one) => ({ one, distance: Math.abs(daysBetween(one.date, day)) }))
      .filter(({ distance }) => distance <= NEAR_DAYS)
      .toSorted((a, b) => a.distance - b.distance || (a.one.date < b.one.date ? 1 : -1))
      .map(({ one }) => one);
  return (entitlement, appKey, host, day) => {
    const own = entitlement === '' ? [] : near([`entitlement ${entitlement}`], day);
    const onSite = siteKeys(host).map((site) => `site ${site} ${appKey}`);
    const found = own.length > 0 ? own : near(onSite, day);
    return {
      reason: found.map((one) => textOf(one.reason)).find((text) => text !== undefined),
      message: found.map((one) => textOf(one.message)).find((text) => text !== undefined),
    };
  };
}

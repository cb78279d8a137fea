import { excludedEntitlements, isPaidLine, type OwnUse, ownUseOf } from '../analytics/counted.ts';
import { buildCoverage, lastStretch, yearlyRate } from '../analytics/coverage.ts';
import { effectiveDays } from '../analytics/effective-days.ts';
import { GRACE_DAYS } from '../analytics/run-rate.ts';
import { currentLicense, profileOf, type SubscriptionProfile } from '../analytics/subscription-profile.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { identifierOf } from '../messages/subscription-words.ts';
import type { RecordedNews } from '../store/recorded-news.ts';

/** Everything known of one entitlement that rules about customers look at. */
export interface SubscriptionRows {
  readonly entitlement: string;
  readonly licenses: readonly RecordedLicense[];
  readonly license: RecordedLicense | undefined;
  readonly paid: readonly RecordedLine[];
  readonly profile: SubscriptionProfile;
  /** Set when it is no business: Atlassian's own, or a sandbox. */
  readonly ownUse: OwnUse | undefined;
  /** What people know it by. */
  readonly id: string;
  /** "Jira Premium". */
  readonly runsOn: string;
}

/** The rows of an entitlement put together; undefined where nothing but an event names it. */
export function subscriptionRows(news: RecordedNews, entitlement: string): SubscriptionRows | undefined {
  const licenses = news.licensesOf(entitlement);
  const lines = news.linesOf(entitlement);
  const excluded = excludedEntitlements(licenses);
  const paid = lines.filter((line) => isPaidLine(line, excluded));
  const profile = profileOf({ licenses, lines });
  const license = currentLicense(licenses);
  const row = license ?? paid.at(-1) ?? lines.at(-1);
  if (!profile || !row) return undefined;
  return {
    entitlement,
    licenses,
    license,
    paid,
    profile,
    ownUse: licenses.map(ownUseOf).find((reason) => reason !== undefined),
    id: identifierOf(row),
    runsOn: [row.parentProduct, row.parentEdition].filter(Boolean).join(' '),
  };
}

/**
 * What a customer pays us a year on a day; 0 when it does not pay any more (renewals are billed up to a week late).
 * `until`: the day its term ends.
 */
export function payingOn(
  paid: readonly RecordedLine[],
  day: Day,
): { readonly yearly: Cents; readonly until: Day | undefined } {
  const stretches = [
    ...buildCoverage(paid, { effectiveFrom: effectiveDays(paid) }).stretches.values(),
  ].flat();
  const last = lastStretch(
    stretches.toSorted((a, b) => (a.start < b.start ? -1 : 1)),
    day,
  );
  if (!last || addDays(last.end, GRACE_DAYS) < day) return { yearly: 0, until: undefined };
  return { yearly: yearlyRate(last.dailyRate), until: last.end };
}

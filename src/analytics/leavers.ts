import type { App } from '../domain/app.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedEvent, RecordedFeedback, RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { groupByEntitlement } from './by-entitlement.ts';
import { excludedEntitlements, isPaidLine, type OwnUse } from './counted.ts';
import { annualisedValue } from './coverage.ts';
import { effectiveDays } from './effective-days.ts';
import { createFeedbackFinder } from './feedback-match.ts';
import { createKeptApps } from './kept-apps.ts';
import { type Plan, planOf } from './last-term.ts';
import { profileOf, type SubscriptionProfile } from './subscription-profile.ts';

/** A customer that left: one churn event, joined to what else is known about the entitlement. */
export interface Leaver extends SubscriptionProfile {
  readonly event: RecordedEvent;
  readonly leftOn: Day;
  readonly plan: Plan | undefined;
  /**
   * Yearly value lost, cents of partner share: the last coverage rate x 365, by the rule of the run-rate, so that the
   * same customer is worth the same there. 0 for those who brought no revenue.
   */
  readonly value: Cents;
  /** Days from the first paid line to leaving; undefined without a paid line. */
  readonly tenureDays: number | undefined;
  /** The sentence chosen when leaving, and the customer's own words. */
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** Our other apps the same site still has a commercial licence of. */
  readonly kept: readonly App[];
  /** Set when the entitlement is no business: Atlassian's own, or a sandbox. */
  readonly ownUse: OwnUse | undefined;
}

/** Everything a join over leavers reads. Rows of other entitlements are allowed and change nothing. */
export interface LeaverSources {
  readonly events: Iterable<RecordedEvent>;
  readonly licenses: readonly RecordedLicense[];
  readonly lines: Iterable<RecordedLine>;
  readonly feedback: readonly RecordedFeedback[];
}

/** Who left, and how many events repeated an entitlement already in the list. */
export interface Leavers {
  /** Most valuable first. */
  readonly list: readonly Leaver[];
  readonly repeated: number;
}

/** The churn events dated `from` to `to`, both included: one per entitlement (the latest), and the number left out. */
function distinctEvents(events: Iterable<RecordedEvent>, from: Day, to: Day) {
  const byKey = new Map<string, RecordedEvent>();
  let repeated = 0;
  for (const event of events) {
    if (event.kind !== 'churn' || event.eventDate < from || event.eventDate > to) continue;
    const key = event.entitlement || `event ${event.transactionId ?? ''} ${event.appKey} ${event.eventDate}`;
    const known = byKey.get(key);
    if (known) repeated += 1;
    if (!known || known.eventDate < event.eventDate) byKey.set(key, event);
  }
  return { events: [...byKey.values()], repeated };
}

/**
 * Who left between two days, both included: churn events joined to licence, paid lines, feedback and the other apps of
 * the site. Several events of one entitlement count once, with the latest date. One pass over each list.
 */
export function findLeavers(sources: LeaverSources, from: Day, to: Day): Leavers {
  const { events, repeated } = distinctEvents(sources.events, from, to);
  const wanted = new Set(events.map((event) => event.entitlement));
  const licenses = groupByEntitlement(sources.licenses, wanted);
  const lines = groupByEntitlement(sources.lines, wanted);
  const excluded = excludedEntitlements(sources.licenses);
  const keptApps = createKeptApps(sources.licenses);
  const feedbackFor = createFeedbackFinder(sources.feedback);

  const list = events.map((event): Leaver => {
    const all = lines.get(event.entitlement) ?? [];
    const profile = profileOf({ licenses: licenses.get(event.entitlement) ?? [], lines: all, event });
    if (!profile) throw new RangeError('an event is a row of its entitlement');
    const paid = all.filter((line) => isPaidLine(line, excluded));
    const firstPaid = firstSale(paid);
    return {
      ...profile,
      event,
      leftOn: event.eventDate,
      plan: planOf(paid, event.monthsValid),
      value: annualisedValue(paid, event.eventDate, { effectiveFrom: effectiveDays(paid) }),
      tenureDays: firstPaid === undefined ? undefined : Math.max(0, daysBetween(firstPaid, event.eventDate)),
      ...feedbackFor(event.entitlement, event.appKey, profile.host, event.eventDate),
      kept: keptApps(profile.host, event),
      ownUse: excluded.get(event.entitlement),
    };
  });
  list.sort(
    (a, b) =>
      b.value - a.value || (a.entitlement < b.entitlement ? -1 : a.entitlement > b.entitlement ? 1 : 0),
  );
  return { list, repeated };
}

/**
 * The day of the first line that brought money: its sale date, or its booking day where that is earlier, because an
 * invoice with terms (Net30) is dated by its due date. Undefined for none.
 */
export function firstSale(paid: readonly RecordedLine[]): Day | undefined {
  let first: Day | undefined;
  for (const { bookedOn, saleDate, vendorAmount } of paid) {
    const day = bookedOn < saleDate ? bookedOn : saleDate;
    if (vendorAmount > 0 && (first === undefined || day < first)) first = day;
  }
  return first;
}

/** What a list of leavers adds up to. */
export interface LeaverTotals {
  readonly count: number;
  readonly value: Cents;
  /** The most valuable one's share of the value, 0 to 1; undefined without value. */
  readonly largestShare: number | undefined;
  /** Those that still have another of our apps. */
  readonly kept: number;
  /** Those that left within 90 days of their first payment. */
  readonly early: number;
  /** Counts and value by the reason given, most value first; `reason` undefined for those who gave none. */
  readonly byReason: readonly {
    readonly reason: string | undefined;
    readonly count: number;
    readonly value: Cents;
  }[];
}

/** Totals of a list of leavers. */
export function totalLeavers(list: readonly Leaver[]): LeaverTotals {
  const value = sumCents(list.map((leaver) => leaver.value));
  const reasons = Map.groupBy(list, ({ reason }) => reason);
  return {
    count: list.length,
    value,
    largestShare: value > 0 ? Math.max(...list.map((leaver) => leaver.value)) / value : undefined,
    kept: list.filter(({ kept }) => kept.length > 0).length,
    early: list.filter(({ tenureDays }) => tenureDays !== undefined && tenureDays <= 90).length,
    byReason: [...reasons]
      .map(([reason, group]) => ({
        reason,
        count: group.length,
        value: sumCents(group.map((one) => one.value)),
      }))
      .toSorted(
        (a, b) => b.value - a.value || b.count - a.count || ((a.reason ?? '') < (b.reason ?? '') ? -1 : 1),
      ),
  };
}

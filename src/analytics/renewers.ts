import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedEvent, RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { groupByEntitlement } from './by-entitlement.ts';
import { excludedEntitlements, isPaidLine } from './counted.ts';
import { buildCoverage, lastStretch, yearlyRate } from './coverage.ts';
import { type Plan, planOf, type Term, termsOf } from './last-term.ts';
import { isRefund } from './net-kind.ts';
import { profileOf, type SubscriptionProfile } from './subscription-profile.ts';

/** A customer that renewed: one renewal event, joined to what else is known about the entitlement. */
export interface Renewer extends SubscriptionProfile {
  readonly event: RecordedEvent;
  readonly renewedOn: Day;
  readonly plan: Plan | undefined;
  /** Net partner share of the renewed term, cents; undefined while its bill is not in the store. */
  readonly value: Cents | undefined;
  /** What the renewed term brings a year, and what the one before it brought; undefined where no bill is known. */
  readonly yearly: Cents | undefined;
  readonly yearlyBefore: Cents | undefined;
  /** Tiers of the term before and of the renewed one. */
  readonly oldTier: string | undefined;
  readonly newTier: string | undefined;
}

/** What renewers are joined from. Rows of other entitlements are allowed and change nothing. */
export interface RenewerSources {
  readonly events: Iterable<RecordedEvent>;
  readonly licenses: readonly RecordedLicense[];
  readonly lines: Iterable<RecordedLine>;
}

/**
 * Renewal events are dated by the day the old term ends. Whether their `maintenanceEnd` is that of the old term (as in
 * the API's sample: event and end both on 2025-03-18) or of the new one is not documented, so it is not used: the
 * renewed term is the first one that ends more than this many days after the event.
 */
const SAME_END_DAYS = 7;

/** A renewed term can begin this long before the event: a bill made ahead of the old term's end. */
const AHEAD_DAYS = 30;

/** The renewed term and the one before it. */
function termsAround(terms: readonly Term[], renewedOn: Day): { readonly next?: Term; readonly last?: Term } {
  const index = terms.findIndex(({ end }) => daysBetween(renewedOn, end) > SAME_END_DAYS);
  const next = terms[index];
  const start = next && startOfTerm(next);
  // A term that began long before the event is the running one, and the renewal's bill is not there yet.
  if (!next || start === undefined || start < addDays(renewedOn, -AHEAD_DAYS)) {
    const last = index === -1 ? terms.at(-1) : next;
    return last ? { last } : {};
  }
  const last = terms[index - 1];
  return last ? { next, last } : { next };
}

function startOfTerm({ lines }: Term): Day | undefined {
  return lines
    .filter((line) => !isRefund(line))
    .map(({ maintenanceStart }) => maintenanceStart)
    .filter((start) => start !== undefined)
    .toSorted()
    .at(0);
}

function toRenewer(
  event: RecordedEvent,
  paid: readonly RecordedLine[],
  profile: SubscriptionProfile,
): Renewer {
  const { next, last } = termsAround(termsOf(paid), event.eventDate);
  const start = next && startOfTerm(next);
  const [stretches = []] = buildCoverage(paid).stretches.values();
  const rateOn = (day: Day): Cents | undefined => {
    const stretch = lastStretch(stretches, day);
    return stretch && yearlyRate(stretch.dailyRate);
  };
  return {
    ...profile,
    event,
    renewedOn: event.eventDate,
    plan: planOf(next?.lines ?? paid, event.monthsValid),
    value: next?.value,
    yearly: start === undefined ? undefined : rateOn(start),
    yearlyBefore: last && rateOn(start === undefined ? event.eventDate : addDays(start, -1)),
    oldTier: last?.tier,
    newTier: next?.tier,
  };
}

/** The latest renewal event of each entitlement between two days, both included; events that name none count each. */
function distinctEvents(events: Iterable<RecordedEvent>, from: Day, to: Day): RecordedEvent[] {
  const byKey = new Map<string, RecordedEvent>();
  for (const event of events) {
    if (event.kind !== 'renewal' || event.eventDate < from || event.eventDate > to) continue;
    const key = event.entitlement || `event ${byKey.size}`;
    const known = byKey.get(key);
    if (!known || known.eventDate < event.eventDate) byKey.set(key, event);
  }
  return [...byKey.values()];
}

/**
 * Who renewed between two days, both included: renewal events joined to licence and paid lines, the largest term first
 * and those whose bill is not known yet last. Several events of one entitlement count once, with the latest date.
 */
export function findRenewers(sources: RenewerSources, from: Day, to: Day): Renewer[] {
  const events = distinctEvents(sources.events, from, to);
  const wanted = new Set(events.map(({ entitlement }) => entitlement));
  const licenses = groupByEntitlement(sources.licenses, wanted);
  const lines = groupByEntitlement(sources.lines, wanted);
  const excluded = excludedEntitlements(sources.licenses);
  return events
    .flatMap((event): Renewer[] => {
      const paid = (lines.get(event.entitlement) ?? []).filter((line) => isPaidLine(line, excluded));
      const profile = profileOf({ licenses: licenses.get(event.entitlement) ?? [], lines: paid, event });
      return profile ? [toRenewer(event, paid, profile)] : [];
    })
    .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.entitlement < b.entitlement ? -1 : 1));
}

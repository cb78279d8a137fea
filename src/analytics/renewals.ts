import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedEvent, RecordedFeedback, RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { groupByEntitlement } from './by-entitlement.ts';
import { excludedEntitlements, isCountedLicense, isPaidLine } from './counted.ts';
import { type Plan, type Term, termsOf, tierFell } from './last-term.ts';
import { currentLicense, profileOf, type SubscriptionProfile } from './subscription-profile.ts';

/** Why a renewal wants a human: see `renewalsDue`. */
export type RenewalConcern = 'cancelled' | 'feedback' | 'tier fell' | 'uncollectible' | 'open' | 'partner';

/** A renewal that is due, or late. */
export interface Renewal extends SubscriptionProfile {
  /** `maintenanceEnd` of the licence. */
  readonly due: Day;
  /** Days until then; negative when it is past. */
  readonly days: number;
  readonly plan: Plan | undefined;
  /** Net partner share of the last term, cents. */
  readonly value: Cents;
  readonly concerns: readonly RenewalConcern[];
}

/** What renewals are read from. Rows of other entitlements are allowed and change nothing. */
export interface RenewalSources {
  readonly licenses: readonly RecordedLicense[];
  readonly lines: Iterable<RecordedLine>;
  readonly feedback?: Iterable<RecordedFeedback>;
  readonly events?: Iterable<RecordedEvent>;
}

/** A later bill may be dated a few days off the licence; nearer than this it is the same term. */
const SAME_END_DAYS = 7;

/** How many days a renewal is called late before it is taken for lost. */
export const LATE_DAYS = 30;

/** Feedback this old or younger belongs to the running term. */
const TERM_DAYS = 365;

/** A licence whose term ends in the time asked for, with the terms its entitlement paid. */
interface Ending {
  readonly license: RecordedLicense;
  readonly profile: SubscriptionProfile;
  readonly terms: readonly Term[];
  readonly last: Term;
  readonly due: Day;
}

/** The current counted licence of each entitlement with revenue whose term ends between two days, both included. */
function endingBetween(sources: RenewalSources, from: Day, to: Day): Ending[] {
  const licenses = new Map<string, RecordedLicense>();
  for (const [entitlement, group] of groupByEntitlement(sources.licenses)) {
    const license = currentLicense(group);
    const end = license?.maintenanceEnd;
    if (license && end !== undefined && end >= from && end <= to && isCountedLicense(license)) {
      licenses.set(entitlement, license);
    }
  }
  const excluded = excludedEntitlements(sources.licenses);
  const lines = groupByEntitlement(sources.lines, licenses);
  return [...licenses].flatMap(([entitlement, license]) => {
    const paid = (lines.get(entitlement) ?? []).filter((line) => isPaidLine(line, excluded));
    const terms = termsOf(paid);
    const profile = profileOf({ licenses: [license], lines: paid });
    const { maintenanceEnd: due } = license;
    const last = terms.at(-1);
    return profile && due && last ? [{ license, profile, terms, last, due }] : [];
  });
}

function concernsOf({ license, terms, last }: Ending, hasFeedback: boolean): RenewalConcern[] {
  const has = (status: string) => last.lines.some((line) => line.paymentStatus === status);
  const found: [boolean, RenewalConcern][] = [
    [license.status === 'cancelled', 'cancelled'],
    [hasFeedback, 'feedback'],
    [tierFell(terms), 'tier fell'],
    [has('Uncollectible'), 'uncollectible'],
    [has('Open'), 'open'],
    [license.partner !== undefined || last.lines.some(({ partner }) => partner !== undefined), 'partner'],
  ];
  return found.filter(([holds]) => holds).map(([, concern]) => concern);
}

/** Turns endings into renewals, most valuable first. */
function toRenewals(endings: readonly Ending[], feedback: Iterable<RecordedFeedback>, today: Day): Renewal[] {
  const given = groupByEntitlement(feedback);
  const since = addDays(today, -TERM_DAYS);
  return endings
    .map((ending): Renewal => {
      const { license, profile, last, due } = ending;
      const spoke =
        given.get(license.entitlement)?.some(({ date }) => date >= since && date <= today) ?? false;
      return {
        ...profile,
        due,
        days: daysBetween(today, due),
        plan: last.plan,
        value: last.value,
        concerns: concernsOf(ending, spoke),
      };
    })
    .toSorted((a, b) => b.value - a.value || (a.entitlement < b.entitlement ? -1 : 1));
}

/**
 * Renewals due from `today` to `days` days later: licences that are active or cancelled, counted and with revenue, whose
 * term ends in that time and was not billed again yet. Annual plans only unless `plans` says otherwise (monthly ones are
 * always due). Ranked by the net value of the last term. Concerns: cancelled already, feedback within the last 365 days,
 * fewer users at the last renewal, the last term uncollectible or open, sold by a partner.
 */
export function renewalsDue(
  sources: RenewalSources,
  today: Day,
  days: number,
  plans: readonly Plan[] = ['Annual'],
): Renewal[] {
  const due = endingBetween(sources, today, addDays(today, days)).filter(
    ({ license, last, due }) =>
      license.status !== 'inactive' &&
      last.plan !== undefined &&
      plans.includes(last.plan) &&
      !isBilledAgain(last, due),
  );
  return toRenewals(due, sources.feedback ?? [], today);
}

/** Whether the entitlement's newest term reaches beyond the licence's end: the renewal is there already. */
function isBilledAgain(last: Term, due: Day): boolean {
  return daysBetween(due, last.end) > SAME_END_DAYS;
}

/**
 * Late renewals: active paid licences whose term ended within the 30 days before `today`, without a later term, a churn
 * event since, or a cancellation. What Atlassian will report as churn unless somebody pays. Monthly and annual plans;
 * ranked by the net value of the last term.
 */
export function lateRenewals(sources: RenewalSources, today: Day): Renewal[] {
  const churned = groupByEntitlement(
    Iterator.from(sources.events ?? []).filter(({ kind }) => kind === 'churn'),
  );
  const late = endingBetween(sources, addDays(today, -LATE_DAYS), addDays(today, -1)).filter(
    ({ license, last, due }) => {
      if (license.status !== 'active' || isBilledAgain(last, due) || last.end > today) return false;
      const from = addDays(due, -LATE_DAYS);
      return !churned.get(license.entitlement)?.some(({ eventDate }) => eventDate >= from);
    },
  );
  return toRenewals(late, sources.feedback ?? [], today);
}

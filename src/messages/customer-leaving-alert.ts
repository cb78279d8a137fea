import type { SubscriptionProfile } from '../analytics/subscription-profile.ts';
import { PERCENTILES, type Threshold } from '../analytics/thresholds.ts';
import { type Day, dayOf, daysBetween, type Instant } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import { listed, plainName, thresholdSource, type ToldAlert, toldAlert } from './alert-words.ts';
import { clean, customer, type Mrkdwn, mrk, quote, unaddressed } from './kit/escape.ts';
import { date, dollars, duration, instant } from './kit/words.ts';
import { tierWords } from './kit/tier-words.ts';
import { partnerName } from './movement-parts.ts';

/** A customer that leaves, or was about to. */
export interface LeavingCustomer {
  readonly profile: SubscriptionProfile;
  /** `left`: not renewed; `cancelled`: has paid until a later day; `stays`: took it back. */
  readonly state: 'left' | 'cancelled' | 'stays';
  /** The day it left, or until which it is paid. */
  readonly on: Day;
  /** What it pays us a year, or paid. */
  readonly value: Cents;
  readonly plan: string | undefined;
  readonly tenureDays: number | undefined;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** What it was given back for it, cents. */
  readonly refunds: readonly { readonly day: Day; readonly amount: Cents }[];
  /** Names of our other apps that the site keeps. */
  readonly kept: readonly string[];
  readonly runsOn: string;
  /** What people know it by. */
  readonly id: string;
  /** Feedback that still comes is added to the message. */
  readonly awaitsFeedback: boolean;
  readonly firstSeenAt: Instant;
  readonly threshold: Threshold;
  readonly now: Instant;
}

function nextStep({ now, on, message: words, reason, state }: LeavingCustomer): Mrkdwn | undefined {
  if (state === 'stays') return undefined;
  if (state === 'cancelled' && on > dayOf(now))
    return mrk`Call while it is paid: it can still renew until ${date(on)}.`;
  return words === undefined && reason === undefined
    ? mrk`Ask why: it has not said so.`
    : mrk`Ask what would bring it back.`;
}

const NAMES: Record<LeavingCustomer['state'], string> = {
  left: 'Customer left',
  cancelled: 'Customer cancelled',
  stays: 'Customer stays after all',
};

function what({ now, on, state }: LeavingCustomer): Mrkdwn {
  const days = daysBetween(dayOf(now), on);
  if (state === 'left') return mrk`left on ${date(on)}`;
  if (state === 'stays') return mrk`had cancelled and *stays after all*`;
  if (days <= 0) return mrk`cancelled; what it paid for ended on ${date(on)}`;
  return mrk`cancelled and is paid until ${date(on)} (in ${duration(days)})`;
}

function refundWords({ refunds }: LeavingCustomer): string {
  return refunds.map(({ amount, day }) => `${dollars(amount)} on ${date(day)}`).join(', ');
}

function headline(leaving: LeavingCustomer): Mrkdwn {
  const { profile, reason, state, tenureDays, value } = leaving;
  const amount = `${state === 'stays' ? '' : '-'}${dollars(value)} a year`;
  const tenure = tenureDays === undefined ? '' : `, after ${duration(tenureDays)} with us`;
  const why = reason === undefined ? mrk`` : mrk`. Reason: _${clean(reason, 120)}_`;
  return mrk`*${customer(profile.who)}* ${what(leaving)}: *${amount}* our share${tenure}${why}`;
}

/** The alert for a customer that leaves and is worth a call. */
export function customerLeavingAlert(leaving: LeavingCustomer): ToldAlert {
  const { awaitsFeedback, firstSeenAt, id, kept, message, now, plan, profile, state, threshold } = leaving;
  const name = plainName(profile.who);
  const source = thresholdSource(threshold, PERCENTILES['customer-leaving'], 'customer');
  const amount = `${state === 'stays' ? '' : '-'}${dollars(leaving.value)} a year`;
  return toldAlert({
    title: `${name}: ${NAMES[state].toLowerCase().replace('customer ', '')}, ${amount}`,
    header: `${NAMES[state]}, ${amount}, ${name}`,
    sentence: headline(leaving),
    next: nextStep(leaving),
    fields: [
      { name: 'What', value: NAMES[state], isHidden: true },
      { name: 'A year, our share', value: dollars(leaving.value), isHidden: true },
      { name: 'Last day', value: date(leaving.on), isHidden: true },
      { name: 'Reason', value: leaving.reason, isHidden: true },
      { name: 'Words', value: message && unaddressed(message), isHidden: true },
      { name: 'App', value: listed(profile.appName, profile.edition) },
      { name: 'Tier', value: tierWords(profile.tier) },
      { name: 'Plan', value: plan },
      { name: 'Got back', value: refundWords(leaving) },
      { name: 'Keeps', value: kept.length > 0 ? kept.join(', ') : 'none of our apps' },
      { name: 'Country', value: profile.customer.country },
      { name: 'Site', value: profile.host.siteHostname },
      { name: 'Sold by', value: partnerName({ ...(profile.partner && { partner: profile.partner }) }) },
      { name: 'Runs on', value: leaving.runsOn },
      { name: 'Entitlement', value: id },
    ],
    quote: message === undefined ? undefined : mrk`“${quote(message)}”`,
    why: mrk`Rule: a customer of ${dollars(threshold.amount)} a year or more that cancels or leaves (${source})`,
    notes: [
      mrk`First seen ${instant(firstSeenAt)}`,
      ...(firstSeenAt === now ? [] : [mrk`as of ${instant(now)}`]),
      ...(awaitsFeedback ? [mrk`no feedback yet: what comes within 14 days is added here`] : []),
    ],
    shows: { label: 'Show Customer', asks: `lookup ${id}` },
  });
}

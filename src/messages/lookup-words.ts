import type { Standing, Subscription } from '../analytics/subscription.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { date, dollars, duration } from './kit/words.ts';

/** A value in a card is read at a glance; the longest real ones, five tiers in a row, have about 75 characters. */
export function short(text: string): Mrkdwn {
  return escape(text, 80);
}

/** How a standing is called. */
export const STANDING: Record<Standing, string> = {
  paying: 'Paying customer',
  evaluating: 'Evaluating',
  cancelled: 'Cancelled, still paid for',
  ended: 'No longer active',
  free: 'Free or not billed',
};

/** The row that says most about a subscription: its licence, else its newest line. */
export function ownerOf({ license, lines }: Subscription): RecordedLicense | RecordedLine | undefined {
  return license ?? lines[0];
}

/** When it renews or ended, and how far that is away; empty when nobody knows. */
export function renewal({ license, standing }: Subscription, today: Day): string {
  const end = license?.maintenanceEnd;
  if (!end) return '';
  const days = daysBetween(today, end);
  const away = days === 0 ? 'today' : days > 0 ? `in ${duration(days)}` : `${duration(-days)} ago`;
  const verb = {
    paying: 'renews',
    evaluating: 'evaluation ends',
    cancelled: 'paid until',
    ended: 'ended',
    free: 'ends',
  };
  return `${verb[standing]} ${date(end)} (${away})`;
}

/** Where a subscription stands, in one sentence. */
export function statusSentence(subscription: Subscription, today: Day): Mrkdwn {
  const { license, lastPaid, payingSince, standing } = subscription;
  const owner = ownerOf(subscription);
  const tier = standing === 'evaluating' ? undefined : (license?.tier ?? lastPaid?.tier);
  const plan = [license?.edition, tier, lastPaid?.billingPeriod?.toLowerCase()];
  const paidFrom =
    payingSince &&
    (standing === 'paying' ? ` since ${date(payingSince)}` : ` (first paid ${date(payingSince)})`);
  const status = lastPaid?.paymentStatus?.toLowerCase();
  const payment = status ? mrk`, ${short(status)}` : mrk``;
  const parts = [
    mrk`*${STANDING[standing]}*${paidFrom ?? ''}`,
    join([mrk`*${short(owner?.name ?? 'Unknown app')}*`, ...plan.map((part) => short(part ?? ''))], ', '),
    mrk`${renewal(subscription, today)}`,
    lastPaid
      ? mrk`last bill ${dollars(lastPaid.vendorAmount)} (our share) ${lastPaid.saleDate > today ? 'due' : 'on'} ${date(lastPaid.saleDate)}${payment}`
      : mrk`no paid transaction yet`,
  ];
  return mrk`${join(parts, '; ')}.`;
}

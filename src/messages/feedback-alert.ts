import type { SubscriptionProfile } from '../analytics/subscription-profile.ts';
import type { Threshold } from '../analytics/thresholds.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import { listed, plainName, type ToldAlert, toldAlert } from './alert-words.ts';
import { customer, join, mrk, quote, unaddressed } from './kit/escape.ts';
import { tierWords } from './kit/tier-words.ts';
import { date, dollars, duration, instant } from './kit/words.ts';

/** What a paying customer wrote. */
export interface PayingFeedback {
  readonly profile: SubscriptionProfile;
  /** `disable`, `uninstall`, `unsubscribe`: an open list. */
  readonly type: string;
  readonly date: Day;
  readonly reason: string | undefined;
  readonly messages: readonly string[];
  /** What it pays us a year. */
  readonly value: Cents;
  readonly paidUntil: Day | undefined;
  readonly tenureDays: number | undefined;
  readonly runsOn: string;
  readonly id: string;
  readonly threshold: Threshold;
  readonly now: Instant;
}

/** What the customer did when it wrote. */
const DID: Readonly<Record<string, string>> = {
  disable: 'disabled the app',
  uninstall: 'uninstalled the app',
  unsubscribe: 'unsubscribed',
};

/** The alert for what a paying customer wrote: its own words, and what it is worth. */
export function feedbackAlert(feedback: PayingFeedback): ToldAlert {
  const { id, messages, now, profile, reason, tenureDays, threshold, type, value } = feedback;
  const name = plainName(profile.who);
  const did = DID[type.toLowerCase()] ?? `gave feedback (${type})`;
  const why = reason === undefined ? mrk`` : mrk`. Reason: _${reason}_`;
  const from = threshold.amount > 0 ? ` that pays ${dollars(threshold.amount)} a year or more` : '';
  return toldAlert({
    title: `${name}: feedback, pays ${dollars(value)} a year`,
    header: `Feedback, ${dollars(value)} a year, ${name}`,
    sentence: mrk`*${customer(profile.who)}*, which pays us *${dollars(value)} a year*, ${did} and left a message${why}`,
    next: mrk`Answer it: it still pays${feedback.paidUntil ? ` until ${date(feedback.paidUntil)}` : ''}.`,
    fields: [
      { name: 'Words', value: unaddressed(messages.join(' / ')), isHidden: true },
      { name: 'Reason', value: reason, isHidden: true },
      { name: 'App', value: listed(profile.appName, profile.edition) },
      { name: 'Tier', value: tierWords(profile.tier) },
      { name: 'With us', value: tenureDays === undefined ? undefined : duration(tenureDays) },
      { name: 'Paid until', value: feedback.paidUntil && date(feedback.paidUntil) },
      { name: 'Written', value: date(feedback.date) },
      { name: 'Country', value: profile.customer.country },
      { name: 'Runs on', value: feedback.runsOn },
      { name: 'Entitlement', value: id },
    ],
    quote: join(
      messages.map((words) => mrk`“${quote(words)}”`),
      '\n',
    ),
    why: mrk`Rule: a message of a paying customer${from}`,
    notes: [mrk`Data as of ${instant(now)}`],
    shows: { label: 'Show Customer', asks: `lookup ${id}` },
  });
}

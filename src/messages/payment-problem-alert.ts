import type { SubscriptionProfile } from '../analytics/subscription-profile.ts';
import { PERCENTILES, type Threshold } from '../analytics/thresholds.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { listed, plainName, thresholdSource, type ToldAlert, toldAlert } from './alert-words.ts';
import { customer, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, date, dollars, exactDollars, instant } from './kit/words.ts';
import { partnerName } from './movement-parts.ts';
import { identifierOf } from './subscription-words.ts';

/** A bill that cannot be collected. */
export interface PaymentProblem {
  readonly profile: SubscriptionProfile | undefined;
  /** The largest line of the bill. */
  readonly main: RecordedLine;
  /** Our share of all its lines. */
  readonly amount: Cents;
  readonly price: Cents;
  /** `collecting`: tried in vain so far; `given up`: uncollectible; `paid`: after all; `over`: refunded or corrected. */
  readonly state: 'collecting' | 'given up' | 'paid' | 'over';
  readonly attempts: number;
  readonly threshold: Threshold;
  readonly now: Instant;
}

function headline({ amount, attempts, profile, state }: PaymentProblem): Mrkdwn {
  const who = customer(profile?.who);
  const bill = mrk`the bill of *${dollars(amount)}* (our share)`;
  switch (state) {
    case 'given up': {
      const tries = attempts > 0 ? ` after ${count(attempts, 'attempt')} to collect it` : '';
      return mrk`*${who}*: ${bill} is *uncollectible*${tries}`;
    }
    case 'collecting':
      return mrk`*${who}*: ${bill} could not be collected *${count(attempts, 'time')}* so far`;
    case 'paid':
      return mrk`*${who}*: ${bill} is *paid* after all`;
    case 'over':
      return mrk`*${who}*: ${bill} is settled another way`;
  }
}

function nextStep({ main, state }: PaymentProblem): Mrkdwn | undefined {
  const payer = main.partner ? mrk`${customer(main.partner.name)}` : mrk`the customer`;
  if (state === 'collecting')
    return mrk`Ask ${payer} to look at the payment: Atlassian gives up a bill that stays open.`;
  return state === 'given up'
    ? mrk`Ask ${payer} what happened: Atlassian does not try to collect it any more.`
    : undefined;
}

const NAMES: Record<PaymentProblem['state'], string> = {
  'given up': 'Uncollectible',
  collecting: 'Payment failing',
  paid: 'Paid after all',
  over: 'Payment settled',
};

/** The alert for a bill that Atlassian cannot collect. */
export function paymentProblemAlert(problem: PaymentProblem): ToldAlert {
  const { amount, attempts, main, now, price, profile, state, threshold } = problem;
  const name = plainName(profile?.who);
  const isDue = main.saleDate > dayOf(now);
  const source = thresholdSource(threshold, PERCENTILES['payment-problem'], 'net sale');
  return toldAlert({
    title: `${name}: ${NAMES[state].toLowerCase()}, ${dollars(amount)}`,
    header: `${NAMES[state]}, ${dollars(amount)}, ${name}`,
    sentence: headline(problem),
    next: nextStep(problem),
    fields: [
      { name: 'Amount, our share', value: exactDollars(amount), isHidden: true },
      { name: 'App', value: listed(main.name, main.edition) },
      { name: 'Payment', value: listed(main.paymentStatus, main.paymentTerms) },
      { name: 'Attempts to collect', value: attempts > 0 ? String(attempts) : undefined },
      { name: 'Sale or due date', label: isDue ? 'Due' : 'Sale date', value: date(main.saleDate) },
      { name: 'Customer owes', value: exactDollars(price) },
      { name: 'Term ends', value: main.maintenanceEnd && date(main.maintenanceEnd) },
      { name: 'Sold by', value: partnerName(main) },
      { name: 'Runs on', value: [main.parentProduct, main.parentEdition].filter(Boolean).join(' ') },
      { name: 'Transaction', value: main.transactionId },
      { name: 'Entitlement', value: identifierOf(main) },
    ],
    why: mrk`Rule: a bill of ${dollars(threshold.amount)} or more that is uncollectible, or failed twice (${source})`,
    notes: [mrk`Data as of ${instant(now)}`],
    shows: { label: 'Show Customer', asks: `lookup ${identifierOf(main)}` },
  });
}

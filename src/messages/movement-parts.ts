import type { NetKind } from '../analytics/net-kind.ts';
import type { NetMovement } from '../analytics/netting.ts';
import { PERCENTILES, type OwnRule, type Threshold } from '../analytics/thresholds.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { type AlertField, fromTo, listed, thresholdSource } from './alert-words.ts';
import { type Mrkdwn, mrk } from './kit/escape.ts';
import { tierWords } from './kit/tier-words.ts';
import { date, dollars, exactDollars, instant, signedDollars } from './kit/words.ts';
import { identifierOf } from './subscription-words.ts';

/** A net movement, what is known of the customer behind it, and why it is told. */
export interface MovementFacts {
  readonly movement: NetMovement;
  readonly who: string | undefined;
  readonly country: string | undefined;
  readonly threshold: Threshold;
  readonly now: Instant;
  /** The net amount before this sync restated it. */
  readonly restatedFrom?: Cents;
  /** The line a refund gives back, where it is known. */
  readonly original?: RecordedLine;
}

/** What a movement is called: "New sale", "Plan switch". */
export const KIND_NAME: Record<NetKind, string> = {
  sale: 'New sale',
  renewal: 'Renewal',
  upgrade: 'Upgrade',
  downgrade: 'Downgrade',
  'plan-switch': 'Plan switch',
  refund: 'Refund',
  adjustment: 'Adjustment',
};

/** " (refund -$5,000 and new bill +$11.2k, netted)"; nothing where nothing was refunded. */
export function netted({ billed, refunded }: NetMovement): string {
  if (refunded >= 0 || billed === 0) return '';
  return ` (refund ${dollars(refunded)} and new bill ${signedDollars(billed)}, netted)`;
}

/** Whose app it is, sold by whom: "Resolution Reseller (Reseller)". */
export function partnerName({
  partner,
}: {
  readonly partner?: { readonly name: string; readonly type?: string };
}): string | undefined {
  return partner && [partner.name, partner.type && `(${partner.type})`].filter(Boolean).join(' ');
}

/** The facts that every movement of money has. */
export function movementFields({ country, movement, now }: MovementFacts): AlertField[] {
  const { main } = movement;
  // A manual invoice may name no subscription: then its transaction leads to it.
  const id = identifierOf(main);
  return [
    { name: 'Net, our share', value: signedDollars(movement.net), isHidden: true },
    {
      name: 'A year',
      value: movement.annualised === undefined ? undefined : signedDollars(movement.annualised),
      isHidden: true,
    },
    { name: 'What', value: KIND_NAME[movement.kind], isHidden: true },
    { name: 'App', value: listed(main.name, main.edition) },
    { name: 'Tier', value: fromTo(tierWords(movement.oldTier), tierWords(movement.newTier)) },
    { name: 'Billing', value: fromTo(movement.oldBillingPeriod, movement.newBillingPeriod) },
    { name: 'Payment', value: listed(main.paymentStatus, main.paymentTerms) },
    {
      name: 'Sale or due date',
      label: movement.day > dayOf(now) ? 'Due' : 'Sale date',
      value: date(movement.day),
    },
    { name: 'Country', value: country },
    { name: 'Sold by', value: partnerName(main) },
    { name: 'Runs on', value: [main.parentProduct, main.parentEdition].filter(Boolean).join(' ') },
    {
      name: 'Customer pays',
      label: movement.price < 0 ? 'Customer gets back' : 'Customer pays',
      value: exactDollars(Math.abs(movement.price)),
    },
    { name: id === main.transactionId ? 'Transaction' : 'Entitlement', value: id },
  ];
}

/** What the rule watches, from how much on, and of how many lines this is the net. `watches` is told the amount. */
export function movementRule(
  { movement, threshold }: MovementFacts,
  rule: OwnRule,
  watches: (amount: string) => string,
  noun: string,
): Mrkdwn {
  const source = thresholdSource(threshold, PERCENTILES[rule], noun);
  const lines = movement.lines.length === 1 ? '' : `; this is the net of ${movement.lines.length} lines`;
  return mrk`Rule: ${watches(`${dollars(threshold.amount)} or more`)} (${source})${lines}`;
}

/** When it was first seen, whether it was restated since, and how old the data is. */
export function movementNotes({ movement, now, restatedFrom }: MovementFacts): Mrkdwn[] {
  return [
    mrk`First seen ${instant(movement.completedAt)}`,
    ...(restatedFrom === undefined ? [] : [mrk`restated from ${signedDollars(restatedFrom)}`]),
    ...(movement.completedAt === now ? [] : [mrk`as of ${instant(now)}`]),
  ];
}

/** The button to the customer's card. */
export function showCustomer({ main }: NetMovement) {
  return { label: 'Show Customer', asks: `lookup ${identifierOf(main)}` };
}

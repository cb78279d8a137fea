import type { LargeThreshold } from '../analytics/large-transaction.ts';
import type { NetKind } from '../analytics/net-kind.ts';
import type { NetMovement } from '../analytics/netting.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { actions, context, fields, header, message, section } from './kit/blocks.ts';
import { clean, customer, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, date, dollars, exactDollars, instant, signedDollars } from './kit/words.ts';
import { identifierOf } from './subscription-words.ts';

/** A large net movement and what is known of the customer behind it. */
export interface LargeTransactionFacts {
  readonly movement: NetMovement;
  readonly who: string | undefined;
  readonly country: string | undefined;
  readonly threshold: LargeThreshold;
  readonly now: Instant;
}

const KIND: Record<NetKind, string> = {
  sale: 'New sale',
  renewal: 'Renewal',
  upgrade: 'Upgrade',
  downgrade: 'Downgrade',
  'plan-switch': 'Plan switch',
  refund: 'Refund',
  adjustment: 'Adjustment',
};

function nameOf(who: string | undefined): string {
  return clean(who ?? '', 60) || 'A customer without a name';
}

/** "Acme GmbH: renewal, +$24.0k", plain text for summaries. */
export function largeTransactionTitle({ movement, who }: LargeTransactionFacts): string {
  return `${nameOf(who)}: ${KIND[movement.kind].toLowerCase()}, ${signedDollars(movement.net)}`;
}

function change(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined || from === to) return to ?? from;
  return `${from}, now ${to}`;
}

const SOURCE: Record<LargeThreshold['source'], (movements: number) => string> = {
  fixed: () => 'configured',
  floor: () => 'the lowest threshold',
  percentile: (movements) => `98th percentile of ${count(movements, 'net sale')} in 365 days`,
};

function rule({ amount, movements, source }: LargeThreshold, lines: number): Mrkdwn {
  const netted = lines === 1 ? '' : `; this is the net of ${lines} lines`;
  return mrk`Rule: net amount of ${dollars(amount)} or more (${SOURCE[source](movements)})${netted}`;
}

/** A fact is read at a glance. */
const LONGEST_FACT = 100;

function fact(name: string, value: string | undefined): Mrkdwn[] {
  return value ? [mrk`*${name}*\n${escape(value, LONGEST_FACT)}`] : [];
}

function headline({ movement, who }: LargeTransactionFacts): Mrkdwn {
  const { annualised, billed, net, refunded } = movement;
  const yearly =
    annualised !== undefined && annualised !== net ? `, ${signedDollars(annualised)} a year` : '';
  const netted =
    refunded < 0 ? ` (refund ${dollars(refunded)} and new bill ${signedDollars(billed)}, netted)` : '';
  return mrk`*${customer(who)}*: ${KIND[movement.kind].toLowerCase()}, *${signedDollars(net)}* our share${yearly}${netted}`;
}

/** The alert for one large net movement: net effect first, then what a person needs to act on it. */
export function largeTransactionAlert(facts: LargeTransactionFacts): Message {
  const { country, movement, now, threshold, who } = facts;
  const { main, lines } = movement;
  // A manual invoice may name no subscription: then its transaction leads to it.
  const id = identifierOf(main);
  const payment = [main.paymentStatus, main.paymentTerms].filter(Boolean).join(', ');
  const partner =
    main.partner &&
    [main.partner.name, main.partner.type && `(${main.partner.type})`].filter(Boolean).join(' ');
  const sentence = headline(facts);
  return message(sentence, [
    header(`${KIND[movement.kind]}, ${signedDollars(movement.net)}, ${nameOf(who)}`),
    section(sentence),
    fields([
      ...fact('App', [main.name, main.edition].filter(Boolean).join(', ')),
      ...fact('Tier', change(movement.oldTier, movement.newTier)),
      ...fact('Billing', change(movement.oldBillingPeriod, movement.newBillingPeriod)),
      ...fact('Payment', payment),
      ...fact(movement.day > dayOf(now) ? 'Due' : 'Sale date', date(movement.day)),
      ...fact('Country', country),
      ...fact('Sold by', partner),
      ...fact('Runs on', [main.parentProduct, main.parentEdition].filter(Boolean).join(' ')),
      ...fact('Customer pays', exactDollars(movement.price)),
      ...fact(id === main.transactionId ? 'Transaction' : 'Entitlement', id),
    ]),
    context(
      join(
        [
          rule(threshold, lines.length),
          mrk`First seen ${instant(movement.completedAt)}`,
          ...(movement.completedAt === now ? [] : [mrk`as of ${instant(now)}`]),
        ],
        ' · ',
      ),
    ),
    actions([{ label: 'Show Customer', asks: `lookup ${id}`, isPrimary: true }]),
  ]);
}

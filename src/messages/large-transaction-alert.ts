import type { LargeThreshold } from '../analytics/large-transaction.ts';
import type { NetKind } from '../analytics/net-kind.ts';
import type { NetMovement } from '../analytics/netting.ts';
import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { actions, context, fields, header, message, section } from './kit/blocks.ts';
import { clean, customer, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { date, dollars, exactDollars, instant, signedDollars } from './kit/words.ts';

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

/** "Acme GmbH: renewal, +$24.0k", plain text for summaries. */
export function largeTransactionTitle({ movement, who }: LargeTransactionFacts): string {
  return `${clean(who ?? 'A customer without a name', 60)}: ${KIND[movement.kind].toLowerCase()}, ${signedDollars(movement.net)}`;
}

function change(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined || from === to) return to ?? from;
  return `${from} → ${to}`;
}

function rule({ amount, movements, source }: LargeThreshold): string {
  if (source === 'fixed') return `${dollars(amount)} (fixed)`;
  if (source === 'floor') return `${dollars(amount)} (the lowest it can be)`;
  return `${dollars(amount)} (98th percentile of ${movements} net sales in 365 days)`;
}

function fact(name: string, value: string | undefined): Mrkdwn[] {
  return value ? [mrk`*${name}*\n${value}`] : [];
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
  const id = main.aliases.appEntitlementNumber ?? main.aliases.licenseId ?? movement.entitlement;
  const payment = [main.paymentStatus, main.paymentTerms].filter(Boolean).join(', ');
  const partner =
    main.partner &&
    [main.partner.name, main.partner.type && `(${main.partner.type})`].filter(Boolean).join(' ');
  const sentence = headline(facts);
  return message(sentence, [
    header(`${KIND[movement.kind]}, ${signedDollars(movement.net)}, ${clean(who ?? 'unknown customer', 60)}`),
    section(sentence),
    fields([
      ...fact('App', [main.name, main.edition].filter(Boolean).join(', ')),
      ...fact('Tier', change(movement.oldTier, movement.newTier)),
      ...fact('Billing', change(movement.oldBillingPeriod, movement.newBillingPeriod)),
      ...fact('Payment', payment),
      ...fact('Sale date', date(movement.day)),
      ...fact('Country', country),
      ...fact('Sold by', partner),
      ...fact('Runs on', [main.parentProduct, main.parentEdition].filter(Boolean).join(' ')),
      ...fact('Customer pays', exactDollars(movement.price)),
      ...fact('Entitlement', id),
    ]),
    context(
      join(
        [
          mrk`Rule: net of ${lines.length === 1 ? '1 line' : `${lines.length} lines`} of one day reaches ${rule(threshold)}`,
          mrk`First seen ${instant(movement.completedAt)}`,
          ...(movement.completedAt === now ? [] : [mrk`as of ${instant(now)}`]),
        ],
        ' · ',
      ),
    ),
    actions([{ label: 'Show Customer', asks: `lookup ${id}`, isPrimary: true }]),
  ]);
}

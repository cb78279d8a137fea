import { type AlertField, plainName, type ToldAlert, toldAlert } from './alert-words.ts';
import { customer, mrk } from './kit/escape.ts';
import { codeWords, date, dollars, signedDollars } from './kit/words.ts';
import {
  type MovementFacts,
  movementFields,
  movementNotes,
  movementRule,
  showCustomer,
} from './movement-parts.ts';

/** How long a refund waits for the bill that may replace it. */
const WAITED = 'and nothing was billed in its place within 24 hours';
const NAMELESS = 'for a bill that names no subscription: whether it is billed again cannot be told';

function refundFields({ movement, original }: MovementFacts): AlertField[] {
  const { main } = movement;
  const transaction = original?.transactionId ?? main.originalTransactionId;
  const sold = original && `${dollars(original.vendorAmount)} on ${date(original.saleDate)}`;
  return [
    { name: 'Reason', value: codeWords(main.refundReason ?? main.creditNoteReason) },
    { name: 'Gives back', value: [sold, transaction && `(${transaction})`].filter(Boolean).join(' ') },
  ];
}

/** The alert for money given back with nothing billed instead. */
export function refundAlert(facts: MovementFacts): ToldAlert {
  const { movement, who } = facts;
  const amount = dollars(-movement.net);
  const fields = movementFields(facts).filter(({ name }) => name !== 'Payment' && name !== 'Customer pays');
  return toldAlert({
    title: `${plainName(who)}: refund, ${signedDollars(movement.net)}`,
    header: `Refund, ${signedDollars(movement.net)}, ${plainName(who)}`,
    sentence: mrk`*${customer(who)}* got *${amount}* back (our share)${movement.entitlement === '' ? ` ${NAMELESS}` : `, ${WAITED}`}`,
    next:
      movement.entitlement === ''
        ? undefined
        : mrk`Ask why, if the reason below does not say it: the customer may be leaving.`,
    fields: [...refundFields(facts), ...fields],
    why: movementRule(facts, 'refund', (amount) => `refund of ${amount} without a new bill`, 'refund'),
    notes: movementNotes(facts),
    shows: showCustomer(movement),
  });
}

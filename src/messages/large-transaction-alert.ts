import { plainName, type ToldAlert, toldAlert } from './alert-words.ts';
import { customer, type Mrkdwn, mrk } from './kit/escape.ts';
import { signedDollars } from './kit/words.ts';
import {
  KIND_NAME,
  type MovementFacts,
  movementFields,
  movementNotes,
  movementRule,
  netted,
  showCustomer,
} from './movement-parts.ts';

function headline({ movement, who }: MovementFacts): Mrkdwn {
  const { annualised, kind, net } = movement;
  const yearly =
    annualised !== undefined && annualised !== net ? `, ${signedDollars(annualised)} a year` : '';
  return mrk`*${customer(who)}*: ${KIND_NAME[kind].toLowerCase()}, *${signedDollars(net)}* our share${yearly}${netted(movement)}`;
}

/** The alert for one large net movement: net effect first, then what a person needs to act on it. */
export function largeTransactionAlert(facts: MovementFacts): ToldAlert {
  const { movement, who } = facts;
  const kind = KIND_NAME[movement.kind];
  const net = signedDollars(movement.net);
  return toldAlert({
    title: `${plainName(who)}: ${kind.toLowerCase()}, ${net}`,
    header: `${kind}, ${net}, ${plainName(who)}`,
    sentence: headline(facts),
    fields: movementFields(facts),
    why: movementRule(facts, 'large-transaction', (amount) => `net amount of ${amount}`, 'net sale'),
    notes: movementNotes(facts),
    shows: showCustomer(movement),
  });
}

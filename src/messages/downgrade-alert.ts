import { plainName, type ToldAlert, toldAlert } from './alert-words.ts';
import { customer, mrk } from './kit/escape.ts';
import {
  type MovementFacts,
  movementFields,
  movementNotes,
  movementRule,
  netted,
  showCustomer,
} from './movement-parts.ts';
import { netNow, planChangeName, whatChanged, yearlyChange } from './plan-change-words.ts';

/** The alert for a customer that went for less, or back to monthly billing. */
export function downgradeAlert(facts: MovementFacts): ToldAlert {
  const { movement, who } = facts;
  return toldAlert({
    title: `${plainName(who)}: ${planChangeName(movement).toLowerCase()}`,
    header: `${planChangeName(movement)}, ${plainName(who)}`,
    sentence: mrk`*${customer(who)}* ${whatChanged(movement)}: *${yearlyChange(movement)}* our share${netNow(movement)}${netted(movement)}`,
    next: mrk`Ask what changed: fewer people who use it, or the price.`,
    fields: movementFields(facts),
    why: movementRule(facts, 'downgrade', (amount) => `a smaller plan, ${amount} a year`, 'downgrade'),
    notes: movementNotes(facts),
    shows: showCustomer(movement),
  });
}

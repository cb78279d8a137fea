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

/** The alert for a customer that went for more: refund of the old plan and bill of the new one as one movement. */
export function upgradeAlert(facts: MovementFacts): ToldAlert {
  const { movement, who } = facts;
  return toldAlert({
    title: `${plainName(who)}: ${planChangeName(movement).toLowerCase()}`,
    header: `${planChangeName(movement)}, ${plainName(who)}`,
    sentence: mrk`*${customer(who)}* ${whatChanged(movement)}: *${yearlyChange(movement)}* our share${netNow(movement)}${netted(movement)}`,
    fields: movementFields(facts),
    why: movementRule(facts, 'upgrade', (amount) => `a bigger plan, ${amount} a year`, 'upgrade'),
    notes: movementNotes(facts),
    shows: showCustomer(movement),
  });
}

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

const PLAN = { upgrade: 'a bigger plan', downgrade: 'a smaller plan' } as const;

function planChangeAlert(rule: keyof typeof PLAN, facts: MovementFacts) {
  const { movement, who } = facts;
  const name = planChangeName(movement);
  return {
    title: `${plainName(who)}: ${name.toLowerCase()}`,
    header: `${name}, ${plainName(who)}`,
    sentence: mrk`*${customer(who)}* ${whatChanged(movement)}: *${yearlyChange(movement)}* our share${netNow(movement)}${netted(movement)}`,
    fields: movementFields(facts),
    why: movementRule(facts, rule, (amount) => `${PLAN[rule]}, ${amount} a year`, rule),
    notes: movementNotes(facts),
    shows: showCustomer(movement),
  };
}

/** The alert for a customer that went for more: refund of the old plan and bill of the new one as one movement. */
export function upgradeAlert(facts: MovementFacts): ToldAlert {
  return toldAlert(planChangeAlert('upgrade', facts));
}

/** The alert for a customer that went for less, or back to monthly billing. */
export function downgradeAlert(facts: MovementFacts): ToldAlert {
  const next = mrk`Ask what changed: fewer people who use it, or the price.`;
  return toldAlert({ ...planChangeAlert('downgrade', facts), next });
}

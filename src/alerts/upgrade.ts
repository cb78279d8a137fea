import { planDirection, planWorth } from '../analytics/plan-direction.ts';
import { upgradeAlert } from '../messages/plan-change-alert.ts';
import type { Alert } from './alert.ts';
import { movementFacts } from './movement-facts.ts';

/** A customer that goes for more users, or from monthly to annual billing. */
export const upgrade: Alert = {
  id: 'upgrade',
  summary: 'a customer that goes for more users or for annual billing, by what it changes a year',
  reads: ['licenses', 'transactions'],
  find: (news, context) =>
    movementFacts(
      {
        id: 'upgrade',
        watches: (movement) => planDirection(movement) === 'up',
        sizeOf: planWorth,
        amountOf: planWorth,
        tell: upgradeAlert,
      },
      news,
      context,
    ),
};

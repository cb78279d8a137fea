import { planDirection, planWorth } from '../analytics/plan-direction.ts';
import { downgradeAlert } from '../messages/plan-change-alert.ts';
import type { Alert } from './alert.ts';
import { movementFacts } from './movement-facts.ts';

/** A customer that goes for fewer users, or back to monthly billing. */
export const downgrade: Alert = {
  id: 'downgrade',
  summary: 'a customer that goes for fewer users or back to monthly billing, by what it changes a year',
  reads: ['licenses', 'transactions'],
  find: (news, context) =>
    movementFacts(
      {
        id: 'downgrade',
        watches: (movement) => planDirection(movement) === 'down',
        sizeOf: planWorth,
        amountOf: (movement) => -planWorth(movement),
        tell: downgradeAlert,
      },
      news,
      context,
    ),
};

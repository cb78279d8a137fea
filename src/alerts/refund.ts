import { refundAlert } from '../messages/refund-alert.ts';
import type { Alert } from './alert.ts';
import { movementFacts } from './movement-facts.ts';

/**
 * Money given back with nothing billed instead. It is held for a day, because a change of plan begins with a refund; a
 * bill that comes later still changes what was said.
 */
export const refund: Alert = {
  id: 'refund',
  summary: 'money given back that nothing is billed in place of within a day',
  reads: ['licenses', 'transactions'],
  find: (news, context) =>
    movementFacts(
      {
        id: 'refund',
        watches: ({ kind }) => kind === 'refund',
        sizeOf: ({ net }) => -net,
        amountOf: ({ net }) => net,
        tell: refundAlert,
      },
      news,
      context,
    ),
};

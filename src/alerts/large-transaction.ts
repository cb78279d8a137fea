import { largeTransactionAlert } from '../messages/large-transaction-alert.ts';
import type { Alert } from './alert.ts';
import { movementFacts } from './movement-facts.ts';

/**
 * A net movement (all lines of one entitlement and day, refund and re-bill together) that reaches the threshold. It comes
 * before the rules about changes of plan: a large upgrade is told once.
 */
export const largeTransaction: Alert = {
  id: 'large-transaction',
  summary: 'a sale, renewal or upgrade whose net amount (our share) reaches the threshold',
  reads: ['transactions', 'licenses'],
  find: (news, context) =>
    movementFacts(
      {
        id: 'large-transaction',
        watches: () => true,
        sizeOf: ({ net }) => net,
        amountOf: ({ net }) => net,
        tell: largeTransactionAlert,
      },
      news,
      context,
    ),
};

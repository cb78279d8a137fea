import { excludedEntitlements, isPaidLine } from '../analytics/counted.ts';
import { isLarge } from '../analytics/large-transaction.ts';
import { netMovements } from '../analytics/netting.ts';
import { profileOf } from '../analytics/subscription-profile.ts';
import { LATE_AFTER_DAYS } from '../domain/booking.ts';
import { daysBetween } from '../domain/day.ts';
import { largeTransactionAlert, largeTransactionTitle } from '../messages/large-transaction-alert.ts';
import type { Alert } from './alert.ts';

/**
 * A net movement (all lines of one entitlement and day, refund and re-bill together) that reaches the threshold. Lines
 * that are late are left to the digest: old history is no news.
 */
export const largeTransaction: Alert = {
  id: 'large-transaction',
  summary: 'a sale, renewal or upgrade whose net amount (our share) reaches the threshold',
  reads: ['transactions', 'licenses'],
  find(news, { now, threshold, today }) {
    const fresh = news.newLines.filter(({ saleDate }) => daysBetween(saleDate, today) <= LATE_AFTER_DAYS);
    const isFresh = new Set(fresh.map(({ lineId, transactionId }) => `${transactionId} ${lineId}`));
    const entitlements = new Set(fresh.map(({ entitlement }) => entitlement));
    return [...entitlements].flatMap((entitlement) => {
      const lines =
        entitlement === '' ? fresh.filter((line) => line.entitlement === '') : news.linesOf(entitlement);
      const licenses = entitlement === '' ? [] : news.licensesOf(entitlement);
      const excluded = excludedEntitlements(licenses);
      return netMovements(lines.filter((line) => isPaidLine(line, excluded)))
        .filter((movement) => isLarge(movement, threshold))
        .filter((movement) =>
          movement.lines.some((line) => isFresh.has(`${line.transactionId} ${line.lineId}`)),
        )
        .map((movement) => {
          const profile = profileOf({ licenses, lines: movement.lines });
          const facts = { movement, who: profile?.who, country: profile?.customer.country, threshold, now };
          return {
            id: movement.id,
            amount: movement.net,
            title: largeTransactionTitle(facts),
            message: largeTransactionAlert(facts),
          };
        });
    });
  },
};

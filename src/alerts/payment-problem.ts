import { excludedEntitlements, isPaidLine } from '../analytics/counted.ts';
import { isRefund, largest } from '../analytics/net-kind.ts';
import { profileOf } from '../analytics/subscription-profile.ts';
import { LATE_AFTER_DAYS } from '../domain/booking.ts';
import { dayOf, daysBetween } from '../domain/day.ts';
import { sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { type PaymentProblem, paymentProblemAlert } from '../messages/payment-problem-alert.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { Alert, AlertContext, AlertFact } from './alert.ts';
import { isGivenUp, lineMark } from './seen-movements.ts';

/** Attempts to collect a bill from which on it is a problem: the first one fails for an expired card. */
const ATTEMPTS = 2;

type Payable = Pick<RecordedLine, 'paymentStatus' | 'dunningAttempts'>;

function isFailing({ dunningAttempts, paymentStatus }: Payable): boolean {
  return dunningAttempts >= ATTEMPTS && !/^(paid|refunded|uncollectible)$/i.test(paymentStatus ?? '');
}

const isProblem = (line: Payable): boolean => isGivenUp(line) || isFailing(line);

function stateOf(lines: readonly RecordedLine[]): PaymentProblem['state'] {
  if (lines.some(isGivenUp)) return 'given up';
  if (lines.some(isFailing)) return 'collecting';
  return lines.every(({ paymentStatus }) => paymentStatus?.toLowerCase() === 'paid') ? 'paid' : 'over';
}

/** A line that came neither late nor with an import. */
function wasYoung(news: RecordedNews, { firstSeenAt, saleDate }: RecordedLine): boolean {
  return (
    daysBetween(saleDate, dayOf(firstSeenAt)) <= LATE_AFTER_DAYS &&
    !news.isHistory('transactions', firstSeenAt)
  );
}

/**
 * The lines of a sync whose payment turned bad in it, or whose amount moved while it was; a line first seen as such counts
 * unless it is late, and so does what becomes of its amount.
 */
function turnedBad(news: RecordedNews, { today }: AlertContext): Set<string> {
  const { changedLines, newLines } = news;
  const fresh = newLines.filter(
    (line) => isProblem(line) && daysBetween(line.saleDate, today) <= LATE_AFTER_DAYS,
  );
  const changed = changedLines.filter(
    ({ before, row }) =>
      isProblem(row) &&
      (!isProblem(before) ||
        before.paymentStatus !== row.paymentStatus ||
        before.dunningAttempts !== row.dunningAttempts ||
        (before.vendorAmount !== row.vendorAmount && wasYoung(news, row))),
  );
  return new Set([...fresh, ...changed.map(({ row }) => row)].map(lineMark));
}

/** The bills (lines of one transaction) of an entitlement that a sync touched. */
function touchedBills(news: RecordedNews): RecordedLine[][] {
  const touched = [...news.newLines, ...news.changedLines.map(({ row }) => row)];
  const bills: RecordedLine[][] = [];
  for (const [entitlement, own] of Map.groupBy(touched, (line) => line.entitlement)) {
    const transactions = new Set(own.map(({ transactionId }) => transactionId));
    const excluded = excludedEntitlements(entitlement === '' ? [] : news.licensesOf(entitlement));
    const lines = entitlement === '' ? own : news.linesOf(entitlement);
    const payable = lines.filter((line) => isPaidLine(line, excluded) && !isRefund(line));
    for (const [id, bill] of Map.groupBy(payable, (line) => line.transactionId))
      if (transactions.has(id)) bills.push(bill);
  }
  return bills;
}

/** A bill that Atlassian gave up, or failed to collect twice. */
export const paymentProblem: Alert = {
  id: 'payment-problem',
  summary: 'a bill that is uncollectible, or failed to be collected twice',
  reads: ['licenses', 'transactions'],
  find(news, context) {
    const bad = turnedBad(news, context);
    return touchedBills(news).flatMap((bill): AlertFact[] => {
      const main = largest(bill);
      if (!main) return [];
      const { entitlement, transactionId } = main;
      const id = `${entitlement || 'nameless'} ${transactionId}`;
      const state = stateOf(bill);
      const isKnown = context
        .known(entitlement)
        .some(({ fact, rule }) => rule === 'payment-problem' && fact === id);
      const isOpen = state === 'given up' || state === 'collecting';
      if (!isOpen && !isKnown) return [];
      const app = { appKey: main.appKey, name: main.name };
      const threshold = context.threshold('payment-problem', app);
      const licenses = entitlement === '' ? [] : news.licensesOf(entitlement);
      const profile = profileOf({ licenses, lines: bill });
      const amount = sumCents(bill.map((line) => line.vendorAmount));
      return [
        {
          id,
          subject: `payment ${id}`,
          marks: bill.map(lineMark),
          entitlement,
          app,
          customer: profile?.customer,
          isNews: bill.some((line) => bad.has(lineMark(line))),
          holds: isOpen && amount >= threshold.amount,
          amount,
          tell: () =>
            paymentProblemAlert({
              profile,
              main,
              amount,
              price: sumCents(bill.map((line) => line.purchasePrice)),
              state,
              attempts: Math.max(...bill.map((line) => line.dunningAttempts)),
              threshold,
              now: news.at,
            }),
        },
      ];
    });
  },
};

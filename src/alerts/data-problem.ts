import { FINAL_DAYS } from '../analytics/freshness.ts';
import { daysBetween } from '../domain/day.ts';
import { sumCents } from '../domain/money.ts';
import { dataProblemAlert } from '../messages/data-problem-alert.ts';
import type { Alert } from './alert.ts';
import { lineMark } from './seen-movements.ts';

/**
 * Rows that vanished, and amounts of settled lines that changed. What keeps a sync from succeeding is told after it
 * (`sync-outcome.ts`).
 */
export const dataProblem: Alert = {
  id: 'data-problem',
  summary: 'known rows that vanish or change long after, stale data, refused or failing syncs',
  reads: ['licenses', 'transactions'],
  find(news, { now, today }) {
    const altered = news.changedLines
      .filter(
        ({ before, row }) =>
          before.vendorAmount !== row.vendorAmount && daysBetween(row.bookedOn, today) >= FINAL_DAYS,
      )
      .map(({ before, row }) => ({ line: row, before: before.vendorAmount }));
    const { bulk, vanishedLines } = news;
    const vanishedLicenses = news.vanishedOf('licenses');
    if (altered.length + vanishedLines.length + vanishedLicenses + bulk.length === 0) return [];
    const marks = [...vanishedLines, ...altered.map(({ line }) => line)].map(lineMark).toSorted();
    return [
      {
        id: `${today} ${marks[0] ?? (vanishedLicenses > 0 ? 'licenses' : bulk.join(' '))}`,
        subject: `data ${today}`,
        marks: [],
        entitlement: '',
        app: { appKey: '', name: '' },
        customer: undefined,
        isNews: true,
        holds: true,
        amount: sumCents([
          ...vanishedLines.map((line) => -line.vendorAmount),
          ...altered.map(({ before, line }) => line.vendorAmount - before),
        ]),
        tell: () =>
          dataProblemAlert({
            developerId: news.developerId,
            vanishedLines,
            vanishedLicenses,
            altered,
            bulk,
            settledDays: FINAL_DAYS,
            now,
          }),
      },
    ];
  },
};

import { firstSale } from '../analytics/leavers.ts';
import { LATE_AFTER_DAYS } from '../domain/booking.ts';
import { daysBetween } from '../domain/day.ts';
import type { RecordedFeedback } from '../domain/recorded.ts';
import { feedbackAlert } from '../messages/feedback-alert.ts';
import type { Alert, AlertFact } from './alert.ts';
import { payingOn, subscriptionRows } from './subscription-rows.ts';

const wordsOf = ({ message }: RecordedFeedback): string => message?.trim() ?? '';

/** What a customer wrote that pays us: on the way out, mostly, and still to be won back. */
export const feedback: Alert = {
  id: 'feedback',
  summary: 'a message of a paying customer',
  reads: ['feedback', 'licenses', 'transactions'],
  find(news, context) {
    const { today } = context;
    const written = news.newFeedback.filter(
      (one) =>
        wordsOf(one) !== '' && one.entitlement !== '' && daysBetween(one.date, today) <= LATE_AFTER_DAYS,
    );
    const byDay = Map.groupBy(written, ({ date, entitlement }) => `${entitlement} ${date}`);
    return [...byDay].flatMap(([id, [first]]): AlertFact[] => {
      const rows = first && subscriptionRows(news, first.entitlement);
      if (!rows || rows.ownUse) return [];
      const { until, yearly } = payingOn(rows.paid, first.date);
      const app = { appKey: rows.profile.appKey, name: rows.profile.appName };
      const threshold = context.threshold('feedback', app);
      const ofDay = news
        .feedbackOf(first.entitlement)
        .filter((one) => one.date === first.date && wordsOf(one) !== '');
      const firstPaid = firstSale(rows.paid);
      return [
        {
          id,
          subject: `feedback ${id}`,
          marks: [],
          entitlement: first.entitlement,
          app,
          customer: rows.profile.customer,
          isNews: true,
          holds: yearly > 0 && yearly >= threshold.amount,
          amount: yearly,
          tell: () =>
            feedbackAlert({
              profile: rows.profile,
              type: first.feedbackType,
              date: first.date,
              reason: ofDay.map(({ reason }) => reason).find((reason) => reason !== undefined),
              messages: ofDay.map(wordsOf),
              value: yearly,
              paidUntil: until,
              tenureDays:
                firstPaid === undefined ? undefined : Math.max(0, daysBetween(firstPaid, first.date)),
              runsOn: rows.runsOn,
              id: rows.id,
              threshold,
              now: news.at,
            }),
        },
      ];
    });
  },
};

import { isPaidType } from '../analytics/counted.ts';
import { annualisedValue } from '../analytics/coverage.ts';
import { effectiveDays } from '../analytics/effective-days.ts';
import { createFeedbackFinder } from '../analytics/feedback-match.ts';
import { createKeptApps } from '../analytics/kept-apps.ts';
import { isRefund } from '../analytics/net-kind.ts';
import { type NetMovement, netMovements } from '../analytics/netting.ts';
import { planOf } from '../analytics/last-term.ts';
import { firstSale } from '../analytics/leavers.ts';
import { LATE_AFTER_DAYS } from '../domain/booking.ts';
import { addDays, type Day, dayOf, daysBetween, type Instant } from '../domain/day.ts';
import type { RecordedEvent, RecordedLicense } from '../domain/recorded.ts';
import { customerLeavingAlert, type LeavingCustomer } from '../messages/customer-leaving-alert.ts';
import type { AlertFactRow } from '../store/alert-book.ts';
import type { Changed, RecordedNews } from '../store/recorded-news.ts';
import type { Alert, AlertContext, AlertFact } from './alert.ts';
import { lineMark } from './seen-movements.ts';
import { type SubscriptionRows, subscriptionRows } from './subscription-rows.ts';

const DAY_MS = 86_400_000;

/** Feedback or a refund that comes later than this after the alert is not added to it. */
const FOLLOW_UP_DAYS = 14;

const isLeaving = ({ status }: RecordedLicense): boolean => status === 'cancelled' || status === 'inactive';

/** A licence that was cancelled or ended in this sync, and did not end long ago. */
function isFreshEnd({ before, row }: Changed<RecordedLicense>, today: Day): boolean {
  if (!isLeaving(row) || isLeaving(before)) return false;
  return row.maintenanceEnd === undefined || row.maintenanceEnd >= addDays(today, -LATE_AFTER_DAYS);
}

/** The latest churn event that the customer has not come back from. */
function standingEvent(
  events: readonly RecordedEvent[],
  { paid }: SubscriptionRows,
): RecordedEvent | undefined {
  const last = events.toSorted((a, b) => (a.eventDate < b.eventDate ? 1 : -1))[0];
  const isBack =
    last &&
    paid.some(
      ({ maintenanceEnd, saleDate, vendorAmount }) =>
        vendorAmount > 0 && saleDate > last.eventDate && (maintenanceEnd ?? saleDate) > last.eventDate,
    );
  return isBack ? undefined : last;
}

function stateOf(
  event: RecordedEvent | undefined,
  license: RecordedLicense | undefined,
): LeavingCustomer['state'] {
  if (event) return 'left';
  if (license?.status === 'inactive') return 'left';
  // A licence that vanished takes nothing back.
  return !license || license.status === 'cancelled' ? 'cancelled' : 'stays';
}

/** What the customer said, as far as it came early enough to be added to the alert. */
function findFeedback(
  news: RecordedNews,
  { entitlement, profile }: SubscriptionRows,
  on: Day,
  firstAt: Instant,
) {
  const early = news
    .feedbackOf(entitlement)
    .filter(({ firstSeenAt }) => firstSeenAt <= firstAt + FOLLOW_UP_DAYS * DAY_MS);
  return createFeedbackFinder(early)(entitlement, profile.appKey, profile.host, on);
}

/** What a customer paid can be restated after it left: then it is worth a call, or not. */
function hasJustLeft(news: RecordedNews, entitlement: string, today: Day): boolean {
  return news
    .eventsOf(entitlement)
    .some(
      ({ eventDate, firstSeenAt }) =>
        daysBetween(eventDate, today) <= LATE_AFTER_DAYS && !news.isHistory('churn-events', firstSeenAt),
    );
}

/** What was given back because it leaves, with nothing billed instead. */
function refundsOf({ paid }: SubscriptionRows, firstAt: Instant): NetMovement[] {
  const on = dayOf(firstAt);
  return netMovements(paid).filter(
    ({ day, kind }) => kind === 'refund' && Math.abs(daysBetween(day, on)) <= FOLLOW_UP_DAYS,
  );
}

/** The entitlements to look at, and those among them that something new says are leaving. */
function candidates(news: RecordedNews, context: AlertContext) {
  const { today, watched } = context;
  const { changedLicenses, changedLines, newEvents, newFeedback, newLines } = news;
  const leaving = new Set<string>();
  for (const { entitlement, eventDate } of newEvents)
    if (daysBetween(eventDate, today) <= LATE_AFTER_DAYS) leaving.add(entitlement);
  for (const change of changedLicenses) if (isFreshEnd(change, today)) leaving.add(change.row.entitlement);
  const restated = changedLines.filter(({ before, row }) => before.vendorAmount !== row.vendorAmount);
  for (const { row } of restated) if (hasJustLeft(news, row.entitlement, today)) leaving.add(row.entitlement);
  const touched = [
    ...newEvents,
    ...newFeedback,
    ...[...changedLicenses, ...restated].map(({ row }) => row),
  ].map(({ entitlement }) => entitlement);
  // A refund, new or waiting for its bill, may be part of what was said.
  const refunded = [...newLines.filter(isRefund).map(({ entitlement }) => entitlement), ...watched].filter(
    (entitlement) => lastTold(context, entitlement) !== undefined,
  );
  return { leaving, all: new Set([...touched, ...refunded].filter((entitlement) => entitlement !== '')) };
}

/** What was said of this customer's leaving last. */
function lastTold(context: AlertContext, entitlement: string): AlertFactRow | undefined {
  return context
    .known(entitlement)
    .filter(({ rule }) => rule === 'customer-leaving')
    .toSorted((a, b) => b.firstAt - a.firstAt)[0];
}

function toFact(
  news: RecordedNews,
  context: AlertContext,
  rows: SubscriptionRows,
  isNews: boolean,
): AlertFact | undefined {
  const { entitlement, license, licenses, profile } = rows;
  const { today } = context;
  const event = standingEvent(news.eventsOf(entitlement), rows);
  const state = stateOf(event, license);
  const told = lastTold(context, entitlement);
  if (!told && (state === 'stays' || !isNews)) return undefined;
  const firstSeenAt = told?.firstAt ?? news.at;
  const refunds = state === 'stays' ? [] : refundsOf(rows, firstSeenAt);
  const givenBack = new Set(refunds.flatMap(({ lines }) => lines));
  // What it is worth, and by which bill it is recognised, does not depend on getting that back.
  const paid = rows.paid.filter((line) => !givenBack.has(line));
  const paidUntil = license ? license.maintenanceEnd : paid.at(-1)?.maintenanceEnd;
  const termEnd = event?.maintenanceEnd ?? paidUntil;
  const on = event?.eventDate ?? paidUntil ?? today;
  const value = annualisedValue(paid, on > today ? today : on, { effectiveFrom: effectiveDays(paid) });
  const app = { appKey: profile.appKey, name: profile.appName };
  const threshold = context.threshold('customer-leaving', app);
  const said = findFeedback(news, rows, on > today ? today : on, firstSeenAt);
  const firstPaid = firstSale(paid);
  const site = profile.host.cloudId;
  const isBusiness = rows.ownUse === undefined && (!license || isPaidType(license.licenseType));
  return {
    id: `${entitlement} ${termEnd ?? on}`,
    subject: `leaving ${entitlement}`,
    // A cancelled licence and the churn event after it may name different ends of one term.
    marks: [
      `term ${entitlement} ${paid.toSorted((a, b) => (a.saleDate < b.saleDate ? 1 : -1))[0]?.transactionId ?? ''}`,
    ],
    parts: [...givenBack].map(lineMark),
    entitlement,
    app,
    customer: profile.customer,
    isNews,
    holds: isBusiness && state !== 'stays' && value > 0 && value >= threshold.amount,
    amount: -value,
    tell: () =>
      customerLeavingAlert({
        profile,
        state,
        on,
        value,
        plan: planOf(paid, event?.monthsValid),
        tenureDays: firstPaid === undefined ? undefined : Math.max(0, daysBetween(firstPaid, today)),
        ...said,
        refunds: refunds.map(({ day, net }) => ({ day, amount: -net })),
        kept: createKeptApps([...licenses, ...(site ? news.licensesOnSite(site) : [])])(profile.host, {
          entitlement,
          appKey: profile.appKey,
        }).map(({ name }) => name),
        runsOn: rows.runsOn,
        id: rows.id,
        awaitsFeedback:
          state !== 'stays' &&
          said.reason === undefined &&
          said.message === undefined &&
          daysBetween(dayOf(firstSeenAt), today) < FOLLOW_UP_DAYS,
        firstSeenAt,
        threshold,
        now: news.at,
      }),
  };
}

/**
 * A customer worth a call that cancels or leaves: a licence that turns cancelled or inactive, or a churn event. Both are
 * one fact; what the customer says about it is added to it.
 */
export const customerLeaving: Alert = {
  id: 'customer-leaving',
  summary: 'a customer that cancels or leaves and pays us as much a year as the threshold',
  reads: ['churn-events', 'feedback', 'licenses', 'transactions'],
  find(news, context) {
    const { all, leaving } = candidates(news, context);
    return [...all].flatMap((entitlement) => {
      const rows = subscriptionRows(news, entitlement);
      return (rows && toFact(news, context, rows, leaving.has(entitlement))) ?? [];
    });
  },
};

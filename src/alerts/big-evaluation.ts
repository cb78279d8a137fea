import { paidLines } from '../analytics/counted.ts';
import { type Evaluation, evaluationStartOf, readEvaluations } from '../analytics/evaluations.ts';
import { createKeptApps } from '../analytics/kept-apps.ts';
import { UNLIMITED_USERS } from '../domain/alert-rules.ts';
import { LATE_AFTER_DAYS } from '../domain/booking.ts';
import { daysBetween, type Day } from '../domain/day.ts';
import type { RecordedLicense } from '../domain/recorded.ts';
import { type BigEvaluation, bigEvaluationAlert } from '../messages/big-evaluation-alert.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { Alert, AlertContext, AlertFact } from './alert.ts';
import { type SubscriptionRows, subscriptionRows } from './subscription-rows.ts';

const sizeOf = ({ opportunityUsers: users }: RecordedLicense): number | undefined =>
  users === Number.POSITIVE_INFINITY ? UNLIMITED_USERS : users;

/** The site's evaluation of the app that this licence is part of: second tries are told by it. */
function evaluationOf(
  news: RecordedNews,
  rows: SubscriptionRows,
  license: RecordedLicense,
): Evaluation | undefined {
  const { cloudId } = license.host;
  const onSite = (cloudId ? news.licensesOnSite(cloudId) : []).filter(
    ({ appKey }) => appKey === license.appKey,
  );
  const others = onSite.filter(({ entitlement }) => entitlement !== rows.entitlement);
  const lines = new Set(others.map(({ entitlement }) => entitlement));
  const licenses = [...rows.licenses, ...others];
  const paid = paidLines([...rows.paid, ...[...lines].flatMap((one) => news.linesOf(one))], licenses);
  const start = evaluationStartOf(license);
  return readEvaluations(licenses, paid).list.findLast((one) => start !== undefined && one.start <= start);
}

function stateOf({ license, paid }: SubscriptionRows, today: Day): BigEvaluation['state'] {
  if (license?.licenseType !== 'EVALUATION') return paid.length > 0 ? 'bought' : 'over';
  const isOver = license.maintenanceEnd !== undefined && license.maintenanceEnd < today;
  return license.status === 'active' && !isOver ? 'running' : 'over';
}

/** By how many days the end of an evaluation was moved, as far as anybody saw. */
function extendedDays(news: RecordedNews, license: RecordedLicense): number {
  const end = license.maintenanceEnd;
  const firsts = [license.evaluationEnd, news.firstEndOf(license.entitlement)].filter(
    (day) => day !== undefined,
  );
  const first = firsts.toSorted()[0];
  return end === undefined || first === undefined ? 0 : Math.max(0, daysBetween(first, end));
}

/** The evaluations that this sync began, or whose size it told. */
function began(news: RecordedNews, { today }: AlertContext): Set<string> {
  const isYoung = (license: RecordedLicense): boolean => {
    const start = evaluationStartOf(license);
    return start !== undefined && daysBetween(start, today) <= LATE_AFTER_DAYS;
  };
  const sized = news.changedLicenses.filter(({ before, row }) => (sizeOf(before) ?? 0) < (sizeOf(row) ?? 0));
  return new Set(
    [...news.newLicenses, ...sized.map(({ row }) => row)]
      .filter(isYoung)
      .map(({ entitlement }) => entitlement),
  );
}

function toFact(
  news: RecordedNews,
  context: AlertContext,
  rows: SubscriptionRows,
  isNews: boolean,
): AlertFact | undefined {
  const { entitlement, license, licenses, profile } = rows;
  const start = license && evaluationStartOf(license);
  const told = context.known(entitlement).findLast(({ rule }) => rule === 'big-evaluation');
  // Atlassian tells the size only while the licence is an evaluation.
  const users = (license && sizeOf(license)) ?? told?.amount;
  const state = stateOf(rows, context.today);
  if (!license || start === undefined || users === undefined || (!told && !(isNews && state === 'running')))
    return undefined;
  const evaluation = evaluationOf(news, rows, license);
  const isRepeat =
    evaluation !== undefined && (evaluation.retries > 0 || evaluation.previousStart !== undefined);
  const triedOn = isRepeat
    ? evaluation.retries > 0
      ? evaluation.start
      : evaluation.previousStart
    : undefined;
  const app = { appKey: profile.appKey, name: profile.appName };
  const threshold = context.threshold('big-evaluation', app);
  const { cloudId } = profile.host;
  // Whoever paid before it evaluated is no new customer.
  const isNew = evaluation !== undefined || told !== undefined;
  return {
    id: `${entitlement} ${start}`,
    subject: `evaluation ${entitlement}`,
    marks: [`evaluation ${entitlement} ${start}`],
    entitlement,
    app,
    customer: profile.customer,
    isNews: isNews && state === 'running',
    holds: rows.ownUse === undefined && isNew && users >= threshold.amount,
    amount: users,
    tell: () =>
      bigEvaluationAlert({
        profile,
        state,
        users: users >= UNLIMITED_USERS ? Number.POSITIVE_INFINITY : users,
        start,
        end: license.maintenanceEnd ?? license.evaluationEnd,
        triedOn: triedOn === start ? undefined : triedOn,
        extendedDays: extendedDays(news, license),
        uses: createKeptApps([...licenses, ...(cloudId ? news.licensesOnSite(cloudId) : [])])(profile.host, {
          entitlement,
          appKey: profile.appKey,
        }).map(({ name }) => name),
        runsOn: rows.runsOn,
        id: rows.id,
        threshold,
        now: news.at,
      }),
  };
}

/** An evaluation on a site of many users, neither a sandbox nor Atlassian's own. */
export const bigEvaluation: Alert = {
  id: 'big-evaluation',
  summary: 'an evaluation that begins on a site with as many users as the threshold',
  reads: ['licenses', 'transactions'],
  find(news, context) {
    const fresh = began(news, context);
    const touched = [...news.newLicenses, ...news.changedLicenses.map(({ row }) => row)];
    const evaluating = touched.filter((license) => evaluationStartOf(license) !== undefined);
    return [...new Set(evaluating.map(({ entitlement }) => entitlement))].flatMap((entitlement) => {
      const rows = subscriptionRows(news, entitlement);
      return (rows && toFact(news, context, rows, fresh.has(entitlement))) ?? [];
    });
  },
};

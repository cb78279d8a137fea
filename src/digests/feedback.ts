import { weekState } from '../analytics/freshness.ts';
import { restatedWeeks } from '../analytics/restatements.ts';
import { assessCount } from '../analytics/unusual-count.ts';
import type { AssessmentOptions } from '../analytics/usual.ts';
import { findVoices, groupVoices, type Voice, type VoiceGroup } from '../analytics/voices.ts';
import type { WeekValue } from '../analytics/weekly-series.ts';
import { addDays, type Day, dayOf, type Instant, weekOf, weeksEndingWith } from '../domain/day.ts';
import type { RecordedFeedback } from '../domain/recorded.ts';
import { feedbackDigest, type FeedbackDigest, type FeedbackWeek } from '../messages/feedback-digest.ts';
import type { UsualGroup } from '../messages/feedback-lists.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf } from './booked-lines.ts';
import { lastToldWeekOf, LOOK_BACK_WEEKS, nameChangedWeeks, untoldWeeksOf } from './changed-weeks.ts';
import { readCustomerNames } from './customer-names.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { feedbackNumbers } from './numbers/feedback.ts';
import { readAges } from './read-ages.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { judgementOf } from '../analytics/week-judgement.ts';

/** Weeks of history: 26 show how much weeks scatter. */
const HISTORY_WEEKS = 27;

/** The first import reaches back so many weeks: what is older was never read. */
const IMPORTED_WEEKS = 156;

/** The reason that was chosen, as the customer read it; its key where there is no sentence. */
function reasonOf({ reason, reasonKey }: RecordedFeedback): string | undefined {
  return reason ?? reasonKey;
}

/** Counts by week; undefined before anything can be known: nobody asked for what is older than the first import. */
function countWeeks(
  feedback: readonly RecordedFeedback[],
  weeks: readonly Day[],
  knownFrom: Day | undefined,
): WeekValue[] {
  const groups = Map.groupBy(feedback, ({ date }) => weekOf(date));
  return weeks.map((week) => ({
    week,
    value: knownFrom !== undefined && week >= knownFrom ? (groups.get(week)?.length ?? 0) : undefined,
  }));
}

/** The first week of which all feedback is known; undefined before the first pull. */
function firstKnownWeek(history: readonly RecordedFeedback[], readAt: Instant | undefined): Day | undefined {
  if (readAt === undefined) return undefined;
  const imported = addDays(weekOf(dayOf(readAt)), -7 * IMPORTED_WEEKS);
  return history.reduce((first, { date }) => (weekOf(date) < first ? weekOf(date) : first), imported);
}

function rosterOf(feedback: readonly RecordedFeedback[]): Map<Day, Set<string>> {
  const groups = Map.groupBy(feedback, ({ date }) => weekOf(date));
  return new Map([...groups].map(([week, list]) => [week, new Set(entitlementsOf(list))]));
}

/** The told weeks that read differently now: both sides are what the store knew at the two instants. */
async function readChanges(read: ReadModel, request: DigestRequest, knownFrom: Day | undefined) {
  const { app, developerId, lastSpokeAt, week } = request;
  if (lastSpokeAt === undefined) return undefined;
  const last = lastToldWeekOf(request, lastSpokeAt);
  const weeks = weeksEndingWith(last, LOOK_BACK_WEEKS);
  const span = { developerId, appKey: app?.appKey ?? null, from: weeks[0] ?? last, to: addDays(week, 6) };
  const [before, now] = await Promise.all([read.readFeedback(span, lastSpokeAt), read.readFeedback(span)]);
  const restated = restatedWeeks(countWeeks(before, weeks, knownFrom), countWeeks(now, weeks, knownFrom), {
    rosters: { before: rosterOf(before), now: rosterOf(now) },
  });
  const untold = countWeeks(now, untoldWeeksOf(request, last), knownFrom);
  return nameChangedWeeks({ restated, untold }, (entitlements) =>
    readCustomerNames(read, developerId, entitlements),
  );
}

async function readVoices(
  read: ReadModel,
  { developerId }: DigestRequest,
  feedback: readonly RecordedFeedback[],
): Promise<Voice[]> {
  const entitlements = entitlementsOf(feedback);
  const [licenses, lines] = await Promise.all([
    read.readLicensesOf(developerId, entitlements),
    read.readLinesOf(developerId, entitlements),
  ]);
  return findVoices({ feedback, licenses, lines });
}

/** The weeks of the chart: of how many pieces a paying customer is behind. */
function toWeeks(voices: readonly Voice[], counts: readonly WeekValue[]): FeedbackWeek[] {
  const groups = Map.groupBy(voices, ({ feedback }) => weekOf(feedback.date));
  return counts.map(({ value, week }) => {
    const paying = groups.get(week)?.filter(({ isPaying }) => isPaying).length ?? 0;
    return value === undefined
      ? { week, paying: undefined, others: undefined }
      : { week, paying, others: value - paying };
  });
}

/** Why customers stop, what they pay, and what they say. */
export const feedback: Digest = {
  id: 'feedback',
  aliases: ['reasons', 'quotes', 'feedbacks'],
  summary: 'why customers stopped last week, what they pay and what they said',
  definition:
    'Why people stopped in a week: what they answered when they disabled, uninstalled or unsubscribed, what those who pay are worth, and what they said.',
  reads: ['feedback', 'licenses', 'transactions'],
  async build(read, request) {
    const { app, chartWeeks = CHART_WEEKS, developerId, now, today, week } = request;
    const appKey = app?.appKey ?? null;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const span = { developerId, appKey, from: weeks[0] ?? week, to: addDays(week, 6) };
    const [history, apps, readAt] = await Promise.all([
      read.readFeedback(span),
      read.readApps(developerId),
      read.readAsOf(developerId, ['feedback']),
    ]);
    const knownFrom = firstKnownWeek(history, readAt);
    const charted = weeks.slice(-chartWeeks);
    const voices = await readVoices(
      read,
      request,
      history.filter(({ date }) => date >= (charted[0] ?? week)),
    );
    const ofWeek = voices.filter(({ feedback: one }) => weekOf(one.date) === week);
    const nameOf = (key: string) => apps.find((one) => one.appKey === key)?.name ?? key;
    const { options, state } = judgementOf(weekState(week, today));
    const judge = (
      group: VoiceGroup,
      keyOf: (one: RecordedFeedback) => string | undefined,
      more: AssessmentOptions,
    ): UsualGroup => {
      const own = history.filter((one) => keyOf(one) === group.key);
      return { ...group, assessment: assessCount(countWeeks(own, weeks, knownFrom), week, more) };
    };
    const reasons = groupVoices(ofWeek, reasonOf);
    const byApp = app ? [] : groupVoices(ofWeek, (one) => nameOf(one.appKey));
    const tested = { ...options, tested: reasons.length + byApp.length + 1 };
    const counts = countWeeks(history, weeks, knownFrom);
    const facts: FeedbackDigest = {
      scope: scopeName(request, 'All apps'),
      asks: asksFor('feedback', request),
      week,
      state,
      assessment: assessCount(counts, week, tested),
      voices: ofWeek.map((voice) => ({ ...voice, appName: nameOf(voice.feedback.appKey) })),
      byReason: reasons.map((group) => judge(group, reasonOf, tested)),
      byType: groupVoices(ofWeek, ({ feedbackType }) => feedbackType),
      byApp: byApp.map((group) => judge(group, (one) => nameOf(one.appKey), tested)),
      weeks: toWeeks(voices, counts.slice(-chartWeeks)),
      changes: await readChanges(read, request, knownFrom),
      isRead: readAt !== undefined,
      ...(await readAges(read, developerId, {
        feedback: 'feedback',
        licenses: 'licenses',
        transactions: 'transactions',
      })),
      now,
    };
    return { ...feedbackDigest(facts), numbers: feedbackNumbers(facts) };
  },
};

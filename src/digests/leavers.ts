import { joinByTransaction } from '../analytics/join-events.ts';
import { findLeavers, type Leavers } from '../analytics/leavers.ts';
import { addDays } from '../domain/day.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf } from './booked-lines.ts';
import type { DigestRequest } from './digest.ts';

/** Feedback this long before or after a cancellation can explain it. */
const FEEDBACK_DAYS = 60;

/** Events with the subscription that their transaction leads to, where their own identifiers lead nowhere. */
async function joinEvents(
  read: ReadModel,
  developerId: string,
  events: readonly RecordedEvent[],
): Promise<RecordedEvent[]> {
  const named = entitlementsOf(events);
  const [licenses, lines] = await Promise.all([
    read.readLicensesOf(developerId, named),
    read.readLinesOf(developerId, named),
  ]);
  const known = new Set([...licenses, ...lines].map(({ entitlement }) => entitlement));
  const lost = events.filter(({ entitlement }) => !known.has(entitlement));
  const transactions = [...new Set(lost.flatMap(({ transactionId }) => transactionId ?? []))];
  if (transactions.length === 0) return [...events];
  return joinByTransaction(events, known, await read.readLinesOfTransactions(developerId, transactions));
}

/** Who left in the week, by the events of that week: joined to licences, money, feedback, and our other apps of the site. */
export async function readLeavers(
  read: ReadModel,
  { developerId, week }: DigestRequest,
  weekEvents: readonly RecordedEvent[],
): Promise<Leavers> {
  const end = addDays(week, 6);
  const events = await joinEvents(read, developerId, weekEvents);
  const entitlements = entitlementsOf(events);
  const [own, lines, feedback] = await Promise.all([
    read.readLicensesOf(developerId, entitlements),
    read.readLinesOf(developerId, entitlements),
    read.readFeedback({
      developerId,
      appKey: null,
      from: addDays(week, -FEEDBACK_DAYS),
      to: addDays(end, FEEDBACK_DAYS),
    }),
  ]);
  // A site may be named by any of an entitlement's rows: events alone often name none.
  const hosts = [...events, ...own, ...lines].map(({ host }) => host);
  const onSites = await read.readLicensesOnHosts(developerId, hosts);
  const left = new Set(entitlements);
  const licenses = [...own, ...onSites.filter(({ entitlement }) => !left.has(entitlement))];
  return findLeavers({ events, licenses, lines, feedback }, week, end);
}

import { invoicedChanges, paymentChanges } from '../analytics/invoiced-changes.ts';
import { addDays, weeksEndingWith } from '../domain/day.ts';
import type { ChangedInvoices } from '../messages/new-sales-facts.ts';
import type { ReadModel } from '../store/read-model.ts';
import { readBookedLines } from './booked-lines.ts';
import { lastToldWeekOf } from './changed-weeks.ts';
import { readCustomerNames } from './customer-names.ts';
import type { DigestRequest } from './digest.ts';

/** How many weeks back a digest looks for invoices that changed. */
const LOOK_BACK_WEEKS = 13;

/** How many customers are named per changed week. */
const NAMED = 3;

/**
 * The told weeks whose invoiced amount or payment statuses are different now. Exact: both sides are what the store knew
 * at the two instants, licences (which decide what counts) included. Undefined when the digest has not spoken before.
 */
export async function readChangedInvoices(
  read: ReadModel,
  request: DigestRequest,
): Promise<ChangedInvoices | undefined> {
  const { app, developerId, lastSpokeAt } = request;
  if (lastSpokeAt === undefined) return undefined;
  const last = lastToldWeekOf(request, lastSpokeAt);
  const weeks = weeksEndingWith(last, LOOK_BACK_WEEKS);
  const span = { developerId, appKey: app?.appKey ?? null, from: weeks[0] ?? last, to: addDays(last, 6) };
  const [before, now] = await Promise.all([
    readBookedLines(read, span, lastSpokeAt),
    readBookedLines(read, span),
  ]);
  const changes = invoicedChanges(before.paid, now.paid, weeks);
  const shown = changes.flatMap(({ behind }) => behind.slice(0, NAMED).map(({ entitlement }) => entitlement));
  const names = await readCustomerNames(read, developerId, shown);
  return {
    weeks: changes.map(({ behind, ...change }) => ({
      ...change,
      behind: behind
        .slice(0, NAMED)
        .map(({ delta, entitlement }) => ({ who: names.get(entitlement), delta })),
      more: Math.max(0, behind.length - NAMED),
    })),
    payments: paymentChanges(before.paid, now.paid),
  };
}

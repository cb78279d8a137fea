import { invoicedByWeek } from '../analytics/invoiced.ts';
import { invoicedChanges, paymentChanges } from '../analytics/invoiced-changes.ts';
import { runRateChanges } from '../analytics/run-rate-changes.ts';
import { addDays, type Day, dayOf, weeksEndingWith } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import type { ChangedInvoices, ChangedMoney } from '../messages/new-sales-facts.ts';
import type { ReadModel } from '../store/read-model.ts';
import { readBookedLines } from './booked-lines.ts';
import { lastToldWeekOf, LOOK_BACK_WEEKS, untoldWeeksOf } from './changed-weeks.ts';
import { readCustomerNames } from './customer-names.ts';
import type { DigestRequest } from './digest.ts';
import { readRunRate, type RunRate } from './run-rate-moves.ts';

/** How many customers are named per changed week. */
const NAMED = 3;

/** A week that changed, with the entitlements behind it. */
interface Changed {
  readonly week: Day;
  readonly before: Cents;
  readonly after: Cents;
  readonly behind: readonly { readonly entitlement: string; readonly delta: Cents }[];
}

/**
 * The told weeks whose invoiced amount, payment statuses or movement of recurring revenue are different now, newest
 * first, and the weeks no digest told. Exact: both sides are what the store knew at the two instants, licences (which
 * decide what counts) included. Undefined when the digest has not spoken before. `known`: what is known now, of 13 weeks
 * at least.
 */
export async function readChangedInvoices(
  read: ReadModel,
  request: DigestRequest,
  known: { readonly runRate: RunRate; readonly booked: readonly RecordedLine[] },
): Promise<ChangedInvoices | undefined> {
  const { app, developerId, lastSpokeAt } = request;
  if (lastSpokeAt === undefined) return undefined;
  const last = lastToldWeekOf(request, lastSpokeAt);
  const weeks = weeksEndingWith(last, LOOK_BACK_WEEKS);
  const untold = untoldWeeksOf(request, last);
  const scope = { developerId, appKey: app?.appKey ?? null };
  const span = { ...scope, from: weeks[0] ?? last, to: addDays(last, 6) };
  const [before, then] = await Promise.all([
    readBookedLines(read, span, lastSpokeAt),
    readRunRate(read, request, {
      week: last,
      count: LOOK_BACK_WEEKS,
      until: dayOf(lastSpokeAt),
      knownAt: lastSpokeAt,
    }),
  ]);
  const invoiced: Changed[] = invoicedChanges(before.paid, known.booked, weeks);
  const moved: Changed[] = runRateChanges(then.weeks, known.runRate.weeks);
  const shown = [...invoiced, ...moved].flatMap(({ behind }) =>
    behind.slice(0, NAMED).map(({ entitlement }) => entitlement),
  );
  const names = await readCustomerNames(read, developerId, shown);
  const named = (changes: readonly Changed[]): ChangedMoney[] =>
    changes
      .map(({ behind, ...change }) => ({
        ...change,
        behind: behind
          .slice(0, NAMED)
          .map(({ delta, entitlement }) => ({ who: names.get(entitlement), delta })),
        more: Math.max(0, behind.length - NAMED),
      }))
      .toReversed();
  const told = known.booked.filter(({ bookedOn }) => bookedOn >= span.from && bookedOn <= span.to);
  return {
    weeks: named(invoiced),
    runRate: named(moved),
    untold: invoicedByWeek(known.booked, untold)
      .map(({ net, week }) => ({ week, net }))
      .toReversed(),
    payments: paymentChanges(before.paid, told),
  };
}

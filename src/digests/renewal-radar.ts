import { withYearlyWorth } from '../analytics/renewal-worth.ts';
import { LATE_DAYS, lateRenewals, renewalsDue } from '../analytics/renewals.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { RenewalRadar } from '../messages/renewal-radar.ts';
import type { ReadModel, Scope } from '../store/read-model.ts';
import { entitlementsOf } from './booked-lines.ts';

/** Feedback of the running term, and churn events of a late one, are looked for this far back. */
const FEEDBACK_DAYS = 365;

/** Reads what is due from today until `days` days later, and what is late. */
export async function readRenewalRadar(
  read: ReadModel,
  scope: Scope,
  today: Day,
  days: number,
): Promise<RenewalRadar> {
  const { developerId } = scope;
  const ending = await read.readLicensesEnding({
    ...scope,
    from: addDays(today, -LATE_DAYS),
    to: addDays(today, days),
  });
  const entitlements = entitlementsOf(ending);
  const [licenses, lines, feedback, events] = await Promise.all([
    read.readLicensesOf(developerId, entitlements),
    read.readLinesOf(developerId, entitlements),
    read.readFeedback({ ...scope, from: addDays(today, -FEEDBACK_DAYS), to: today }),
    read.readEvents({ ...scope, from: addDays(today, -2 * LATE_DAYS), to: today }, 'churn'),
  ]);
  const sources = { licenses, lines, feedback, events };
  return {
    due: withYearlyWorth(renewalsDue(sources, today, days), sources),
    days,
    late: withYearlyWorth(lateRenewals(sources, today), sources),
  };
}

import { groupByEntitlement } from '../analytics/by-entitlement.ts';
import { paidLines } from '../analytics/counted.ts';
import { buildCoverage, type Coverage } from '../analytics/coverage.ts';
import { type Evaluation, readEvaluations } from '../analytics/evaluations.ts';
import { type OpenEvaluation, openEvaluations } from '../analytics/open-evaluations.ts';
import { profileOf } from '../analytics/subscription-profile.ts';
import { usersOfTier } from '../analytics/tier-size.ts';
import { addDays, type Day, lastCompleteWeek, weekOf } from '../domain/day.ts';
import type { EvaluatingCustomer } from '../messages/evaluating-customer.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

/**
 * How far back evaluations are read: 365 days that all had 93 to buy price the running ones, and 90 more tell a second
 * try from a first one.
 */
const HISTORY_DAYS = 365 + 93 + 90;

/** The evaluations a digest speaks of, and who is behind them. */
export interface EvaluationHistory {
  /** False: licences were never pulled, so nothing here is known. */
  readonly isKnown: boolean;
  /** Oldest first, started from 548 days before the week until today. */
  readonly evaluations: readonly Evaluation[];
  /** What their entitlements have paid for. */
  readonly coverage: Coverage;
  /** The week of the first evaluation read: an empty week before it says nothing. */
  readonly firstWeek: Day | undefined;
  /** Who evaluates, or who bought where the evaluation was bought. */
  readonly customerOf: (
    evaluation: Evaluation,
  ) => EvaluatingCustomer & { readonly paidUsers: number | undefined };
}

/** Reads the evaluations of one app, or of all, with what they paid. */
export async function readEvaluationHistory(
  read: ReadModel,
  { app, developerId, today, week }: DigestRequest,
): Promise<EvaluationHistory> {
  const span = { developerId, appKey: app?.appKey ?? null, from: addDays(week, -HISTORY_DAYS), to: today };
  const [licenses, asOf] = await Promise.all([
    read.readEvaluations(span),
    read.readAsOf(developerId, ['licenses']),
  ]);
  const entitlements = [...new Set(licenses.map(({ entitlement }) => entitlement))];
  const lines = await read.readLinesOf(developerId, entitlements);
  const paid = paidLines(lines, licenses);
  const { list } = readEvaluations(licenses, paid);
  const licensesOf = groupByEntitlement(licenses);
  const linesOf = groupByEntitlement(lines);
  return {
    isKnown: asOf !== undefined,
    evaluations: list,
    coverage: buildCoverage(paid),
    firstWeek: list[0] && weekOf(list[0].start),
    customerOf({ license, paidEntitlement, users }) {
      const key = paidEntitlement ?? license.entitlement;
      const profile = profileOf({
        licenses: licensesOf.get(key) ?? [license],
        lines: linesOf.get(key) ?? [],
      });
      const { aliases } = licensesOf.get(key)?.[0] ?? license;
      return {
        who: profile?.who,
        country: profile?.customer.country,
        partner: license.partner?.name,
        appName: license.name,
        paidUsers: paidEntitlement === undefined ? undefined : usersOfTier(profile?.tier),
        users,
        entitlement: aliases.appEntitlementNumber ?? aliases.licenseId ?? key,
      };
    },
  };
}

/**
 * What runs today, biggest site first; undefined for any week but the newest complete one, because it is a list about
 * today, and before the first sync.
 */
export async function readRunning(
  read: ReadModel,
  { evaluations, isKnown }: EvaluationHistory,
  { developerId, now, today, week }: DigestRequest,
): Promise<OpenEvaluation[] | undefined> {
  if (week !== lastCompleteWeek(now) || !isKnown) return undefined;
  const open = openEvaluations(evaluations, today).map(({ license }) => license.entitlement);
  return openEvaluations(evaluations, today, await read.readFirstEnds(developerId, open));
}

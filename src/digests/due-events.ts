import { type PooledCustomers, pooledDue } from '../analytics/pooled-due.ts';
import type { Plan } from '../analytics/last-term.ts';
import { addDays } from '../domain/day.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

const WEEKS = 4;

/** What became of the customers due in the four weeks that end with the one told. */
export interface DueEvents {
  readonly left: readonly RecordedEvent[];
  readonly renewed: readonly RecordedEvent[];
  /** The different customers of one billing period; `counted`: how many the four weeks add up to. */
  readonly pooled: (plan: Plan, counted: number | undefined) => PooledCustomers | undefined;
}

/** Reads both lists of the four weeks. Renewals are kept for 13 weeks only: of older ones there is nothing to tell. */
export async function readDueEvents(
  read: ReadModel,
  { app, developerId, week }: DigestRequest,
): Promise<DueEvents> {
  const from = addDays(week, -7 * (WEEKS - 1));
  const span = { developerId, appKey: app?.appKey ?? null, from, to: addDays(week, 6) };
  const [left, renewed] = await Promise.all([
    read.readEvents(span, 'churn'),
    read.readEvents(span, 'renewal'),
  ]);
  const all = [...left, ...renewed];
  return {
    left,
    renewed,
    pooled: (plan, counted) =>
      counted === undefined ? undefined : pooledDue(all, { week, weeks: WEEKS, plan, counted }),
  };
}

import { paidLines } from '../analytics/counted.ts';
import { netMovements } from '../analytics/netting.ts';
import {
  type OwnThresholds,
  ownThresholds,
  type PastMovement,
  toPastMovement,
} from '../analytics/thresholds.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { Meta } from '../store/meta.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { NamedApp } from './alert.ts';

const YEAR_DAYS = 365;

async function readMovements(read: ReadModel, developerId: string, today: Day): Promise<PastMovement[]> {
  const span = { developerId, appKey: null, from: addDays(today, -YEAR_DAYS), to: today };
  const movements: PastMovement[] = [];
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { last, licenses, lines } = await read.readBookedEntitlements(span, after);
    for (const movement of netMovements(paidLines(lines, licenses))) movements.push(toPastMovement(movement));
    after = last;
    isMore = last !== undefined;
  }
  return movements;
}

const nameOf = (developerId: string): string => `alert-basis:${developerId}`;

/** What alerts of a developer space are judged by, besides what channels set. */
export interface AlertBasis {
  readonly thresholds: OwnThresholds;
  readonly apps: readonly NamedApp[];
}

interface Known extends Partial<AlertBasis> {
  readonly day?: Day;
}

async function readKnown(meta: Pick<Meta, 'read'>, developerId: string): Promise<Known> {
  return JSON.parse((await meta.read(nameOf(developerId))) ?? '{}') as Known;
}

/** The configured amount in place of the one that follows the sales. */
function withFixed({ apps, thresholds }: AlertBasis, fixed: Cents | undefined): AlertBasis {
  if (fixed === undefined) return { apps, thresholds };
  const { movements } = thresholds['large-transaction'];
  const large = { amount: fixed, source: 'fixed', movements } as const;
  return { apps, thresholds: { ...thresholds, 'large-transaction': large } };
}

/**
 * The thresholds and apps of a developer space; `fixed` is the configured threshold of large transactions. They are taken
 * from a year of sales once a day: they move slowly, and a large store takes seconds to tell them.
 */
export async function readAlertBasis(
  { meta, read }: { readonly meta: Pick<Meta, 'read' | 'record'>; readonly read: ReadModel },
  developerId: string,
  today: Day,
  fixed?: Cents,
): Promise<AlertBasis> {
  const known = await readKnown(meta, developerId);
  if (known.day === today && known.thresholds && known.apps)
    return withFixed({ thresholds: known.thresholds, apps: known.apps }, fixed);
  const movements = await readMovements(read, developerId, today);
  const thresholds = ownThresholds(movements, today);
  const apps = (await read.readApps(developerId)).map(({ appKey, name }) => ({ appKey, name }));
  // Before the first import there is nothing to go by: the next sync asks again.
  const day = movements.length > 0 ? { day: today } : {};
  await meta.record(nameOf(developerId), JSON.stringify({ ...day, thresholds, apps }));
  return withFixed({ thresholds, apps }, fixed);
}

/** What was last taken, whatever day that was; undefined before the first sync. */
export async function readLastBasis(
  meta: Pick<Meta, 'read'>,
  developerId: string,
  fixed?: Cents,
): Promise<AlertBasis | undefined> {
  const { apps, thresholds } = await readKnown(meta, developerId);
  return thresholds && apps && withFixed({ apps, thresholds }, fixed);
}

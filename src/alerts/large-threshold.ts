import { paidLines } from '../analytics/counted.ts';
import { type LargeThreshold, largeThreshold } from '../analytics/large-transaction.ts';
import { type NetMovement, netMovements } from '../analytics/netting.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { Meta } from '../store/meta.ts';
import type { ReadModel } from '../store/read-model.ts';

const YEAR_DAYS = 365;

/** What the threshold needs of a movement: a year of them is many. */
type Sale = Pick<NetMovement, 'net' | 'bookedOn'>;

async function readSales(read: ReadModel, developerId: string, today: Day): Promise<Sale[]> {
  const span = { developerId, appKey: null, from: addDays(today, -YEAR_DAYS), to: today };
  const sales: Sale[] = [];
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { last, licenses, lines } = await read.readBookedEntitlements(span, after);
    for (const { bookedOn, net } of netMovements(paidLines(lines, licenses))) sales.push({ bookedOn, net });
    after = last;
    isMore = last !== undefined;
  }
  return sales;
}

/**
 * The threshold of the large-transaction alert; `fixed` when it is configured. Otherwise it is taken from a year of
 * sales once a day: it moves slowly, and a large store takes seconds to tell it.
 */
export async function readLargeThreshold(
  { meta, read }: { readonly meta: Pick<Meta, 'read' | 'record'>; readonly read: ReadModel },
  developerId: string,
  today: Day,
  fixed: Cents | undefined,
): Promise<LargeThreshold> {
  if (fixed !== undefined) return largeThreshold([], today, fixed);
  const name = `large-threshold:${developerId}`;
  const known = JSON.parse((await meta.read(name)) ?? '{}') as { day?: Day; threshold?: LargeThreshold };
  if (known.day === today && known.threshold) return known.threshold;
  const threshold = largeThreshold(await readSales(read, developerId, today), today);
  await meta.record(name, JSON.stringify({ day: today, threshold }));
  return threshold;
}

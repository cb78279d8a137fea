import { paidLines } from '../analytics/counted.ts';
import { type LargeThreshold, largeThreshold } from '../analytics/large-transaction.ts';
import { netMovements } from '../analytics/netting.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { ReadModel } from '../store/read-model.ts';

const YEAR_DAYS = 365;

/** The threshold of the large-transaction alert as the store stands now; `fixed` when it is configured. */
export async function readLargeThreshold(
  read: ReadModel,
  developerId: string,
  today: Day,
  fixed: Cents | undefined,
): Promise<LargeThreshold> {
  const scope = { developerId, appKey: null };
  const lines = await read.readLinesBooked({ ...scope, from: addDays(today, -YEAR_DAYS), to: today });
  return largeThreshold(netMovements(paidLines(lines, await read.readLicenses(scope))), today, fixed);
}

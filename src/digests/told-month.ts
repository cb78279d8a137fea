import { addDays, addMonths, type Day } from '../domain/day.ts';

/**
 * The month a monthly digest tells: the newest of these that was over `settled` days ago or longer, so that its last days
 * had their time to arrive.
 */
export function monthToTell(months: Iterable<Day>, today: Day, settled = 0): Day | undefined {
  let newest: Day | undefined;
  for (const month of months) {
    const isOver = addDays(addMonths(month, 1), settled) <= today;
    if (isOver && (newest === undefined || month > newest)) newest = month;
  }
  return newest;
}

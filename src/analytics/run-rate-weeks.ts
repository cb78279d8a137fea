import { addDays, type Day } from '../domain/day.ts';
import type { Coverage } from './coverage.ts';
import { type Movements, movementsBetween } from './movements.ts';
import { type Endings, NO_ENDINGS } from './run-rate.ts';

/** How recurring revenue moved in one week, named by its Sunday. */
export interface WeekMovements extends Movements {
  readonly week: Day;
}

/**
 * The movements of each week, in the order given: from the Saturday before it to its own Saturday, so that what begins
 * on a Sunday belongs to that Sunday's week and the changes of neighbouring weeks add up. Nothing after `until` is
 * known yet: the running week ends there, and one that has not begun by then does not move.
 */
export function movementsByWeek(
  coverage: Coverage,
  weeks: readonly Day[],
  until: Day,
  endings: Endings = NO_ENDINGS,
): WeekMovements[] {
  const known = (day: Day) => (day < until ? day : until);
  return weeks.map((week) => ({
    week,
    ...movementsBetween(coverage, known(addDays(week, -1)), known(addDays(week, 6)), endings),
  }));
}

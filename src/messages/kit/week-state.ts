import type { WeekState } from '../../analytics/freshness.ts';
import { isHolidayWeek } from '../../analytics/usual.ts';
import { addDays, type Day } from '../../domain/day.ts';
import { type Mrkdwn, mrk } from './escape.ts';
import { percent, weekName } from './words.ts';

/** How settled numbers are, in words; `usual` says how complete they usually are by then. */
export function stateWords(state: WeekState, usual = ''): string {
  const words: Record<WeekState, string> = {
    open: 'not over yet, so incomplete',
    provisional: `provisional: late events are still expected${usual}`,
    settling: `settling: small corrections are still possible${usual}`,
    final: 'final',
  };
  return words[state];
}

/**
 * How settled a week's numbers are: Atlassian links events to licences 48 to 72 hours late and restates for weeks.
 * `completeness`: the share usually known of weeks this fresh, from our own observations; above 1 where numbers are
 * taken back later. The year is the one
 * in which the week ends.
 */
export function weekNote(week: Day, state: WeekState, completeness?: number): Mrkdwn {
  const usual =
    completeness === undefined ? '' : `; weeks this fresh are usually ${usualWords(completeness)}`;
  const holiday = isHolidayWeek(week) ? ', a holiday week (25 Dec or 1 Jan)' : '';
  return mrk`Week Sun\u2013Sat ${weekName(week)} ${addDays(week, 6).slice(0, 4)} (UTC)${holiday}, ${stateWords(state, usual)}`;
}

/** "94 % complete", "complete", "2 % too high": within half a percent of 1 it is complete. */
function usualWords(completeness: number): string {
  const off = Math.round((completeness - 1) * 1000) / 1000;
  if (Math.abs(off) < 0.005) return 'complete';
  return off > 0 ? `${percent(off, 1)} too high` : `${percent(completeness, 1)} complete`;
}

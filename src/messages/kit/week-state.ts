import type { WeekState } from '../../analytics/freshness.ts';
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
 * `completeness`: the share usually known of weeks this fresh, 0 to 1, from our own observations. The year is the one
 * in which the week ends.
 */
export function weekNote(week: Day, state: WeekState, completeness?: number): Mrkdwn {
  const usual =
    completeness === undefined ? '' : `; weeks this fresh are usually ${percent(completeness, 1)} complete`;
  return mrk`Week Sun\u2013Sat ${weekName(week)} ${addDays(week, 6).slice(0, 4)} (UTC), ${stateWords(state, usual)}`;
}

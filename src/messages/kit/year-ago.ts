import type { Day } from '../../domain/day.ts';
import { type Mrkdwn, mrk } from './escape.ts';
import { changedBy } from './words.ts';

/**
 * Four weeks and the same ones a year (52 weeks) before; the four end with `until`, the week told or, while that is
 * filling, the one before it.
 */
export interface YearAgo {
  readonly until: Day;
  readonly now: number;
  readonly before: number;
}

/** "; a year ago 171 (-31 %)"; of weeks that end before the one told, with what they are compared with. */
export function yearWords(week: Day, yearAgo: YearAgo | undefined): Mrkdwn {
  if (!yearAgo) return mrk``;
  const { before, now, until } = yearAgo;
  const change = now === before ? '' : changedBy(now, before);
  const which = until === week ? '' : `the 4 weeks before this one: ${now.toLocaleString('en-US')}, `;
  return mrk`; ${which}a year ago ${before.toLocaleString('en-US')}${change}`;
}

import type { Day } from '../../domain/day.ts';
import { customer, join, type Mrkdwn, mrk } from './escape.ts';
import { count, weekName } from './words.ts';

/** A past week whose number is no longer what the last digest said. */
export interface ChangedWeek {
  readonly week: Day;
  readonly before: number;
  readonly after: number;
  /** Who is behind it, as far as names are known. */
  readonly who?: readonly string[];
}

function digits(value: number): string {
  return value.toLocaleString('en-US');
}

/** Names in a row, at most `limit` of them: "Globex, Initech and 2 more". */
export function names(list: readonly string[], limit = 3): Mrkdwn {
  const shown = list.slice(0, limit).map((name) => customer(name));
  const rest = list.length - shown.length;
  return rest > 0 ? mrk`${join(shown, ', ')} and ${rest} more` : join(shown, ', ');
}

/**
 * "Changed since my last digest: week 2-8 Mar from 5 to 7 (Globex, Initech)". Undefined when this is the first
 * digest; a sentence that nothing changed when it is not.
 */
export function changedLine(changes: readonly ChangedWeek[] | undefined, noun: string): Mrkdwn | undefined {
  if (changes === undefined) return undefined;
  if (changes.length === 0) return mrk`*Changed since my last digest:* nothing in the weeks I told`;
  const weeks = changes.slice(0, 3).map(({ after, before, week, who }) => {
    const people = who && who.length > 0 ? mrk` (${names(who)})` : mrk``;
    return before === after
      ? mrk`week ${weekName(week)} still ${digits(after)}, but not the same ones${people}`
      : mrk`week ${weekName(week)} from ${digits(before)} to ${digits(after)}${people}`;
  });
  const rest = changes.length > 3 ? mrk`; and ${count(changes.length - 3, 'more week')}` : mrk``;
  return mrk`*Changed since my last digest*, ${noun}: ${join(weeks, '; ')}${rest}`;
}

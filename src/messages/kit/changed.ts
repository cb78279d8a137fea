import type { Day } from '../../domain/day.ts';
import type { Message } from '../../domain/message.ts';
import { customer, join, type Mrkdwn, mrk } from './escape.ts';
import { tableReplies } from './table-replies.ts';
import { count, weekName } from './words.ts';

/** A past week whose number is no longer what the last digest said, or that no digest told. */
export interface ChangedWeek {
  readonly week: Day;
  /** `untold`: nobody ran the digest then. */
  readonly before: number | 'untold';
  /** Undefined: there is no number, or none any more. */
  readonly after: number | undefined;
  /** Of how many, then and now. */
  readonly whole?: { readonly before: number | undefined; readonly after: number | undefined };
  /** Who is behind it, as far as names are known. */
  readonly who?: readonly string[];
}

/** How many weeks fit into a sentence; the others are in the thread. */
const SHOWN_WEEKS = 3;
const SHOWN_NAMES = 3;

function partOf(value: number | undefined, whole: number | undefined, none: string): string {
  if (value === undefined) return none;
  const part = value.toLocaleString('en-US');
  return whole === undefined ? part : `${part} of ${whole.toLocaleString('en-US')}`;
}

/** Names in a row, at most `limit` of them: "Globex, Initech and 2 more". */
export function names(list: readonly string[], limit = SHOWN_NAMES): Mrkdwn {
  const shown = list.slice(0, limit).map((name) => customer(name));
  const rest = list.length - shown.length;
  return rest > 0 ? mrk`${join(shown, ', ')} and ${rest} more` : join(shown, ', ');
}

function changeOf({ after, before, week, who, whole }: ChangedWeek): Mrkdwn {
  const people = who && who.length > 0 ? mrk` (${names(who)})` : mrk``;
  const now = partOf(after, whole?.after, 'no number any more');
  if (before === 'untold') return mrk`week ${weekName(week)} ${partOf(after, whole?.after, 'not known')}`;
  const then = partOf(before, whole?.before, '');
  return then === now
    ? mrk`week ${weekName(week)} still ${now}, but not the same ones${people}`
    : mrk`week ${weekName(week)} from ${then} to ${now}${people}`;
}

function listed(changes: readonly ChangedWeek[]): Mrkdwn {
  const rest = changes.length - SHOWN_WEEKS;
  const more = rest > 0 ? mrk`; and ${count(rest, 'more week')}, in the thread` : mrk``;
  return mrk`${join(changes.slice(0, SHOWN_WEEKS).map(changeOf), '; ')}${more}`;
}

/** Changes of one kind of number, newest first; undefined before the first digest. */
export interface ChangedNumbers {
  readonly noun: string;
  readonly changes: readonly ChangedWeek[] | undefined;
}

const isUntold = ({ before }: ChangedWeek) => before === 'untold';

/** "*Title*, noun: ..." for one kind, a line for each of several. */
function told(title: string, kinds: readonly { noun: string; weeks: readonly ChangedWeek[] }[]): Mrkdwn {
  const [only, ...others] = kinds;
  if (only && others.length === 0) return mrk`*${title}*, ${only.noun}: ${listed(only.weeks)}`;
  return mrk`*${title}*\n${join(
    kinds.map(({ noun, weeks }) => mrk`${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${listed(weeks)}`),
    '\n',
  )}`;
}

/**
 * "Changed since my last digest, cancellations: week 2-8 Mar from 5 to 7 (Globex, Initech)", with the weeks that no
 * digest told. Undefined when this is the first digest; a sentence that nothing changed when it is not.
 */
export function changedLines(numbers: readonly ChangedNumbers[]): Mrkdwn | undefined {
  if (numbers.every(({ changes }) => changes === undefined)) return undefined;
  const kindsOf = (isWanted: (change: ChangedWeek) => boolean) =>
    numbers
      .map(({ changes = [], noun }) => ({ noun, weeks: changes.filter(isWanted) }))
      .filter(({ weeks }) => weeks.length > 0);
  const restated = kindsOf((change) => !isUntold(change));
  const untold = kindsOf(isUntold);
  const line =
    restated.length > 0
      ? told('Changed since my last digest', restated)
      : mrk`*Changed since my last digest:* nothing in the weeks I told`;
  return untold.length === 0
    ? line
    : mrk`${line}\n${told('Not told before, because no digest was posted', untold)}`;
}

/** The same of one kind of number. */
export function changedLine(changes: readonly ChangedWeek[] | undefined, noun: string): Mrkdwn | undefined {
  return changedLines([{ changes, noun }]);
}

/** All of them, with all names, where the line of the parent message cannot hold them. */
export function changedReplies(changes: readonly ChangedWeek[] | undefined, noun: string): Message[] {
  const list = changes ?? [];
  const isShort = list.length <= SHOWN_WEEKS && list.every(({ who = [] }) => who.length <= SHOWN_NAMES);
  if (isShort) return [];
  return tableReplies({
    caption: `What changed since my last digest, ${noun}, newest week first`,
    sentence: mrk`${count(list.length, 'week reads', 'weeks read')} differently from what I told, ${noun}.`,
    columns: [
      { title: 'Week', cell: ({ week }) => weekName(week) },
      {
        title: 'Told',
        cell: ({ before, whole }) => (before === 'untold' ? 'not told' : partOf(before, whole?.before, '-')),
      },
      { title: 'Now', cell: ({ after, whole }) => partOf(after, whole?.after, 'no number') },
      { title: 'Who came (+) and went (-)', cell: ({ who = [] }) => who.join(', ') || '-' },
    ],
    rows: list,
  });
}

import type { WeekState } from '../analytics/freshness.ts';
import type { Assessment } from '../analytics/usual.ts';
import type { WeekValue } from '../analytics/weekly-series.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { Block, Message, ThreadedMessage } from '../domain/message.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine, changedReplies } from './kit/changed.ts';
import { chart } from './kit/chart.ts';
import { weekAxis, withoutOpen } from './kit/charted-weeks.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { scatterVerdict } from './kit/money-comparison.ts';
import { tableReplies } from './kit/table-replies.ts';
import { readAge, type Unread, unreadNote } from './kit/unread.ts';
import { stateWords } from './kit/week-state.ts';
import { changedBy, count, shortDate, signedCount, weekName } from './kit/words.ts';

/** Installations of the week, and by how much they changed; undefined: not known. */
export interface Installations {
  readonly installs: number | undefined;
  /** Against the week before, beside the changes of the weeks before that. */
  readonly change: Assessment;
}

/** Everything the installs digest says. */
export interface InstallsDigest extends Installations {
  readonly scope: string;
  readonly asks: string;
  /** Its Monday: weeks of installations begin on one, unlike all others. */
  readonly monday: Day;
  readonly state: WeekState;
  /** Four weeks, and 52, before. */
  readonly fourWeeksAgo: number | undefined;
  readonly yearAgo: number | undefined;
  /** The newest week before this one of which the number is known; undefined without any. */
  readonly newestBefore: { readonly monday: Day; readonly installs: number } | undefined;
  /** Changes against the week before, by their Mondays, oldest first. */
  readonly weeklyChanges: readonly WeekValue[];
  /** Most changed first; empty for a digest about one app. */
  readonly byApp: readonly (Installations & { readonly app: string })[];
  readonly changes: readonly ChangedWeek[] | undefined;
  readonly unread: readonly Unread[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

function changeComparison(change: Assessment): Mrkdwn {
  const { high, low, usual } = change;
  if (usual === undefined || low === undefined || high === undefined) return scatterVerdict(change);
  return mrk`usual change ${signedCount(usual)} (range ${signedCount(low)} to ${signedCount(high)}): ${scatterVerdict(change)}`;
}

function changeWords(change: number | undefined): string {
  if (change === undefined) return '';
  if (change === 0) return ', as many as the week before';
  return `, ${Math.abs(change).toLocaleString('en-US')} ${change > 0 ? 'more' : 'fewer'} than the week before`;
}

function unknownVerdict({ newestBefore, unread }: InstallsDigest): Mrkdwn {
  if (unread.length > 0) return mrk`*Installations have not been read yet.*`;
  const last =
    newestBefore === undefined
      ? ''
      : ` The newest known week, ${weekName(newestBefore.monday)}, has ${newestBefore.installs.toLocaleString('en-US')}.`;
  return mrk`*Atlassian has not published this week's installations yet.*${last}`;
}

function verdict(digest: InstallsDigest): Mrkdwn {
  const { change, installs, state } = digest;
  if (installs === undefined) return unknownVerdict(digest);
  const early = state === 'open' ? mrk` So far: the week is not over.` : mrk``;
  return mrk`*${count(installs, 'active installation')}${changeWords(change.value)}*; ${changeComparison(change)}.${early}`;
}

function facts({ fourWeeksAgo, installs, yearAgo }: InstallsDigest): Mrkdwn[] {
  if (installs === undefined) return [];
  const since = (title: string, before: number | undefined) =>
    before === undefined
      ? []
      : [
          mrk`*${title}*\n${before.toLocaleString('en-US')}; ${signedCount(installs - before)} since${changedBy(installs, before)}`,
        ];
  return [...since('Four weeks ago', fourWeeksAgo), ...since('A year ago', yearAgo)];
}

/** "1 grew, 2 shrank, 1 did not change, 1 not known". */
function movedWords({ byApp }: InstallsDigest): string {
  const moved = (sign: number) =>
    byApp.filter(({ change }) => Math.sign(change.value ?? Number.NaN) === sign).length;
  const unknown = byApp.length - moved(1) - moved(-1) - moved(0);
  const rest = unknown > 0 ? `, ${unknown} not known` : '';
  return `${moved(1)} grew, ${moved(-1)} shrank, ${moved(0)} did not change${rest}`;
}

/** " (usually -5 to +20): *higher than usual*"; nothing where too little is known. */
function besideUsual({ high, low, verdict }: Assessment): Mrkdwn {
  if (low === undefined || high === undefined) return mrk``;
  const flag = verdict === 'higher' || verdict === 'lower' ? mrk`: *${verdict} than usual*` : mrk``;
  return mrk` (usually ${signedCount(low)} to ${signedCount(high)})${flag}`;
}

function isUnusual({ change: { verdict } }: Installations): boolean {
  return verdict === 'higher' || verdict === 'lower';
}

function appLines(digest: InstallsDigest): Mrkdwn | undefined {
  const { byApp } = digest;
  if (byApp.length < 2) return undefined;
  const lines = byApp.slice(0, 3).map((one) => {
    const known = one.installs === undefined ? 'not known' : one.installs.toLocaleString('en-US');
    const moved = one.change.value === undefined ? '' : `, ${signedCount(one.change.value)}`;
    return mrk`• *${escape(one.app, 60)}*: ${known}${moved}${besideUsual(one.change)}`;
  });
  const rest = byApp.slice(3);
  const flagged = rest.filter(isUnusual).length;
  const note = flagged > 0 ? ` (${flagged} outside the usual range)` : '';
  const more = rest.length > 0 ? mrk`\nand ${count(rest.length, 'more app')} in the thread${note}` : mrk``;
  return mrk`*By app, most changed first*: ${movedWords(digest)}\n${join(lines, '\n')}${more}`;
}

/** By how much they changed: the number itself would be a nearly level line above zero. */
function weeklyChart({ monday, state, weeklyChanges }: InstallsDigest): Block | undefined {
  const shown = withoutOpen(weeklyChanges, { week: monday, state });
  return chart({
    kind: 'bar',
    title: 'Installations gained or lost a week',
    categories: shown.map(({ week }) => shortDate(week)),
    series: [{ name: 'Change', values: shown.map(({ value }) => value) }],
    xLabel: weekAxis({ week: monday, state }, 'Monday'),
    yLabel: 'More or fewer than the week before',
  });
}

function numberCell(value: number | undefined) {
  return value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
}

function changeCell(value: number | undefined) {
  return value === undefined ? '-' : { value, text: signedCount(value) };
}

const BESIDE: Readonly<Record<Assessment['verdict'], string>> = {
  within: 'within the usual range',
  higher: 'higher than usual',
  lower: 'lower than usual',
  'too early': 'still filling',
  'no history': 'too few weeks before',
  unknown: 'not known yet',
};

function appTable({ byApp, installs = 0, monday }: InstallsDigest): Message[] {
  if (byApp.length < 2) return [];
  const named = byApp.reduce((sum, one) => sum + (one.installs ?? 0), 0);
  const rest = installs - named;
  const nameless = rest === 0 ? '' : `; ${rest.toLocaleString('en-US')} more are of no app that is named`;
  return tableReplies({
    caption: `Active installations by app, ${weekName(monday)}, most changed first`,
    sentence: mrk`${count(named, 'active installation')} by app, and by how much they changed in the week${nameless}.`,
    columns: [
      { title: 'App', cell: ({ app }) => clean(app, 60) },
      { title: 'Installations', cell: ({ installs }) => numberCell(installs) },
      { title: 'Change', cell: ({ change }) => changeCell(change.value) },
      {
        title: 'Usual range',
        cell: ({ change: { high, low } }) =>
          low === undefined || high === undefined ? '-' : `${signedCount(low)} to ${signedCount(high)}`,
      },
      { title: 'Beside it', cell: ({ change }) => BESIDE[change.verdict] },
    ],
    rows: byApp,
  });
}

/** The weekly digest of active installations: how many, by how much they changed, and whether that is usual. */
export function installsDigest(digest: InstallsDigest): ThreadedMessage {
  const { asks, asOf, byApp, change, changes, installs, monday, now, scope, state, unread } = digest;
  const isQuiet =
    installs === undefined ||
    (change.value === 0 && !isUnusual(digest) && byApp.every((one) => one.change.value === 0));
  const sentence = verdict(digest);
  const shownFacts = isQuiet ? [] : facts(digest);
  const apps = isQuiet ? undefined : appLines(digest);
  const changed = changedLine(changes, 'installations');
  const parent = message(mrk`Installations ${weekName(monday)}, ${scope}: ${sentence}`, [
    header(`Installations, ${weekName(monday)}, ${scope}`),
    section(sentence),
    shownFacts.length > 0 ? fields(shownFacts) : undefined,
    apps && section(apps),
    isQuiet ? undefined : weeklyChart(digest),
    changed && section(changed),
    unreadNote(unread),
    context(
      join(
        [
          readAge(asOf, now),
          mrk`Weeks of installations begin on Monday: ${weekName(monday)} ${addDays(monday, 6).slice(0, 4)} (UTC), ${stateWords(state)}`,
        ],
        ' · ',
      ),
    ),
    actions([
      ...(byApp.length > 1 && !isQuiet ? [{ label: 'By App', asks: `${asks} ${monday} details` }] : []),
      { label: 'Week Before', asks: `${asks} ${addDays(monday, -7)}` },
      { label: 'Explain', asks: 'explain installs' },
    ]),
  ]);
  return threaded(parent, [
    ...(isQuiet ? [] : appTable(digest)),
    ...changedReplies(changes, 'installations'),
  ]);
}

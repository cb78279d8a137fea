import type { Replay, ReplayedAlert } from '../alerts/replay-alerts.ts';
import { ALERT_IDS } from '../domain/alert-rules.ts';
import type { Day } from '../domain/day.ts';
import { padToWidth } from './display-width.ts';

/** What a reader has to know to judge a replay. */
export interface ReplayFrame {
  /** When the transactions were first imported. */
  readonly importedOn: Day | undefined;
  /** How channels are called, by id. */
  readonly channelNames: Readonly<Record<string, string>>;
}

function alertLine(
  { channel, day, rule, title, what, why }: ReplayedAlert,
  names: ReplayFrame['channelNames'],
): string {
  const again = what === 'again' ? ' (told again: its amount moved)' : '';
  return `${day}  ${padToWidth(rule, 17, 'right')}  ${title}${again}\n${' '.repeat(31)}${why ?? 'a change of what was told'} · ${names[channel] ?? channel}`;
}

function weekTable({ alerts, rules, weeks }: Replay): string[] {
  const shown = ALERT_IDS.filter((rule) => rules[rule] !== undefined);
  const widths = shown.map((rule) => rule.length);
  const row = (first: string, cells: readonly string[], all: string, messages: string): string =>
    [
      padToWidth(first, 10, 'right'),
      ...cells.map((cell, index) => padToWidth(cell, widths[index] ?? 0, 'left')),
      padToWidth(all, 6, 'left'),
      padToWidth(messages, 8, 'left'),
    ].join('  ');
  const sent = weeks.reduce((sum, { messages }) => sum + messages, 0);
  return [
    row('Week', shown, 'Alerts', 'Messages'),
    ...weeks.map(({ alerts: all, messages, rules: own, week }) =>
      row(
        week,
        shown.map((rule) => String(own[rule] ?? '-')),
        String(all),
        String(messages),
      ),
    ),
    row(
      'All',
      shown.map((rule) => String(rules[rule] ?? 0)),
      String(alerts.length),
      String(sent),
    ),
  ];
}

/** A replay as a person reads it: when what would have fired and why, then the counts per week and rule. */
export function replayText(replay: Replay, { channelNames, importedOn }: ReplayFrame): string {
  const { alerts, failures, since, until } = replay;
  return [
    `What the rules would have said from ${since} to ${until}, at one sync a day, with today's thresholds and settings;`,
    'quiet hours and mutes aside. Nothing is posted.',
    ...(importedOn !== undefined && importedOn >= since
      ? [
          `Transactions were first imported on ${importedOn}. Before that, sales, events and feedback count from the day they`,
          'name, as they read at the import; changes of licences and payments, and evaluations, are not known.',
        ]
      : []),
    '',
    ...alerts.map((alert) => alertLine(alert, channelNames)),
    ...(alerts.length === 0 ? ['Nothing would have been said.'] : ['', ...weekTable(replay)]),
    ...failures.map(({ day, error, rule }) => `${day}  ${rule} failed: ${error}`),
  ].join('\n');
}

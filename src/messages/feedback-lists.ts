import { totalVoices, type Voice, type VoiceGroup } from '../analytics/voices.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { sumCents } from '../domain/money.ts';
import { message, section } from './kit/blocks.ts';
import { clean, customer, join, type Mrkdwn, mrk, quote } from './kit/escape.ts';
import type { TableColumn } from './kit/table.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, dollars, exactDollars, shortDate, weekName } from './kit/words.ts';

/** A piece of feedback with the name of its app: the feedback itself carries a key alone. */
export interface NamedVoice extends Voice {
  readonly appName: string;
}

/** The pieces that give one reason, or are about one app, beside what is usual for it. */
export interface UsualGroup extends VoiceGroup {
  readonly assessment: CountAssessment;
}

/** Quotes of one reply: more would not be read. */
const QUOTES = 12;

const DONE: Readonly<Record<string, string>> = {
  uninstall: 'uninstalled',
  unsubscribe: 'unsubscribed',
  disable: 'disabled',
};

/** What somebody did, in a word: the list of the API is open. */
export function doneWords(type: string | undefined): string {
  return DONE[type ?? ''] ?? type ?? 'unknown';
}

/** A group outside its usual range. */
export function isUnusual({ assessment: { verdict } }: UsualGroup): boolean {
  return verdict === 'higher' || verdict === 'lower';
}

/** The pieces with words of their own, in the order given. */
export function quotesOf(voices: readonly NamedVoice[]): NamedVoice[] {
  return voices.filter(({ feedback }) => (feedback.message ?? '').trim() !== '');
}

/** "Acme GmbH (App 1, $1,879 a year): “Support took nine days.”"; contact data in the words is left out. */
export function saidBy({ appName, feedback, isPaying, profile, yearly }: NamedVoice): Mrkdwn {
  const who = feedback.entitlement === '' ? mrk`Somebody without a subscription` : customer(profile?.who);
  const worth = yearly > 0 ? `, ${dollars(yearly)} a year` : isPaying ? ', paying' : '';
  return mrk`• *${who}* (${clean(appName, 60)}${worth}): “${quote(feedback.message ?? '')}”`;
}

/** All that was said, paying customers first. */
export function allQuotes(voices: readonly NamedVoice[]): Message {
  const spoken = quotesOf(voices);
  const sentence = mrk`What they said, paying customers first.`;
  const rest = spoken.length > QUOTES ? mrk`\nand ${spoken.length - QUOTES} more` : mrk``;
  const lines = join(spoken.slice(0, QUOTES).map(saidBy), '\n');
  return message(sentence, [section(mrk`*${sentence}*\n${lines}${rest}`)]);
}

function rangeOf({ assessment: { high, low } }: UsualGroup): string {
  return low === undefined || high === undefined ? '-' : `${low} to ${high}`;
}

function groupColumns(title: string, nobody: string): TableColumn<UsualGroup>[] {
  return [
    { title, cell: ({ key }) => clean(key ?? nobody, 80) },
    {
      title: 'Pieces',
      cell: ({ count: number }) => ({ value: number, text: number.toLocaleString('en-US') }),
    },
    { title: 'Usual range', cell: rangeOf },
    { title: 'Of paying', cell: ({ paying }) => ({ value: paying, text: paying.toLocaleString('en-US') }) },
    {
      title: 'Our share $ a year',
      cell: ({ yearly }) => ({ value: yearly / 100, text: exactDollars(yearly) }),
    },
  ];
}

function piecesOf(groups: readonly UsualGroup[]): number {
  return groups.reduce((sum, { count: number }) => sum + number, 0);
}

/** Every reason of the week with the money behind it; nothing for a single one, which the parent tells. */
export function reasonTable(week: Day, reasons: readonly UsualGroup[]): Message[] {
  if (reasons.length < 2) return [];
  const total = sumCents(reasons.map(({ yearly }) => yearly));
  return tableReplies({
    caption: `Reasons given ${weekName(week)}, most money first`,
    sentence: mrk`${count(reasons.length, 'reason')} of ${count(piecesOf(reasons), 'piece')}, ${exactDollars(total)} a year behind them together. A customer that gave several counts with its latest.`,
    columns: groupColumns('Reason', 'No reason given'),
    rows: reasons,
    amountOf: ({ yearly }) => yearly,
  });
}

/** Feedback by app; nothing for a single one. */
export function appTable(week: Day, apps: readonly UsualGroup[]): Message[] {
  if (apps.length < 2) return [];
  const total = sumCents(apps.map(({ yearly }) => yearly));
  return tableReplies({
    caption: `Feedback by app, ${weekName(week)}, most money first`,
    sentence: mrk`${count(piecesOf(apps), 'piece')} of feedback by app, ${exactDollars(total)} a year behind them together, and what is usual for each.`,
    columns: groupColumns('App', '-'),
    rows: apps,
    amountOf: ({ yearly }) => yearly,
  });
}

/** Every piece of the week: who gave it, about what, and why. */
export function voiceTable(week: Day, voices: readonly NamedVoice[]): Message[] {
  const { yearly } = totalVoices(voices);
  const all = voices.length === 1 ? 'The only piece' : `All ${count(voices.length, 'piece')}`;
  return tableReplies({
    caption: `Feedback ${weekName(week)}, paying customers first`,
    sentence: mrk`${all} of feedback, ${exactDollars(yearly)} a year behind ${voices.length === 1 ? 'it' : 'them together'}.`,
    columns: [
      {
        title: 'Customer',
        cell: ({ feedback, profile }: NamedVoice) =>
          feedback.entitlement === ''
            ? 'Without a subscription'
            : clean(profile?.who ?? 'Without a name', 60),
      },
      { title: 'App', cell: ({ appName }) => clean(appName, 60) },
      {
        title: 'What and why',
        cell: ({ feedback }) =>
          [doneWords(feedback.feedbackType), feedback.reason ?? feedback.reasonKey]
            .filter((part) => part !== undefined)
            .join(', '),
      },
      {
        title: 'Our share $ a year',
        cell: (voice) => ({ value: voice.yearly / 100, text: exactDollars(voice.yearly) }),
      },
      { title: 'Day', cell: ({ feedback }) => shortDate(feedback.date) },
    ],
    rows: voices,
    amountOf: (voice) => voice.yearly,
  });
}

import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { message, section } from './kit/blocks.ts';
import { escape, join, mrk } from './kit/escape.ts';
import { quoted } from './kit/words.ts';

/** More app names than this make a list that nobody reads. */
const SHOWN = 12;

/** The answer to a digest asked for an app that is none: what was understood, and what there is. */
export function badArgument(slash: string, digest: string, text: string, apps: readonly string[]): Message {
  const more = apps.length > SHOWN ? mrk` and ${apps.length - SHOWN} more` : mrk``;
  const shown = join(
    apps.slice(0, SHOWN).map((app) => mrk`*${app}*`),
    ', ',
  );
  const known =
    apps.length === 0
      ? mrk`No app is known yet: the first sync has not finished.`
      : mrk`The apps are ${shown}${more}.`;
  const example =
    apps[0] === undefined ? mrk`` : mrk` Example: \`${escape(`${slash} ${digest} ${quoted(apps[0])}`)}\`.`;
  const search = mrk` To look for a customer, type \`${escape(`${slash} lookup`)}\` and the name.`;
  const sentence = mrk`I took "${text}" for an app, but none of yours is called so. ${known}${example}${search}`;
  return message(sentence, [section(sentence)]);
}

/** The answer to a digest asked for a day that is none, or that has not come: what was understood, and what to type. */
export function badDate(
  slash: string,
  digest: string,
  text: string,
  problem: 'unreadable' | 'future' | 'too early',
  newest: Day,
): Message {
  const understood = {
    future: mrk`"${text}" is in the future: there is nothing to tell yet.`,
    'too early': mrk`"${text}" is before the Marketplace sold anything.`,
    unreadable: mrk`I took "${text}" for a date, but cannot read it.`,
  }[problem];
  const example = mrk`\`${escape(`${slash} ${digest} ${newest}`)}\``;
  const sentence = mrk`${understood} Give a day as year-month-day: ${example} is the newest complete week.`;
  return message(sentence, [section(sentence)]);
}

/** The answer to a list asked for something that is no number of days: what was understood, and what to type. */
export function badDays(slash: string, command: string, text: string, usual: number): Message {
  const sentence = mrk`I took "${text}" for a number of days, but cannot read it. Example: \`${escape(`${slash} ${command} ${usual}`)}\`. To look for a customer, type \`${escape(`${slash} lookup`)}\` and the name.`;
  return message(sentence, [section(sentence)]);
}

import type { Message } from '../domain/message.ts';
import { message, section } from './kit/blocks.ts';
import { escape, join, mrk } from './kit/escape.ts';
import { quoted } from './kit/words.ts';

/** The answer to a digest asked for an app that is none: what was understood, and what there is. */
export function badArgument(slash: string, digest: string, text: string, apps: readonly string[]): Message {
  const known =
    apps.length === 0
      ? mrk`No app is known yet: the first sync has not finished.`
      : mrk`The apps are ${join(
          apps.slice(0, 12).map((app) => mrk`*${app}*`),
          ', ',
        )}.`;
  const example =
    apps[0] === undefined ? mrk`` : mrk` Example: \`${escape(`${slash} ${digest} ${quoted(apps[0])}`)}\`.`;
  const sentence = mrk`I took "${text}" for an app, but none of yours is called so. ${known}${example}`;
  return message(sentence, [section(sentence)]);
}

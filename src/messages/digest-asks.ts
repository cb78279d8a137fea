import type { Message } from '../domain/message.ts';
import { actions, message, section } from './kit/blocks.ts';
import { escape, type Mrkdwn, mrk } from './kit/escape.ts';

function asks(sentence: Mrkdwn): Message {
  return message(sentence, [section(sentence), actions([{ label: 'All Commands', asks: 'help' }])]);
}

function notOne(typed: string): Mrkdwn {
  return typed === '' ? mrk`Say which digest` : mrk`"${escape(typed, 80)}" names no digest: say which`;
}

/** What a preview takes, for who named no digest. */
export function previewAsks(slash: string, typed: string): Message {
  return asks(mrk`${notOne(typed)}, for example \`${escape(slash)} preview churn\`.`);
}

/** What posting a digest now takes, for who named none. */
export function digestAsks(slash: string, typed: string): Message {
  return asks(
    mrk`${notOne(typed)}, for example \`${escape(slash)} digest churn now\` to post it here, or \`${escape(slash)} churn\` to see it alone.`,
  );
}

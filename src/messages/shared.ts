import type { Message } from '../domain/message.ts';
import { type Button, context, message, section, withControl } from './kit/blocks.ts';
import { escape, type Mrkdwn, mrk } from './kit/escape.ts';
import { LIMITS } from './kit/limits.ts';

const USER = /^[UW][A-Z0-9]+$/;

/** Who shared it, by a mention of themselves alone. */
function person(userId: string): Mrkdwn {
  return USER.test(userId) ? { mrkdwn: `<@${userId}>` } : mrk`somebody`;
}

/** An answer with the button that posts it for all in the channel; `asks`: how the same answer is asked for. */
export function withShareButton(answer: Message, asks: string): Message {
  const button: Button = { label: 'Share in Channel', asks: `share ${asks}` };
  if (button.asks.length > LIMITS.buttonValue) return answer;
  return { ...answer, blocks: withControl(answer.blocks, button) };
}

/** An answer as everybody in the channel sees it: with the name of who shared it. */
export function shared(answer: Message, userId: string): Message {
  const by = mrk`Shared by ${person(userId)}`;
  return { text: `${answer.text} ${by.mrkdwn}.`, blocks: [...answer.blocks, context(by)] };
}

/** What became of sharing. */
export type SharingOutcome = 'posted' | 'known' | 'not-here' | 'nothing' | 'what';

/** Said to who shared. */
export function sharing(outcome: SharingOutcome, slash: string): Message {
  const sentence = {
    posted: mrk`Shared: it is posted in this channel for all, with your name and without contacts.`,
    known: mrk`It is shared already: one click posts it once.`,
    'not-here': mrk`Nothing can be shared here. Ask in a channel I post to, and share it there.`,
    nothing: mrk`There is nothing to share: only a customer or a digest that I found can be posted for all, and addresses of people never are.`,
    what: mrk`Share what? Type what you would ask otherwise: \`${escape(`${slash} share acme`)}\` or \`${escape(`${slash} share churn`)}\`.`,
  }[outcome];
  return message(sentence, [section(sentence)]);
}

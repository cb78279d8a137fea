import type { Message } from '../domain/message.ts';
import { message, section } from './kit/blocks.ts';
import { escape, mrk } from './kit/escape.ts';

/** The answer to asking for a sync. */
export function syncRequested(outcome: 'started' | 'running' | 'unavailable', slash: string): Message {
  const status = mrk`\`${escape(slash)} status\``;
  const sentences = {
    started: mrk`A sync has started. ${status} tells when it is done; alerts come by themselves.`,
    running: mrk`A sync is already under way. ${status} tells when it is done.`,
    unavailable: mrk`No sync can be started from here: the bot is not connected to the Marketplace.`,
  };
  return message(sentences[outcome], [section(sentences[outcome])]);
}

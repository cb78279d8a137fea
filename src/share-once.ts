import { createHash } from 'node:crypto';
import type { Instant } from './domain/day.ts';
import type { Message } from './domain/message.ts';
import type { Outbox } from './store/outbox.ts';

/** What is shared where, and what was done to share it: the message whose button was clicked, or the typed command. */
export interface Sharing {
  readonly channel: string;
  readonly origin: string;
  /** What the button asks: a message may have several. */
  readonly asked: string;
  readonly message: Message;
}

/** Posts through the outbox. The same button of the same message does so once, however often it is clicked. */
export async function shareOnce(
  outbox: Pick<Outbox, 'enqueue'>,
  { asked, channel, message, origin }: Sharing,
  now: Instant,
): Promise<'posted' | 'known'> {
  const what = createHash('sha256').update(asked).digest('hex').slice(0, 12);
  const key = `share/1/${channel}/${origin}/${what}`;
  const { added } = await outbox.enqueue([{ key, kind: 'reply', channel, message }], now);
  return added > 0 ? 'posted' : 'known';
}

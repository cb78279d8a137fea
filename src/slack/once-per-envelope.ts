import type { App } from '@slack/bolt';
import type { createSeen } from './seen.ts';

type Middleware = Parameters<App['use']>[0];

/** Lets every envelope of Socket Mode in once, and none while the bot is `stopping`. */
export function oncePerEnvelope(seen: ReturnType<typeof createSeen>, stopping: () => boolean): Middleware {
  const open = new Set<unknown>();
  return async ({ context, next, ...args }) => {
    const envelopeId: unknown = context['envelopeId'];
    const isRepeated = typeof envelopeId === 'string' && !seen.note(envelopeId);
    if (isRepeated) {
      // Slack delivers an envelope again when it saw no ack. While the first delivery is being handled its ack, which
      // may carry the answer, is still to come, and an empty one now would be taken for it.
      const isOpen = open.has(envelopeId);
      if (!isOpen && 'ack' in args && typeof args.ack === 'function') await args.ack();
    } else if (!stopping()) {
      open.add(envelopeId);
      try {
        await next();
      } finally {
        open.delete(envelopeId);
      }
    }
  };
}

import { previewAsks } from '../messages/digest-asks.ts';
import type { Command } from './command.ts';
import { resolveCommand } from './resolve-command.ts';

/** `/pulse preview churn "App 1"`: a digest as a channel would get it, to the asker alone. */
export function createPreview(digests: readonly Command[]): Command {
  return {
    words: ['preview'],
    usage: '<digest> [app]',
    summary: 'a digest as a channel would get it, shown to you alone',
    reads: [],
    definition:
      'Shows a digest as it would be posted now, to the person who asks and to nobody else. It moves nothing: what changed since the channel was told is told there again.',
    examples: ['preview churn', 'preview new-sales "App 1"'],
    understands: async (words, context) => (await resolveCommand(words, digests, context))?.isSure ?? false,
    async answer(words, context) {
      const resolved = await resolveCommand(words, digests, context);
      if (!resolved) return previewAsks(context.slash, words.join(' '));
      return resolved.command.answer(resolved.words, context);
    },
  };
}

import type { Digest } from '../digests/digest.ts';
import { explanation } from '../messages/explanation.ts';
import type { Command } from './command.ts';

/** `/pulse explain churn`: what a digest's numbers mean, in its own words. */
export function createExplain(digests: readonly Digest[]): Command {
  return {
    words: ['explain', 'definition', 'define'],
    usage: '<digest>',
    summary: "what a digest's numbers mean",
    reads: [],
    async answer([typed], { slash }) {
      const word = typed?.toLowerCase();
      const wanted = digests.find(({ aliases, id }) => id === word || aliases.includes(word ?? ''));
      return explanation(slash, wanted ? [wanted] : digests, wanted ? undefined : typed);
    },
  };
}

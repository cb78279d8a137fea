import type { Digest } from '../digests/digest.ts';
import { fold } from '../domain/fold.ts';
import {
  type ExplainedNumber,
  type Explanation,
  explanation,
  explanationList,
  numberExplanation,
} from '../messages/explanation.ts';
import type { Command } from './command.ts';
import { isFiller } from './filler-words.ts';

/** A number and the entry it is from. */
interface Found {
  readonly number: ExplainedNumber;
  readonly entry: Explanation;
}

/** What an entry about no digest begins with. */
const SHARED_INTRO = 'What the numbers of all digests have in common.';

/** The entry of the digest that has such a word. */
function findEntry(
  entries: readonly Explanation[],
  digests: readonly Digest[],
  wanted: string,
): Explanation | undefined {
  const digest = digests.find(({ aliases }) => aliases.some((word) => fold(word) === wanted));
  return entries.find(({ topic }) => topic === digest?.id);
}

function numbersOf(entries: readonly Explanation[]): Found[] {
  return entries.flatMap((entry) => entry.numbers.map((number) => ({ number, entry })));
}

/** The number that has such a word, or the only one whose name or words contain the text. */
function findNumber(entries: readonly Explanation[], wanted: string): Found | undefined {
  const all = numbersOf(entries);
  const namesOf = ({ number: { name, words = [] } }: Found) => [name, ...words].map(fold);
  const exact = all.find((one) => namesOf(one).includes(wanted));
  if (exact) return exact;
  const partial = all.filter((one) => namesOf(one).some((name) => name.includes(wanted)));
  return partial.length === 1 ? partial[0] : undefined;
}

/** `/pulse explain churn`: an entry, one number of it, or what entries there are. The texts are those of docs/metrics.md. */
export function createExplain(digests: readonly Digest[], entries: readonly Explanation[]): Command {
  const isKnown = (wanted: string): boolean =>
    wanted === '' ||
    entries.some(({ topic }) => fold(topic) === wanted) ||
    (findEntry(entries, digests, wanted) ?? findNumber(entries, wanted)) !== undefined;
  /** "the churn" is "churn", where nothing is called "the churn". */
  function spokenOf(words: readonly string[]): string {
    const whole = words.join(' ');
    return isKnown(fold(whole)) ? whole : words.filter((word) => !isFiller(word)).join(' ') || whole;
  }

  return {
    words: ['explain', 'definition', 'define'],
    usage: '<digest | number>',
    summary: 'what the numbers mean, where they come from and what to watch out for',
    reads: [],
    definition:
      'Tells of a digest, or of one of its numbers, what it counts, from which reports of Atlassian it comes and what to watch out for. Without more words it lists all there are.',
    examples: ['explain churn', 'explain run-rate', 'explain'],
    understands: async (words) => isKnown(fold(spokenOf(words))),
    async answer(words, { slash }) {
      const typed = spokenOf(words);
      const wanted = fold(typed);
      if (wanted === '') return explanationList(slash, entries, undefined);
      const byTopic = entries.find(({ topic }) => fold(topic) === wanted);
      // "run-rate" is a number, and also a word for the digest that tells it.
      const named = numbersOf(entries).find(({ number }) => fold(number.name) === wanted);
      if (!byTopic && named) return numberExplanation(named.number, named.entry);
      const entry = byTopic ?? findEntry(entries, digests, wanted);
      if (entry) {
        const intro = digests.find(({ id }) => id === entry.topic)?.definition ?? SHARED_INTRO;
        return explanation({ ...entry, intro });
      }
      const found = findNumber(entries, wanted);
      return found ? numberExplanation(found.number, found.entry) : explanationList(slash, entries, typed);
    },
  };
}

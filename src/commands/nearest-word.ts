import { wordDistance } from '../domain/word-distance.ts';

/** The word that was probably meant: at most two letters away, and at most a third of it. Undefined when none is near. */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const word = typed.slice(0, 40);
  const near = words
    .map((candidate) => ({ candidate, away: wordDistance(word, candidate) }))
    .filter(({ away, candidate }) => away <= 2 && away * 3 <= candidate.length)
    .toSorted((a, b) => a.away - b.away);
  return near[0]?.candidate;
}

import { isFiller } from './filler-words.ts';

/** `60` and `60d`. */
const DAYS = /^(\d{1,4})d?$/i;

/** The number of days among the words of a command, `60` or `60d`, within 1 and `most`; `usual` when none is named. */
export function askedDays(words: readonly string[], usual: number, most: number): number {
  const asked = words.map((word) => DAYS.exec(word)?.[1]).find((number) => number !== undefined);
  return Math.min(most, Math.max(1, Number(asked ?? usual)));
}

/** True when the words are a number of days, if anything. */
export function isDaysOnly(words: readonly string[]): boolean {
  return words.filter((word) => !isFiller(word)).every((word, index) => index === 0 && DAYS.test(word));
}

/** The number of days among the words of a command, `60` or `60d`, within 1 and `most`; `usual` when none is named. */
export function askedDays(words: readonly string[], usual: number, most: number): number {
  const asked = words.map((word) => /^(\d{1,4})d?$/i.exec(word)?.[1]).find((number) => number !== undefined);
  return Math.min(most, Math.max(1, Number(asked ?? usual)));
}

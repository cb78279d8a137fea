/** Columns a terminal uses for the text: wide letters and emoji take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width +=
      /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/u.test(
        segment,
      )
        ? 2
        : /^[\u200B-\u200F\u2060]$/.test(segment)
          ? 0
          : 1;
  }
  return width;
}

/** The text filled with spaces to the width; on its left when `isRight`. */
export function pad(text: string, width: number, isRight = false): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isRight ? spaces + text : text + spaces;
}

/** Lines of at most `width` columns, broken between words. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ')) {
      const next = current === '' ? word : `${current} ${word}`;
      if (widthOf(next) > width && current !== '') {
        lines.push(current);
        current = word;
      } else current = next;
    }
    return [...lines, current];
  });
}

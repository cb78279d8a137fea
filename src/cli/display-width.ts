const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What terminals draw over two columns: CJK, fullwidth forms and emoji. */
const WIDE =
  /^(?:\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)/u;

const PLAIN = /^[\x20-\x7e]*$/;

function* characters(text: string): Generator<{ readonly segment: string; readonly width: number }> {
  for (const { segment } of graphemes.segment(text)) yield { segment, width: WIDE.test(segment) ? 2 : 1 };
}

/** How many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const one of characters(text)) width += one.width;
  return width;
}

/** The text, cut to so many columns; an ellipsis stands for what is cut off. Never inside a character. */
export function cutToWidth(text: string, most: number): string {
  if (displayWidth(text) <= most) return text;
  let cut = '';
  let width = 0;
  for (const one of characters(text)) {
    if (width + one.width > most - 1) break;
    cut += one.segment;
    width += one.width;
  }
  return most > 0 ? `${cut}…` : '';
}

/** The text filled with blanks to so many columns. */
export function padToWidth(text: string, width: number, side: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return side === 'left' ? blanks + text : text + blanks;
}

/** Hyphens, dashes and minus signs that documents and mail programs put in place of a plain one. */
const DASHES = /[\u00AD\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;

/** What stands around pasted text: quotes, brackets, code and list marks, the punctuation of a sentence. */
const OPENERS = /^[\s"'`“”„‘’«»‹›<>()[\]{}*_~|•·,;:!?#=]+/u;
const CLOSERS = /[\s"'`“”„‘’«»‹›<>()[\]{}*_~|•·,;:!?=/\\.]+$/u;

/** More than anybody pastes to look something up. */
const LONGEST = 4000;

/** Slack's own markup: `<https://acme.com|acme.com>`, `<mailto:jane@acme.com|…>`, `<#C1|general>`. The target stays. */
const LINK = /<((?:https?:|mailto:)[^<>|\s]*)(?:\|[^<>]*)?>/gi;

/**
 * Pasted text as it is searched: widths of letters and kinds of dashes made one, links as where they lead, one space
 * between words. Nothing is taken from around it: see `bare`.
 */
export function pasted(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(LINK, ' $1 ')
    .replace(DASHES, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The text without quotes, brackets, code marks and the punctuation of a sentence around it; empty if there is no more. */
export function bare(text: string): string {
  const from = text.replace(OPENERS, '');
  // From the end of the text alone: a global search would be tried at every space of a long one.
  let end = from.length;
  while (end > 0 && CLOSERS.test(from.slice(end - 1, end))) end -= 1;
  return from.slice(0, end);
}

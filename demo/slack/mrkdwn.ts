/**
 * Slack's mrkdwn, read the way Slack reads it: angle brackets are control sequences, only `&amp;` `&lt;` `&gt;`
 * are entities, and `*_~` and backticks style text at word boundaries.
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */

/** Something a text does beyond being text: it pings, links, restyles. */
export interface MrkdwnToken {
  readonly kind:
    | 'user'
    | 'channel'
    | 'usergroup'
    | 'broadcast'
    | 'date'
    | 'special'
    | 'link'
    | 'stray'
    | 'bold'
    | 'italic'
    | 'strike'
    | 'code'
    | 'pre'
    | 'quote'
    | 'emoji';
  /** The id, the URL, `here`, the date's format, or the styled text. */
  readonly target: string;
  /** What the reader sees instead of the target, when the text says so. */
  readonly label?: string;
  /** True when Slack itself would turn bare text into a link. */
  readonly isAuto?: true;
}

/** A piece of one line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'underline'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly label: string | undefined }
  | {
      readonly kind: 'user' | 'channel' | 'usergroup';
      readonly id: string;
      readonly label: string | undefined;
    }
  | { readonly kind: 'broadcast'; readonly range: string; readonly label: string | undefined }
  | {
      readonly kind: 'date';
      readonly timestamp: number;
      readonly format: string;
      readonly url: string | undefined;
      readonly fallback: string;
    }
  | { readonly kind: 'emoji'; readonly name: string };

/** A paragraph, a quote, a code block or (rich_text only) a list. */
export type MrkdwnBlock =
  | {
      readonly kind: 'list';
      readonly isOrdered: boolean;
      readonly indent: number;
      /** The first item's number, less one. */
      readonly offset: number;
      readonly items: readonly (readonly Inline[])[];
    }
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Inline[] }
  | { readonly kind: 'pre'; readonly text: string };

type Angle = Extract<Inline, { kind: 'link' | 'user' | 'channel' | 'usergroup' | 'broadcast' | 'date' }>;

const ANGLE = /<([^<>\n]+)>/g;
const URL_SCHEME = /^(?:https?:\/\/|mailto:|tel:|slack:\/\/|ftp:\/\/)/i;
const BARE_URL = /\bhttps?:\/\/[^\s<>|]+/gi;
const BARE_MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const EMOJI = /:([a-z0-9_+'-]*[a-z+][a-z0-9_+'-]*):/g;
const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
/** Zero-width space counts as a space here, which is why it keeps a marker from opening or closing. */
const SPACE = /[\s\u200B]/;
const WORD = /[\p{L}\p{N}]/u;

/** Undoes Slack's three entities, once: `&amp;lt;` becomes `&lt;`. */
export function unescapeMrkdwn(text: string): string {
  return text.replace(
    /&(amp|lt|gt);/g,
    (_, name: 'amp' | 'lt' | 'gt') => ({ amp: '&', lt: '<', gt: '>' })[name],
  );
}

/** Escapes the three characters Slack treats as control characters. */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** What one `<...>` sequence means; undefined when Slack knows no such sequence. */
function readAngle(inside: string): Angle | undefined {
  const bar = inside.indexOf('|');
  const head = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : unescapeMrkdwn(inside.slice(bar + 1));
  if (/^@[UW][A-Z0-9]+$/.test(head)) return { kind: 'user', id: head.slice(1), label };
  if (/^#C[A-Z0-9]+$/.test(head)) return { kind: 'channel', id: head.slice(1), label };
  if (/^!subteam\^S[A-Z0-9]+$/.test(head)) return { kind: 'usergroup', id: head.slice(9), label };
  if (/^!(?:channel|here|everyone|group)$/.test(head))
    return { kind: 'broadcast', range: head.slice(1), label };
  if (head.startsWith('!date^')) {
    const [timestamp = '', format = '', url] = head.slice(6).split('^');
    return {
      kind: 'date',
      timestamp: Number(timestamp),
      format: unescapeMrkdwn(format),
      url,
      fallback: label ?? '',
    };
  }
  if (URL_SCHEME.test(head)) return { kind: 'link', url: unescapeMrkdwn(head), label };
  return undefined;
}

/**
 * Every control sequence, style and emoji of a mrkdwn string, wherever it stands. Sequences inside code count too:
 * whether Slack honours them there is not documented, and a test must not rely on it.
 * With `verbatim` bare URLs and addresses are not reported, because Slack leaves them alone.
 */
export function tokenizeMrkdwn(text: string, options: { readonly verbatim?: boolean } = {}): MrkdwnToken[] {
  const tokens: MrkdwnToken[] = [];
  for (const [, inside = ''] of text.matchAll(ANGLE)) tokens.push(angleToken(inside));
  const bare = text.replace(ANGLE, ' ');
  if (options.verbatim !== true) {
    for (const [url] of bare.matchAll(BARE_URL)) tokens.push({ kind: 'link', target: url, isAuto: true });
    for (const [mail] of bare.replace(BARE_URL, ' ').matchAll(BARE_MAIL)) {
      tokens.push({ kind: 'link', target: `mailto:${mail}`, isAuto: true });
    }
  }
  for (const block of parseMrkdwn(text)) {
    if (block.kind === 'pre') tokens.push({ kind: 'pre', target: block.text });
    else if (block.kind !== 'list') {
      if (block.kind === 'quote') tokens.push({ kind: 'quote', target: inlineText(block.children) });
      collectStyles(block.children, tokens);
    }
  }
  return tokens;
}

function angleToken(inside: string): MrkdwnToken {
  const angle = readAngle(inside);
  if (angle === undefined) return { kind: inside.startsWith('!') ? 'special' : 'stray', target: inside };
  const label = angle.kind === 'date' ? angle.fallback : angle.label;
  const labelled = label === undefined ? {} : { label };
  if (angle.kind === 'link') return { kind: 'link', target: angle.url, ...labelled };
  if (angle.kind === 'date') return { kind: 'date', target: angle.format, ...labelled };
  if (angle.kind === 'broadcast') return { kind: 'broadcast', target: angle.range, ...labelled };
  return { kind: angle.kind, target: angle.id, ...labelled };
}

function collectStyles(children: readonly Inline[], tokens: MrkdwnToken[]): void {
  for (const child of children) {
    if (child.kind === 'emoji') tokens.push({ kind: 'emoji', target: child.name });
    if (
      child.kind === 'bold' ||
      child.kind === 'italic' ||
      child.kind === 'strike' ||
      child.kind === 'code'
    ) {
      tokens.push({ kind: child.kind, target: inlineText(child.children) });
      collectStyles(child.children, tokens);
    }
  }
}

/** The words of inline pieces, without their styles. */
function inlineText(children: readonly Inline[]): string {
  return children.map(wordsOf).join('');
}

function wordsOf(child: Inline): string {
  if ('children' in child) return inlineText(child.children);
  if (child.kind === 'text') return child.text;
  if (child.kind === 'break') return '\n';
  if (child.kind === 'emoji') return `:${child.name}:`;
  if (child.kind === 'link') return child.label ?? child.url;
  if (child.kind === 'date') return child.fallback;
  if (child.kind === 'broadcast') return `@${child.range}`;
  return child.label ?? child.id;
}

/** Reads a mrkdwn string into paragraphs, quotes (`>` at the start of a line) and fenced code. */
export function parseMrkdwn(text: string): MrkdwnBlock[] {
  const blocks: MrkdwnBlock[] = [];
  text.split(/```([\s\S]+?)```/).forEach((part, index) => {
    if (index % 2 === 1) {
      blocks.push({ kind: 'pre', text: plainAngles(part.replace(/^\n|\n$/g, '')) });
      return;
    }
    const trimmed = index > 0 ? part.replace(/^\n/, '') : part;
    if (trimmed !== '') blocks.push(...parseLines(trimmed.split('\n')));
  });
  return blocks;
}

function parseLines(lines: readonly string[]): MrkdwnBlock[] {
  const blocks: { kind: 'paragraph' | 'quote'; children: Inline[] }[] = [];
  let quotesRest = false;
  for (const line of lines) {
    // Slack stores a typed `>` as `&gt;`, so both spellings quote; three quote everything that follows.
    const marks = /^(?:&gt;|>)+ ?/.exec(line)?.[0] ?? '';
    quotesRest ||= /^(?:&gt;|>){3}/.test(marks);
    const isQuote = quotesRest || marks !== '';
    const children = parseInline(line.slice(marks.length));
    const last = blocks.at(-1);
    if (last?.kind === (isQuote ? 'quote' : 'paragraph')) last.children.push({ kind: 'break' }, ...children);
    else blocks.push({ kind: isQuote ? 'quote' : 'paragraph', children });
  }
  return blocks;
}

/** Inside code only the visible part of a control sequence remains. */
function plainAngles(text: string): string {
  return unescapeMrkdwn(
    text.replace(ANGLE, (raw, inside: string) => {
      const angle = readAngle(inside);
      return angle === undefined ? raw : escapeMrkdwn(inlineText([angle]));
    }),
  );
}

/** Reads one line of mrkdwn. */
export function parseInline(line: string): Inline[] {
  const found: Inline[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') found.push(...withEmoji(unescapeMrkdwn(text)));
    text = '';
  };
  for (let at = 0; at < line.length; ) {
    const angle = line[at] === '<' ? /^<([^<>\n]+)>/.exec(line.slice(at)) : null;
    const read = angle?.[1] === undefined ? undefined : readAngle(angle[1]);
    if (angle !== null && read !== undefined) {
      flush();
      found.push(read);
      at += angle[0].length;
      continue;
    }
    const span = styledSpan(line, at);
    if (span === undefined) {
      text += line[at] ?? '';
      at += 1;
      continue;
    }
    flush();
    const inside = line.slice(at + 1, span.end);
    found.push(
      span.kind === 'code'
        ? { kind: 'code', children: [{ kind: 'text', text: plainAngles(inside) }] }
        : { kind: span.kind, children: parseInline(inside) },
    );
    at = span.end + 1;
  }
  flush();
  return found;
}

/** The style that opens at this position and where it closes; undefined when none does. */
function styledSpan(
  line: string,
  at: number,
): { readonly kind: 'bold' | 'italic' | 'strike' | 'code'; readonly end: number } | undefined {
  const marker = line[at];
  if (marker !== '*' && marker !== '_' && marker !== '~' && marker !== '`') return undefined;
  const before = line[at - 1] ?? ' ';
  const next = line[at + 1] ?? ' ';
  if (WORD.test(before) || before === marker || next === marker) return undefined;
  if (marker === '`') {
    const end = line.indexOf('`', at + 1);
    return end > at + 1 ? { kind: 'code', end } : undefined;
  }
  if (SPACE.test(next)) return undefined;
  for (let end = at + 2; end < line.length; end += 1) {
    if (line[end] !== marker || insideAngle(line, end)) continue;
    const closes =
      !SPACE.test(line[end - 1] ?? ' ') && !WORD.test(line[end + 1] ?? ' ') && line[end + 1] !== marker;
    if (closes) return { kind: STYLES[marker], end };
  }
  return undefined;
}

function insideAngle(line: string, at: number): boolean {
  for (const match of line.matchAll(ANGLE)) {
    if (match.index < at && at < match.index + match[0].length) return true;
  }
  return false;
}

function withEmoji(text: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(EMOJI)) {
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) });
    found.push({ kind: 'emoji', name: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
}

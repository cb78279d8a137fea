import { mailDomainOf } from './contact.ts';
import { bare, pasted } from './pasted.ts';

/**
 * What a pasted text can be besides a name. `number`: digits alone, an add-on licence or an SEN without its letters.
 * `uuid`: an entitlement id or a cloud id. `host`: a site or a mail domain. `code`: something with digits of no known
 * form; the API's identifiers were added over fifteen years.
 */
export type IdentifierKind =
  | 'entitlement'
  | 'sen'
  | 'transaction'
  | 'uuid'
  | 'number'
  | 'host'
  | 'address'
  | 'code';

/** An identifier in the spelling of the Reporting API. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

const GROUP = '[0-9A-Z]{3}';
/** `E-111-AAA-AAA-11A`; three groups in the API's specification, four in its answers. */
const ENTITLEMENT = new RegExp(`^E(?:-${GROUP}){3,4}$`, 'i');
const GROUPS = new RegExp(`^${GROUP}(?:-${GROUP}){2,3}$`, 'i');
const RUN_TOGETHER = new RegExp(`^E-?((?:${GROUP}){3,4})$`, 'i');
const SEN = /^SEN[- ]?(L?\d{2,12})$/i;
/** `IN-003-095-784`, `IN-EU-003-095-784` and, before 2024, `AT-123456789`. */
const TRANSACTION = /^(?:IN(?:-[A-Z]{2})?|AT)-[0-9A-Z]+(?:-[0-9A-Z]+)*$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NUMBER = /^\d{4,15}$/;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;
const HOST = /^[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*\.[\p{L}\p{M}][\p{L}\p{M}\p{N}-]+$/u;
const CODE = /^(?=\D*\d)[\p{L}\p{N}._:-]{3,80}$/u;

/** The host of an address of a page, with or without scheme, user, port and path; the domain behind a lone `@`. */
function hostOf(text: string): string | undefined {
  const [, host = ''] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/@]*@)?([^\s/?#:@]+)(?::\d+)?(?:[/?#]\S*)?$/i.exec(text) ?? [];
  return HOST.test(host) ? host.toLowerCase() : undefined;
}

function addressOf(text: string): string | undefined {
  const address = text.replace(/^mailto:/i, '').replace(/\?.*$/, '');
  return ADDRESS.test(address) && mailDomainOf(address) !== undefined ? address.toLowerCase() : undefined;
}

function grouped(letters: string): string {
  return (letters.match(/.{3}/g) ?? []).join('-');
}

/** What a single word can be, the likeliest first; empty for a word that is none. */
function readingsOf(word: string): Identifier[] {
  const upper = word.toUpperCase();
  if (ENTITLEMENT.test(word)) return [{ kind: 'entitlement', value: upper }];
  const sen = SEN.exec(word)?.[1];
  if (sen !== undefined) return [{ kind: 'sen', value: `SEN-${sen.toUpperCase()}` }];
  if (TRANSACTION.test(word)) return [{ kind: 'transaction', value: upper }];
  if (UUID.test(word)) return [{ kind: 'uuid', value: word.toLowerCase() }];
  if (NUMBER.test(word))
    return [
      { kind: 'number', value: word },
      { kind: 'sen', value: `SEN-${word}` },
    ];
  if (GROUPS.test(word) && /\d/.test(word))
    return [
      { kind: 'entitlement', value: `E-${upper}` },
      { kind: 'transaction', value: `IN-${upper}` },
    ];
  const together = RUN_TOGETHER.exec(word)?.[1];
  if (together !== undefined && /\d/.test(together))
    return [
      { kind: 'entitlement', value: `E-${grouped(together.toUpperCase())}` },
      { kind: 'code', value: word },
    ];
  const address = addressOf(word);
  if (address !== undefined) return [{ kind: 'address', value: address }];
  const host = hostOf(word.replace(/^\*?@/, ''));
  if (host !== undefined) return [{ kind: 'host', value: host }];
  return CODE.test(word) ? [{ kind: 'code', value: word }] : [];
}

/** Forms that are an identifier wherever they stand; a domain may be any word with a dot. */
const CERTAIN = new Set<IdentifierKind>(['entitlement', 'sen', 'transaction', 'uuid', 'address']);
const OF_ATLASSIAN = /\.(?:atlassian\.net|jira\.com|jira-dev\.com|atlassian-us-gov-mod\.net)$/;

/** Inside a longer text: parts of an address of a page count as well. */
const PIECES = /[\s,;|()[\]{}<>"'`“”„‘’«»]+/u;
const PARTS = /[/?#&=]+/;

/** More than anybody can choose from. */
const MOST = 60;

/** Three groups of digits are a telephone number as well: without `E-` only four groups with a letter are certain. */
function isSpelledOut(piece: string): boolean {
  return !GROUPS.test(piece) || (piece.length > 11 && /[A-Z]/i.test(piece));
}

function certainReading(piece: string): Identifier | undefined {
  const [first] = readingsOf(piece);
  const isCertain =
    first && (CERTAIN.has(first.kind) || (first.kind === 'host' && OF_ATLASSIAN.test(first.value)));
  return isCertain && isSpelledOut(piece) ? first : undefined;
}

/** The identifiers that a piece of a text certainly is; a link's path counts as well. */
function certainOf(piece: string): Identifier[] {
  if (!/^https?:\/\//i.test(piece)) return [certainReading(piece) ?? []].flat();
  // The page of an entitlement in Atlassian's own console names the entitlement behind Atlassian's host.
  const inPath = piece
    .split(PARTS)
    .slice(3)
    .flatMap((part) => certainReading(part) ?? []);
  return inPath.length > 0 ? inPath : readingsOf(piece).filter(({ kind }) => kind === 'host');
}

function distinct(identifiers: readonly Identifier[]): Identifier[] {
  return [...new Map(identifiers.map((one) => [`${one.kind} ${one.value}`, one])).values()].slice(0, MOST);
}

/** Words that can be joined again: `SEN 123` is one identifier. */
const SPLIT_SEN = /\bSEN[ #:-]+(?=\d)/gi;

/**
 * What the whole text can be, the likeliest first: "sen 123", "`e-111-aaa-aaa-11a`", "https://acme.atlassian.net/x".
 * Empty for a text of several words that is none as a whole.
 */
export function identifierReadings(text: string): readonly Identifier[] {
  const whole = bare(pasted(text)).replace(SPLIT_SEN, 'SEN-').replace(/ ?- ?/g, '-');
  if (whole === '' || whole.includes(' ')) return [];
  const inside = certainOf(whole);
  return inside.length > 0 && /^https?:/i.test(whole) ? inside : readingsOf(whole);
}

/**
 * The identifiers among the words of a text, each once, in their order: those of an unmistakable form and, where there
 * is none, domains. Customers' names are not found in a text. At most 60.
 */
export function identifiersIn(text: string): readonly Identifier[] {
  const pieces = pasted(text)
    .replace(SPLIT_SEN, 'SEN-')
    .split(PIECES)
    .map(bare)
    .filter((piece) => piece !== '');
  const certain = distinct(pieces.flatMap(certainOf));
  if (certain.length > 0) return certain;
  return distinct(pieces.flatMap(readingsOf).filter(({ kind }) => kind === 'host'));
}

import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from './config/read-config.ts';
import type { Log } from './domain/log.ts';
import type { Secret } from './domain/secret.ts';

/**
 * What secrets look like even when we do not know them. Source: Slack's and Atlassian's token prefixes, HTTP
 * authentication, Slack's response URLs and socket tickets, presigned S3 URLs.
 */
const SHAPES =
  /xox[a-z][.-][\w.-]+|xapp-[\w-]+|AT[AC]TT[\w=+/-]+|(?:Basic|Bearer) [\w+/=%.~-]{8,}|hooks\.slack\.com\/[\w/-]+|(?:ticket|X-Amz-(?:Signature|Security-Token))=[^&"\s\\]+/g;

const HIDDEN = '[secret]';

/** A shorter piece of base64 would blank innocent text. */
const SHORTEST_PIECE = 8;

/** The base64 digits of a secret that do not depend on what stands around it, for each way it can be aligned. */
function base64Pieces(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
      return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    })
    .filter(({ length }) => length >= SHORTEST_PIECE);
}

/** Every way a secret can be written: as it is, in a URL, a form, base64, hex. JSON is `patternOf`'s part. */
function spellings(secret: string): string[] {
  const escaped = encodeURIComponent(secret.toWellFormed());
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
  const inUrls = [escaped, inForm].flatMap((text) => [
    text,
    text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  ]);
  const inBase64 = base64Pieces(secret).flatMap((text) => [
    text,
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
  return [secret, ...inUrls, ...inBase64, Buffer.from(secret).toString('hex')];
}

/** A text inside JSON, at any depth: a body that is logged as text doubles the backslashes of its strings. */
function patternOf(text: string): string {
  const inJson: Record<string, string> = { '\\': String.raw`\\+`, '"': String.raw`\\*"` };
  return text.replace(/[$()*+.?[\]^{|}/\\"-]/g, (sign) => inJson[sign] ?? `\\${sign}`);
}

/** One expression for all spellings of all secrets, longest first, so that no piece of a longer one remains. */
function matcherOf(secrets: readonly string[]): RegExp | undefined {
  const texts = new Set(secrets.filter((secret) => secret !== '').flatMap(spellings));
  if (texts.size === 0) return undefined;
  const sorted = [...texts].toSorted((a, b) => b.length - a.length);
  return new RegExp(sorted.map(patternOf).join('|'), 'g');
}

/**
 * JSON lines on stderr (stdout belongs to answers). Known secrets, in any spelling, and whatever looks like one are
 * blanked in the finished line, whoever logged it: every value that these secrets have, or had, when it is written.
 */
export function createLog(level: LogLevel, secrets: readonly Secret[] = [], stream?: DestinationStream): Log {
  let values: readonly string[] = [];
  let known: RegExp | undefined;

  function redact(line: string): string {
    const current = secrets.flatMap((secret) => secret.values());
    if (current.length !== values.length) known = matcherOf(current);
    values = current;
    // The known ones first: a shape may match only the beginning of a secret.
    return (known ? line.replace(known, HIDDEN) : line).replace(SHAPES, HIDDEN);
  }

  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redact },
  };
  return pino(options, stream ?? pino.destination(2));
}

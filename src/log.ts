import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from './config/read-config.ts';
import type { Log } from './domain/log.ts';

/** What secrets look like even when we do not know them. Source: Slack's and Atlassian's token prefixes. */
const SHAPES =
  /xox[abeprs]-[\w-]+|xapp-[\w-]+|ATATT[\w=-]+|Basic [A-Za-z0-9+/=]{8,}|X-Amz-Signature=[0-9a-f]+/g;

/** Every way a secret can be written inside a line of JSON. */
function spellings(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, base64, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/**
 * JSON lines on stderr (stdout belongs to answers). Known secrets, in any spelling, and whatever looks like one are
 * blanked in the finished line, whoever logged it.
 */
export function createLog(level: LogLevel, secrets: readonly string[] = [], stream?: DestinationStream): Log {
  const blanked = secrets.filter((secret) => secret !== '').flatMap(spellings);
  const redact = (line: string) => {
    let clean = line.replace(SHAPES, '[secret]');
    for (const text of blanked) clean = clean.replaceAll(text, '[secret]');
    return clean;
  };
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redact },
  };
  return pino(options, stream ?? pino.destination(2));
}

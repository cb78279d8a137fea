import type { Log } from '../domain/log.ts';

const LONGEST_LINE = 300;

/** One line without tokens, and short: the SDK passes whole answers (HTML pages, frames) off as messages. */
function toLine(words: readonly unknown[]): string {
  return words
    .map((word) => (word instanceof Error ? word.message : String(word)))
    .join(' ')
    .replaceAll(/xox[a-z]-[\w-]+|xapp-[\w-]+/g, '[token]')
    .replaceAll(/\s+/g, ' ')
    .slice(0, LONGEST_LINE);
}

/**
 * The logger the Slack SDK gets. Its debug lines hold whole requests and frames, so they go nowhere; its levels and
 * names are ours to set.
 */
export function createSlackLogger<Level extends string>(log: Log, level: Level) {
  return {
    debug(): void {},
    info(...words: unknown[]): void {
      log.debug({ from: 'slack-sdk' }, toLine(words));
    },
    warn(...words: unknown[]): void {
      log.warn({ from: 'slack-sdk' }, toLine(words));
    },
    error(...words: unknown[]): void {
      log.error({ from: 'slack-sdk' }, toLine(words));
    },
    setLevel(): void {},
    getLevel(): Level {
      return level;
    },
    setName(): void {},
  };
}

import type { Instant } from '../../domain/day.ts';
import type { Block } from '../../domain/message.ts';
import { context } from './blocks.ts';
import { join, type Mrkdwn, mrk } from './escape.ts';
import { dataAge } from './freshness.ts';

/** Data a message would use that was never read. */
export interface Unread {
  /** As a sentence calls it: "the sales benchmark". */
  readonly name: string;
  /** Why the last try failed; undefined when there was none. */
  readonly failedCode: string | undefined;
}

/** "Not read yet: the sales benchmark (API_FORBIDDEN)"; nothing when everything was read. */
export function unreadNote(unread: readonly Unread[]): Block | undefined {
  if (unread.length === 0) return undefined;
  const names = unread.map(({ failedCode, name }) =>
    failedCode === undefined ? mrk`${name}` : mrk`${name} (${failedCode})`,
  );
  return context(mrk`*Not read yet*: ${join(names, ', ')}`);
}

/** The age of what was read; nothing where nothing was, which `unreadNote` says. */
export function readAge(asOf: Instant | undefined, now: Instant): Mrkdwn {
  return asOf === undefined ? mrk`` : dataAge(asOf, now);
}

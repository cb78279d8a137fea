import { createHmac, randomBytes } from 'node:crypto';
import type { Instant } from '../domain/day.ts';
import type { Database } from './database.ts';

/** Hashes made with one key. A store that took over another one's list has two keys. */
export interface ForgottenHashes {
  readonly key: string;
  readonly hashes: readonly string[];
}

/** Tells what belongs to somebody who asked to be forgotten. */
export interface Forgotten {
  /** True for the address, or the whole name, of such a person. */
  has(text: string): boolean;
  /** The text without their addresses. */
  clean(text: string): string;
}

/** What stands where an address was taken out of a text. */
export const REMOVED = '[removed]';

/** An address within a text. */
export const ADDRESS = /[^\s@<>"'()[\],;:]{1,64}@[^\s@<>"'()[\],;:]{1,255}[^\s@<>"'()[\],;:.!?]/g;
const MOST_REMEMBERED = 100_000;

/** Addresses and names as they are compared: case, outer spaces and the spelling of accents do not matter. */
export function normalized(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

function hashOf(key: string, text: string): string {
  return createHmac('sha256', key).update(normalized(text)).digest('base64');
}

/** Who asked to be forgotten; empty when nobody did. */
export function readForgotten(db: Database): ForgottenHashes[] {
  const rows = db.prepare<[], { key: string; hash: string }>('SELECT key, hash FROM forgotten').all();
  const byKey = Map.groupBy(rows, ({ key }) => key);
  return [...byKey].map(([key, of]) => ({ key, hashes: of.map(({ hash }) => hash) }));
}

/** Keeps the hashes of texts, so that the next sync leaves them out. */
export function recordForgotten(db: Database, texts: readonly string[], at: Instant): void {
  const [known] = readForgotten(db);
  const key = known?.key ?? randomBytes(32).toString('base64');
  const insert = db.prepare('INSERT OR IGNORE INTO forgotten (key, hash, at) VALUES (?, ?, ?)');
  for (const text of texts) insert.run(key, hashOf(key, text), at);
}

const known = new WeakMap<readonly ForgottenHashes[], Forgotten>();

/** What tells the forgotten of a list; undefined for an empty one. Made once per list. */
export function forgottenOf(list: readonly ForgottenHashes[] = []): Forgotten | undefined {
  if (list.length === 0) return undefined;
  const made = known.get(list) ?? createForgotten(list);
  known.set(list, made);
  return made;
}

function createForgotten(list: readonly ForgottenHashes[]): Forgotten {
  const sets = list.map(({ hashes, key }) => ({ key, hashes: new Set(hashes) }));
  // The same companies and contacts stand in many rows.
  const answers = new Map<string, boolean>();

  function has(text: string): boolean {
    const answer = answers.get(text);
    if (answer !== undefined) return answer;
    const isForgotten = sets.some(({ hashes, key }) => hashes.has(hashOf(key, text)));
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    answers.set(text, isForgotten);
    return isForgotten;
  }

  return {
    has,
    clean: (text) => text.replace(ADDRESS, (address) => (has(address) ? REMOVED : address)),
  };
}

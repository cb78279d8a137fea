import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Message, ThreadedMessage } from '../../src/domain/message.ts';
import { limitProblems } from '../../src/messages/kit/limits.ts';

const FOLDER = join(import.meta.dirname, '../golden');

function everyMessage(message: Message | ThreadedMessage): Message[] {
  return 'thread' in message ? [message, ...message.thread] : [message];
}

/**
 * Compares a message with `test/golden/<name>.json`, whose `blocks` can be pasted into Block Kit Builder. With
 * UPDATE_GOLDEN=1 the file is written instead: read the difference before committing it.
 */
export function expectGolden(name: string, message: Message | ThreadedMessage): void {
  for (const one of everyMessage(message)) expect(limitProblems(one)).toEqual([]);
  const path = join(FOLDER, `${name}.json`);
  const json = `${JSON.stringify(message, null, 2)}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, json);
  }
  if (!existsSync(path)) throw new Error(`no golden ${name}: run npm run golden and read what it wrote`);
  expect(json).toBe(readFileSync(path, 'utf8'));
}

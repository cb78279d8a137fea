import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { tokensOf } from '../../demo/slack/message-tokens.ts';
import {
  MAX_BLOCKS,
  MAX_BLOCKS_WEIGHT,
  validateBlocks,
  weighBlocks,
} from '../../demo/slack/validate-blocks.ts';
import type { Block, Message, ThreadedMessage } from '../../src/domain/message.ts';
import { limitProblems } from '../../src/messages/kit/limits.ts';

type Surface = 'message' | 'modal';

/** People and channels that a message may name where a test says so. */
const NAMES = new Set(['user', 'channel']);

const FOLDER = join(import.meta.dirname, '../golden');

/** What a message may do beyond being text: everything else would be a ping, a link or an emoji out of somebody's name. */
const STYLES = new Set(['bold', 'italic', 'code']);

function everyMessage(message: Message | ThreadedMessage): Message[] {
  return 'thread' in message ? [message, ...message.thread] : [message];
}

/** What holds for every message, judged by the simulator's own reading of Slack's rules. */
export function expectSendable(
  message: Message,
  mentions: readonly string[] = [],
  surface: Surface = 'message',
): void {
  expect(limitProblems(message)).toEqual([]);
  expect(validateBlocks(message.blocks, surface)).toEqual([]);
  expect(weighBlocks(message.blocks)).toBeLessThan(MAX_BLOCKS_WEIGHT);
  const tokens = tokensOf(message).filter(({ kind }) => !STYLES.has(kind));
  expect(tokens.filter(({ kind, target }) => !NAMES.has(kind) || !mentions.includes(target))).toEqual([]);
  expect(JSON.stringify(message)).not.toMatch(/\\u|undefined|NaN|Infinity|\[object /);
}

/**
 * Compares a message with `test/golden/<name>.json`, whose `blocks` can be pasted into Block Kit Builder. With
 * UPDATE_GOLDEN=1 the file is written instead: read the difference before committing it. In both cases every message
 * must be one that Slack takes, and that pings nobody but `mentions`, links nothing and shows no emoji.
 */
export function expectGolden(
  name: string,
  message: Message | ThreadedMessage,
  mentions: readonly string[] = [],
  surface: Surface = 'message',
): void {
  for (const one of everyMessage(message)) expectSendable(one, mentions, surface);
  expectFile(name, message);
}

/** The same for the Home tab, which has no text of its own. It may name channels, and link within the workspace. */
export function expectHome(
  name: string,
  blocks: readonly Block[],
  links = 'https://example.slack.com/',
): void {
  expect(validateBlocks(blocks, 'home')).toEqual([]);
  expect(blocks.length).toBeLessThanOrEqual(MAX_BLOCKS.home);
  const tokens = tokensOf({ text: '', blocks }).filter(({ kind }) => !STYLES.has(kind) && kind !== 'channel');
  expect(tokens.filter(({ kind, target }) => kind !== 'link' || !target.startsWith(links))).toEqual([]);
  expectFile(name, { type: 'home', blocks });
}

function expectFile(name: string, content: object): void {
  const path = join(FOLDER, `${name}.json`);
  const json = `${JSON.stringify(content, null, 2)}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, json);
  }
  if (!existsSync(path)) throw new Error(`no golden ${name}: run npm run golden and read what it wrote`);
  expect(json).toBe(readFileSync(path, 'utf8'));
}

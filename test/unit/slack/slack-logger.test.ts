import { expect, it } from 'vitest';
import { createSlackLogger } from '../../../src/slack/slack-logger.ts';
import { createLogBook } from '../../support/log-book.ts';

it("the SDK's lines are short, on one line and without tokens, and its debug lines go nowhere", () => {
  const book = createLogBook();
  const logger = createSlackLogger(book, 'info');
  logger.debug();
  logger.info('connected with xapp-1-A0-12-abc');
  logger.warn('http request failed', new Error('xoxb-12-abc\nrefused'));
  logger.error(`<html>${'x'.repeat(1000)}`);
  expect(book.lines.map(({ level, message }) => [level, message.slice(0, 40)])).toEqual([
    ['debug', 'connected with [token]'],
    ['warn', 'http request failed [token] refused'],
    ['error', `<html>${'x'.repeat(34)}`],
  ]);
  expect(book.lines.every(({ message }) => message.length <= 300)).toBe(true);
  logger.setLevel();
  expect(logger.getLevel()).toBe('info');
});

import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../src/domain/message.ts';
import { LIMITS, limitProblems } from '../../../../src/messages/kit/limits.ts';

const block: Block = { type: 'section', text: { type: 'mrkdwn', text: 'words' } };

describe('what Slack would refuse or cut', () => {
  it('is nothing in an ordinary message', () => {
    expect(limitProblems({ text: 'A sentence.', blocks: [block] })).toEqual([]);
  });

  it.each([
    ['text is empty', { text: ' ', blocks: [] }],
    ['text has 3901 characters', { text: 'x'.repeat(3901), blocks: [] }],
    ['46 blocks', { text: 'x', blocks: Array.from({ length: 46 }, () => block) }],
    ['3 charts', { text: 'x', blocks: Array.from({ length: 3 }, () => ({ type: 'data_visualization' })) }],
    ['more than one table', { text: 'x', blocks: [{ type: 'table' }, { type: 'table' }] }],
  ])('is said: %s', (problem, message) => {
    expect(limitProblems(message)).toEqual([problem]);
  });

  it('is the weight of all blocks together', () => {
    const heavy = Array.from({ length: 5 }, () => ({ type: 'section', text: 'x'.repeat(2900) }));
    expect(limitProblems({ text: 'x', blocks: heavy })[0]).toMatch(/^blocks take \d+ characters$/);
  });

  it('leaves room below what Slack documents', () => {
    expect(LIMITS.sectionText).toBeLessThan(3000);
    expect(LIMITS.blocks).toBeLessThan(50);
    expect(LIMITS.tableCharacters).toBeLessThan(10_000);
  });
});

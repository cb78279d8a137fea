import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/domain/message.ts';
import { degrade } from '../../../src/slack/degrade.ts';

const SECTION: Block = { type: 'section', text: { type: 'mrkdwn', text: '*7* left' } };
const CHART: Block = { type: 'data_visualization', title: 'Leavers', chart: { type: 'line' } };
const TABLE: Block = {
  type: 'table',
  rows: [
    [
      { type: 'raw_text', text: 'App' },
      { type: 'raw_text', text: 'Lost' },
    ],
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'App 1' }] }],
      },
      { type: 'raw_number', value: 7 },
    ],
  ],
};
const TEXT = 'Seven customers left.';

describe('a refused message', () => {
  it('loses its charts, then its tables, then everything but its text', () => {
    const steps = degrade({ text: TEXT, blocks: [SECTION, CHART, TABLE] });
    expect(steps.map(({ blocks }) => blocks.map(({ type }) => type))).toEqual([
      ['section', 'table'],
      ['section', 'rich_text'],
      [],
    ]);
    expect(steps.map(({ text }) => text)).toEqual([TEXT, TEXT, TEXT]);
  });

  it('says in lines what its tables said', () => {
    const [, second] = degrade({ text: TEXT, blocks: [CHART, TABLE] });
    expect(JSON.stringify(second?.blocks)).toContain('App | Lost\\nApp 1 | 7');
  });

  it('skips steps that would change nothing', () => {
    expect(degrade({ text: TEXT, blocks: [SECTION] })).toEqual([{ text: TEXT, blocks: [] }]);
    expect(degrade({ text: TEXT, blocks: [CHART] })).toEqual([{ text: TEXT, blocks: [] }]);
    expect(degrade({ text: TEXT, blocks: [] })).toEqual([{ text: TEXT, blocks: [] }]);
  });

  it('loses charts and tables inside containers too', () => {
    const container: Block = { type: 'container', child_blocks: [SECTION, TABLE] };
    const onlyChart: Block = { type: 'container', child_blocks: [CHART] };
    const [first, second] = degrade({ text: TEXT, blocks: [container, onlyChart, SECTION] });
    expect(first?.blocks).toEqual([container, SECTION]);
    expect(JSON.stringify(second?.blocks)).not.toContain('"table"');
  });

  it('always keeps words to say', () => {
    for (const text of ['', '  ']) {
      expect(degrade({ text, blocks: [SECTION, CHART] }).at(-1)?.text).toBe('*7* left');
    }
  });

  it('is cut at 3,900 characters, never inside a character or an entity', () => {
    for (let lead = 3880; lead < 3905; lead += 1) {
      const text = `${'x'.repeat(lead)}&amp;😀&lt;${'y'.repeat(100)}`;
      const cut = degrade({ text, blocks: [] }).at(-1)?.text ?? '';
      expect(cut.length).toBeLessThanOrEqual(3900);
      expect(cut.length).toBeGreaterThan(3880);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
    }
  });
});

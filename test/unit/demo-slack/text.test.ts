import { describe, expect, it } from 'vitest';
import { renderChannel, renderText } from '../../../demo/slack/text.ts';
import type { Reader } from '../../../demo/slack/text.ts';
import type { SlackMessage } from '../../../demo/slack/workspace.ts';
import type { Block } from '../../../src/domain/message.ts';

const reader: Reader = {
  tz: 'UTC',
  now: Date.parse('2025-03-18T09:00:00Z'),
  userName: (id) => ({ U1: 'Ana Lima', UB: 'Pulse' })[id] ?? id,
  channelName: (id) => ({ C1: 'sales' })[id] ?? id,
};
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const raw = (text: string) => ({ type: 'raw_text', text });
const shown = (...blocks: Block[]): string => renderText({ text: 'fallback', blocks }, reader);

describe('a message as plain text', () => {
  it('is its text when it has no blocks', () => {
    expect(renderText({ text: '*6* of 75 &lt;left&gt; <@U1> in <#C1>', blocks: [] }, reader)).toBe(
      '6 of 75 <left> @Ana Lima in #sales',
    );
  });

  it('underlines headers and un-escapes sections', () => {
    const header = { type: 'header', text: { type: 'plain_text', text: 'Churn &amp; more' } };
    const section = {
      type: 'section',
      text: mrkdwn('*Acme &lt;1&gt;* left, see <https://a.example|the list> :tada:'),
    };
    expect(shown(header, section)).toBe('Churn & more\n────────────\n\nAcme <1> left, see the list 🎉');
  });

  it('puts fields in two columns', () => {
    const fields = ['*Monthly*\n3 of 53', '*Annual*\n3 of 22', 'Odd'].map(mrkdwn);
    const [first, second, third] = shown({ type: 'section', fields }).split('\n');
    expect(first).toMatch(/^Monthly {43}Annual$/);
    expect(second).toMatch(/^3 of 53 {43}3 of 22$/);
    expect(third).toBe('Odd');
  });

  it('aligns tables, numbers to the right, wide letters as two columns', () => {
    const table = {
      type: 'data_table',
      caption: 'Who left',
      rows: [
        [raw('Company'), raw('$')],
        [raw('株式会社'), { type: 'raw_number', value: 5, text: '5' }],
        [raw('Acme'), { type: 'raw_number', value: 13100, text: '13,100' }],
      ],
    };
    expect(shown(table).split('\n')).toEqual([
      'Who left',
      'Company        $',
      '────────  ──────',
      '株式会社       5',
      'Acme      13,100',
    ]);
  });

  it('writes a chart as one line per series on one scale', () => {
    const data = (...values: number[]) => values.map((value, index) => ({ label: `w${index}`, value }));
    const chart = {
      type: 'data_visualization',
      title: 'Churn',
      chart: {
        type: 'line',
        series: [
          { name: 'Left', data: data(0, 4, 8) },
          { name: 'Usual', data: data(4, 4, 4) },
        ],
        axis_config: { categories: ['w0', 'w1', 'w2'], y_label: '%' },
      },
    };
    expect(shown(chart).split('\n')).toEqual([
      'Churn (line chart), %',
      'Left   ▁▅█  0  4  8',
      'Usual  ▅▅▅  4  4  4',
      '       w0 … w2',
    ]);
  });

  it('shows buttons in brackets, quotes behind a bar, lists with bullets', () => {
    const button = { type: 'button', text: { type: 'plain_text', text: 'Card' } };
    const menu = { type: 'overflow', options: [{ text: { type: 'plain_text', text: 'Mute' }, value: 'm' }] };
    const list = {
      type: 'rich_text_list',
      style: 'ordered',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }],
    };
    const quote = { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said *so*' }] };
    expect(shown({ type: 'actions', elements: [button, menu] })).toBe('[Card] [⋯ Mute]');
    expect(shown({ type: 'rich_text', elements: [list, quote] })).toBe('1. one\n│ said *so*');
  });

  it('shows a channel with its threads below their parents', () => {
    const base: SlackMessage = {
      channel: 'C1',
      ts: '1.000000',
      text: 'parent',
      blocks: [],
      userId: 'UB',
      isBot: true,
      via: 'chat.postMessage',
      postedAt: reader.now,
      editions: [],
      isBroadcast: false,
      sent: {},
    };
    const messages = [
      base,
      { ...base, ts: '2.000000', text: 'other', editedAt: reader.now },
      { ...base, ts: '3.000000', text: 'reply', threadTs: '1.000000' },
      { ...base, ts: '4.000000', text: 'secret', ephemeralTo: 'U1' },
    ];
    expect(renderChannel('#sales', messages, reader).split('\n').slice(1)).toEqual([
      '',
      'Pulse · Mar 18, 2025 9:00 AM UTC',
      '  parent',
      '',
      '    │ Pulse · Mar 18, 2025 9:00 AM UTC',
      '    │   reply',
      '',
      'Pulse · Mar 18, 2025 9:00 AM UTC (edited)',
      '  other',
      '',
      'Pulse · Mar 18, 2025 9:00 AM UTC (only visible to Ana Lima)',
      '  secret',
    ]);
  });
});

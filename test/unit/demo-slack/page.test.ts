import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { blockNodes, messageTextNodes } from '../../../demo/page/convert.ts';
import { niceTicks, tickLabel } from '../../../demo/page/ticks.ts';
import { escapeMrkdwn } from '../../../demo/slack/mrkdwn.ts';
import type { Reader } from '../../../demo/slack/text.ts';
import { validateBlocks } from '../../../demo/slack/validate-blocks.ts';
import type { Block } from '../../../src/domain/message.ts';

const reader: Reader = {
  tz: 'UTC',
  now: Date.parse('2025-03-18T09:00:00Z'),
  userName: (id) => `user ${id}`,
  channelName: (id) => `channel-${id}`,
};
const html = (...blocks: Block[]): string =>
  renderToStaticMarkup(createElement('div', null, blockNodes(blocks, reader)));
/** What a reader sees: the markup without its tags, entities undone. */
const seen = (markup: string): string =>
  markup
    .replace(/<svg[\s\S]*?<\/svg>/g, (svg) => svg.replace(/<title>.*?<\/title>/g, ''))
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text });
const raw = (text: string) => ({ type: 'raw_text', text });
const rich = (...elements: unknown[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const button = (text: string, extra: Record<string, unknown> = {}) => ({
  type: 'button',
  text: plain(text),
  action_id: 'go',
  ...extra,
});
const chart = (type: string, word = 'week', values = [1, -2, 3]) => ({
  type: 'data_visualization',
  title: word,
  chart:
    type === 'pie'
      ? {
          type,
          segments: [
            { label: word, value: 1 },
            { label: 'other', value: 3 },
          ],
        }
      : {
          type,
          series: [{ name: word, data: values.map((value, index) => ({ label: `${word}${index}`, value })) }],
          axis_config: {
            categories: values.map((_, index) => `${word}${index}`),
            x_label: word,
            y_label: word,
          },
        },
});

/** One block of every type a message may hold, each showing `word` where customer text could stand. */
function everyBlock(word: string, escaped: string): Block[] {
  const card = { type: 'card', title: mrkdwn(escaped), body: mrkdwn(escaped), actions: [button(escaped)] };
  return [
    { type: 'header', text: plain(escaped) },
    { type: 'section', text: mrkdwn(escaped), accessory: button(escaped, { value: word }) },
    { type: 'section', fields: [mrkdwn(escaped), plain(escaped)] },
    { type: 'context', elements: [mrkdwn(escaped), plain(escaped)] },
    { type: 'divider' },
    {
      type: 'actions',
      elements: [
        button(escaped, {
          value: word,
          confirm: { title: plain('Sure?'), text: plain(escaped), confirm: plain('Yes'), deny: plain('No') },
        }),
        { type: 'overflow', action_id: 'o', options: [{ text: plain(escaped), value: word }] },
        {
          type: 'static_select',
          action_id: 's',
          placeholder: plain(escaped),
          options: [{ text: plain(escaped), value: word }],
        },
      ],
    },
    rich({ type: 'text', text: word }, { type: 'link', url: 'https://a.example', text: word }),
    {
      type: 'table',
      rows: [
        [raw(word), raw('n')],
        [rich({ type: 'text', text: word }), { type: 'raw_number', value: 1, text: word }],
      ],
    },
    {
      type: 'data_table',
      caption: word,
      rows: [
        [raw(word), raw('n')],
        [raw(word), { type: 'raw_number', value: 1, text: word }],
      ],
    },
    chart('line', word.slice(0, 18)),
    chart('pie', word.slice(0, 18)),
    { type: 'image', image_url: 'https://a.example/x.png', alt_text: word, title: plain(escaped) },
    card,
    { type: 'carousel', elements: [card] },
    { type: 'container', title: plain(escaped), child_blocks: [{ type: 'section', text: mrkdwn(escaped) }] },
    { type: 'markdown', text: word },
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: 'f',
          positive_button: { text: plain(escaped), value: word },
          negative_button: { text: plain(escaped), value: word },
        },
      ],
    },
    { type: 'task_card', task_id: '1', title: word, status: 'complete' },
    {
      type: 'plan',
      title: word,
      tasks: [{ type: 'task_card', task_id: '1', title: word, status: 'complete' }],
    },
    { type: 'input', label: plain(escaped), element: { type: 'plain_text_input', action_id: 'i' } },
  ];
}

describe('blocks on the page', () => {
  it.each(everyBlock('Acme', 'Acme').map((block) => [block.type, block] as const))(
    'draws %s',
    (type, block) => {
      expect(validateBlocks(type.startsWith('data_vis') ? [block] : [block])).toEqual([]);
      const markup = html(block);
      expect(markup).toContain(`class="b-${type}"`);
      expect(markup).not.toContain('undrawable');
      expect(type === 'divider' || markup.includes('Acme')).toBe(true);
    },
  );

  it.each(['line', 'bar', 'area', 'pie'])('draws a %s chart with its title, axes and legend', (type) => {
    const markup = html(chart(type));
    expect(markup).toContain('<figcaption>week</figcaption>');
    expect(markup).toContain('class="legend"');
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each([[[0, 0, 0]], [[5]], [[-3, -1, -2]], [[1e9, 2e9]], [[0.001, 0.002]]])(
    'draws a chart of %j without a hole in its geometry',
    (values) => {
      for (const type of ['line', 'bar', 'area']) {
        expect(html(chart(type, 'w', values))).not.toMatch(/NaN|undefined|Infinity/);
      }
    },
  );

  it('names a block it cannot draw instead of breaking', () => {
    const markup = html({ type: 'header', text: plain('Fine') }, { type: 'header' });
    expect(markup).toContain('Fine');
    expect(markup).toContain('[header]');
  });

  it('gives every control what the script needs to click it', () => {
    const markup = html({
      type: 'actions',
      elements: [
        button('Go', { value: 'v"1', style: 'primary' }),
        { type: 'overflow', action_id: 'more', options: [{ text: plain('Mute'), value: 'mute' }] },
      ],
    });
    expect(markup).toContain(
      '<button class="button primary" data-value="v&quot;1" data-action-id="go" type="button">',
    );
    expect(markup).toContain('data-action-id="more"');
    expect(markup).toContain('<option value="mute">Mute</option>');
  });

  it('puts a button that leads away on a safe link only', () => {
    expect(html({ type: 'actions', elements: [button('Go', { url: 'https://a.example' })] })).toContain(
      'href="https://a.example"',
    );
    expect(html({ type: 'actions', elements: [button('Go', { url: 'javascript:alert(1)' })] })).not.toContain(
      'href',
    );
    expect(html(rich({ type: 'link', url: 'javascript:alert(1)', text: 'x' }))).not.toContain('href');
    expect(html({ type: 'section', text: mrkdwn('<javascript:alert(1)|x>') })).not.toContain('href');
  });

  it('shows only the first page of a data table and keeps the numbers to sort by', () => {
    const rows = [
      [raw('n')],
      ...Array.from({ length: 7 }, (_, index) => [{ type: 'raw_number', value: index, text: `$${index}` }]),
    ];
    const markup = html({ type: 'data_table', caption: 'c', rows });
    expect(markup.match(/<tr hidden/g)).toHaveLength(2);
    expect(markup).toContain('1–5 of 7');
    expect(markup).toContain('data-sort="6"');
  });

  it('keeps a time of day, styles of plain text and words between underscores as they are', () => {
    expect(seen(html({ type: 'section', text: mrkdwn('at 9:30:10 my_snake_case') }))).toBe(
      'at 9:30:10 my_snake_case',
    );
    expect(seen(html({ type: 'header', text: plain('*not bold* _or_ ~this~') }))).toBe(
      '*not bold* _or_ ~this~',
    );
  });

  it('shows mentions and dates with the reader’s names and zone', () => {
    const text = '<@U1> <#C1> <!here> <!date^1742288400^{date_num} {time}|x>';
    expect(seen(html({ type: 'section', text: mrkdwn(text) }))).toBe(
      '@user U1 #channel-C1 @here 2025-03-18 9:00 AM',
    );
  });
});

/** Tags and attributes only an attacker would have written; React escapes `>` inside attributes. */
function dangers(markup: string): string[] {
  const tags = markup.match(/<[a-z][^>]*>/gi) ?? [];
  return tags.filter((tag) => {
    const bare = tag.replace(/"[^"]*"/g, '""');
    return (
      /^<(?:script|iframe|object|embed|link|h1)\b/i.test(bare) ||
      /\son\w+=/i.test(bare) ||
      /src="x"/.test(tag)
    );
  });
}

describe('hostile text on the page', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</div></article><h1>owned</h1>',
    '<!channel> <@U123>',
    '&lt;script&gt;',
    '\uE0000\uE001 \uE00099\uE001',
    '$& $1 $`',
    '${1+1} {{1+1}}',
  ];

  it.each(HOSTILE)('shows %s as the very characters', (hostile) => {
    const blocks = everyBlock(hostile, escapeMrkdwn(hostile)).filter((block) => block.type !== 'markdown');
    const expected = hostile.replace(/[\uE000\uE001]/g, '\uFFFD');
    for (const block of blocks.filter(({ type }) => type !== 'divider' && type !== 'data_visualization')) {
      expect(`${html(block)} ${seen(html(block))}`).toContain(expected);
    }
    const markup = html(...blocks);
    expect(dangers(markup)).toEqual([]);
    expect(seen(markup)).not.toContain('user U123');
    const text = renderToStaticMarkup(
      createElement('div', null, messageTextNodes(escapeMrkdwn(hostile), reader)),
    );
    expect(seen(text)).toBe(expected);
  });
});

describe('axes', () => {
  it.each([
    [0, 8, [0, 2, 4, 6, 8]],
    [-1200, 3200, [-2000, -1000, 0, 1000, 2000, 3000, 4000]],
    [3, 3, [0, 1, 2, 3]],
    [0, 0, [0, 0.2]],
    [0.2, 0.9, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ])('from %d to %d has round steps with zero among them', (low, high, ticks) => {
    expect(niceTicks(low, high)).toEqual(ticks);
  });

  it('shortens numbers from ten thousand on', () => {
    expect([0, -1500, 9999, 12_500, 2_000_000].map(tickLabel)).toEqual([
      '0',
      '-1,500',
      '9,999',
      '12.5K',
      '2M',
    ]);
  });
});

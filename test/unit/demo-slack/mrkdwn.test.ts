import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../demo/slack/message-tokens.ts';
import { escapeMrkdwn, parseMrkdwn, tokenizeMrkdwn, unescapeMrkdwn } from '../../../demo/slack/mrkdwn.ts';
import { formatSlackDate } from '../../../demo/slack/slack-date.ts';

const HOSTILE = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S123|team>',
  '<@U123>',
  '<@U123|boss>',
  '<#C123>',
  '<http://evil.example|Atlassian>',
  '<mailto:a@evil.example|mail>',
  '<!date^1742288400^{date}^http://evil.example|now>',
  '<javascript:alert(1)>',
  '<script>alert(1)</script>',
  '<!unknown>',
];

describe('the mrkdwn tokenizer', () => {
  it.each([
    ['a user', '<@U123>', { kind: 'user', target: 'U123' }],
    ['a labelled user', '<@W123|ana>', { kind: 'user', target: 'W123', label: 'ana' }],
    ['a channel', '<#C123|sales>', { kind: 'channel', target: 'C123', label: 'sales' }],
    ['a user group', '<!subteam^S12>', { kind: 'usergroup', target: 'S12' }],
    ['everybody', '<!channel>', { kind: 'broadcast', target: 'channel' }],
    ['who is here', '<!here|here>', { kind: 'broadcast', target: 'here', label: 'here' }],
    [
      'a link',
      '<https://a.example/?a=1&amp;b=2|Label &lt;1&gt;>',
      { kind: 'link', target: 'https://a.example/?a=1&b=2', label: 'Label <1>' },
    ],
    ['a date', '<!date^1742288400^{date}|18 Mar>', { kind: 'date', target: '{date}', label: '18 Mar' }],
    ['an unknown special', '<!anything>', { kind: 'special', target: '!anything' }],
    ['a stray bracket', 'a <b> c', { kind: 'stray', target: 'b' }],
    [
      'a bare address',
      'see https://a.example/x now',
      { kind: 'link', target: 'https://a.example/x', isAuto: true },
    ],
    [
      'a bare mail address',
      'ask a.b@c.example',
      { kind: 'link', target: 'mailto:a.b@c.example', isAuto: true },
    ],
    ['bold', 'a *b c* d', { kind: 'bold', target: 'b c' }],
    ['italic', '(_b_)', { kind: 'italic', target: 'b' }],
    ['strike', '~b~', { kind: 'strike', target: 'b' }],
    ['code', '`<https://a.example|b>`', { kind: 'code', target: 'b' }],
    ['a code block', '```b *c*```', { kind: 'pre', target: 'b *c*' }],
    ['a quote', '> b', { kind: 'quote', target: 'b' }],
    ['a quote spelled as an entity', '&gt; b', { kind: 'quote', target: 'b' }],
    ['an emoji', 'a :tada: b', { kind: 'emoji', target: 'tada' }],
  ])('finds %s', (_, text, token) => {
    expect(tokenizeMrkdwn(text)).toContainEqual(token);
  });

  it.each([
    [
      'escaped control sequences',
      escapeMrkdwn(HOSTILE.join(' ').replaceAll(/https?:\/\/|mailto:\S+|\S+@evil.example/g, '')),
    ],
    ['twice escaped text', escapeMrkdwn(escapeMrkdwn('<!channel>'))],
    ['markers inside words', 'snake_case_name 2*3*4 a~b~c'],
    ['markers beside spaces', '* a * _ b _ ~ c ~'],
    ['markers held apart by zero-width spaces', '\u200B*\u200Ba\u200B*\u200B'],
    ['times of day', '9:30:10'],
    ['a marker that opens inside a word', 'word*not bold* x_not italic_'],
    ['an unclosed marker', '*a'],
    ['a bracket that never closes', 'a < b'],
  ])('finds nothing in %s', (_, text) => {
    expect(tokenizeMrkdwn(text)).toEqual([]);
  });

  it('leaves bare addresses alone when the text is verbatim', () => {
    expect(tokenizeMrkdwn('https://a.example a@b.example', { verbatim: true })).toEqual([]);
  });

  it('undoes exactly one escaping', () => {
    for (const text of HOSTILE) expect(unescapeMrkdwn(escapeMrkdwn(text))).toBe(text);
    expect(unescapeMrkdwn('&amp;lt;')).toBe('&lt;');
    expect(unescapeMrkdwn('&quot;')).toBe('&quot;');
  });

  it('keeps a link inside bold, and bold from ending inside a link', () => {
    expect(parseMrkdwn('*see <https://a.example/*x*|the *list*>*')).toEqual([
      {
        kind: 'paragraph',
        children: [
          {
            kind: 'bold',
            children: [
              { kind: 'text', text: 'see ' },
              { kind: 'link', url: 'https://a.example/*x*', label: 'the *list*' },
            ],
          },
        ],
      },
    ]);
  });
});

describe('the tokens of a message', () => {
  const section = (text: string, extra: Record<string, unknown> = {}) => ({
    type: 'section',
    text: { type: 'mrkdwn', text, ...extra },
  });

  it.each(HOSTILE)('says where %s stands, wherever Slack would read it', (hostile) => {
    const unsafe = {
      text: hostile,
      blocks: [
        section(hostile),
        { type: 'section', fields: [{ type: 'mrkdwn', text: hostile }] },
        { type: 'header', text: { type: 'plain_text', text: hostile } },
        { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: hostile } }] },
      ],
    };
    const places = new Set(tokensOf(unsafe).map((token) => token.where));
    expect([...places]).toEqual([
      '/text',
      '/blocks/0/text/text',
      '/blocks/1/fields/0/text',
      '/blocks/2/text/text',
      '/blocks/3/elements/0/text/text',
    ]);
  });

  it.each(HOSTILE)(
    'finds nothing of %s once it is escaped or stands where Slack reads nothing',
    (hostile) => {
      const escaped = escapeMrkdwn(hostile);
      const safe = {
        text: 'A sentence',
        blocks: [
          section(escaped, { verbatim: true }),
          { type: 'header', text: { type: 'plain_text', text: escaped } },
          { type: 'table', rows: [[{ type: 'raw_text', text: hostile }]] },
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: hostile }] }],
          },
          {
            type: 'data_visualization',
            title: hostile,
            chart: { type: 'pie', segments: [{ label: hostile, value: 1 }] },
          },
        ],
      };
      expect(tokensOf(safe)).toEqual([]);
    },
  );

  it('finds no styles in plain text, which Slack does not style', () => {
    const header = { type: 'header', text: { type: 'plain_text', text: '*a* _b_ `c`' } };
    expect(tokensOf({ text: '', blocks: [header] })).toEqual([]);
    expect(tokensOf({ text: '', blocks: [section('*a*')] })).toEqual([
      { kind: 'bold', target: 'a', where: '/blocks/0/text/text' },
    ]);
  });

  it('finds what rich text leaves do', () => {
    const leaves = [
      { type: 'user', user_id: 'U1' },
      { type: 'broadcast', range: 'channel' },
      { type: 'link', url: 'https://a.example', text: 'x' },
    ];
    const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: leaves }] }];
    expect(tokensOf({ text: '', blocks })).toEqual([
      { kind: 'user', target: 'U1', where: '/blocks/0' },
      { kind: 'broadcast', target: 'channel', where: '/blocks/0' },
      { kind: 'link', target: 'https://a.example', label: 'x', where: '/blocks/0' },
    ]);
  });

  it('counts bare names when the sender asked Slack to link them', () => {
    const message = { text: 'hello @here', blocks: [] };
    expect(tokensOf({ ...message, sent: { link_names: true } })).toContainEqual({
      kind: 'broadcast',
      target: 'here',
      isAuto: true,
      where: '/text',
    });
    expect(tokensOf(message)).toEqual([]);
  });
});

describe('dates', () => {
  const reader = { tz: 'America/New_York', now: Date.parse('2025-03-18T12:00:00Z') };
  const at = Date.parse('2025-03-18T02:05:00Z') / 1000;

  it.each([
    ['{date_num} {time}', '2025-03-17 10:05 PM'],
    ['{date}', 'March 17th, 2025'],
    ['{date_short_pretty} at {time}', 'yesterday at 10:05 PM'],
    ['{date_long}', 'Monday, March 17th, 2025'],
    ['{date_slash}', '03/17/2025'],
    ['{time_secs}', '10:05:00 PM'],
    ['{ago}', '9 hours ago'],
    ['{unknown}', '{unknown}'],
  ])('fills in %s for the reader, in the reader’s zone', (format, text) => {
    expect(formatSlackDate(at, format, reader)).toBe(text);
  });

  it('shows the format itself when the timestamp is nonsense', () => {
    expect(formatSlackDate(Number.NaN, '{date}', reader)).toBe('{date}');
    expect(formatSlackDate(1e20, '{date}', reader)).toBe('{date}');
  });
});

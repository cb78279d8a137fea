import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../../demo/slack/message-tokens.ts';
import { type MrkdwnToken, tokenizeMrkdwn, unescapeMrkdwn } from '../../../../demo/slack/mrkdwn.ts';
import { validateBlocks, weighBlocks, MAX_BLOCKS_WEIGHT } from '../../../../demo/slack/validate-blocks.ts';
import { actions, context, fields, header, message, section } from '../../../../src/messages/kit/blocks.ts';
import { chart } from '../../../../src/messages/kit/chart.ts';
import {
  clean,
  customer,
  escape,
  join,
  label,
  type Mrkdwn,
  mrk,
  quote,
  spoken,
} from '../../../../src/messages/kit/escape.ts';
import { limitProblems } from '../../../../src/messages/kit/limits.ts';
import { dataTable } from '../../../../src/messages/kit/table.ts';
import { hostileNames } from './hostile-names.ts';

const names = hostileNames(10_000);

/** Every position in which the product puts customer text, each with the formatting that the product means. */
const POSITIONS: Record<string, { put: (name: string) => Mrkdwn; means: readonly string[] }> = {
  'at the start': { put: (name) => mrk`${name}: 3 of 5`, means: [] },
  'before words that begin with a colon': { put: (name) => mrk`about ${name}:`, means: [] },
  'in the middle and at the end': { put: (name) => mrk`last week ${name} left ${name}`, means: [] },
  'at the start of a line and in a list': { put: (name) => mrk`Who left\n${name}\n• ${name}`, means: [] },
  'in brackets and quotes': {
    put: (name) => mrk`(${name}) “${name}” "${name}", ${name}; ${name}`,
    means: [],
  },
  'in bold, joined to others': {
    put: (name) => join([mrk`• *${name}* (${name})`, mrk`*${customer(name)}*, ${name}`], ' · '),
    means: ['bold', 'bold'],
  },
  'in bold among words': { put: (name) => mrk`*the ${name} of ${name}.* more`, means: ['bold'] },
  'in italic': { put: (name) => mrk`reason: _${name}_`, means: ['italic'] },
  'in code': { put: (name) => mrk`try \`${name}\``, means: ['code'] },
  'between two in bold': {
    put: (name) => mrk`*${name}* and ${name} and *${name}*`,
    means: ['bold', 'bold'],
  },
};

function styles(tokens: readonly MrkdwnToken[]): string[] {
  return tokens.map(({ kind }) => kind);
}

describe.each(Object.entries(POSITIONS))('10,000 hostile names %s', (_, { means, put }) => {
  const texts = names.map((name) => ({ name, mrkdwn: put(name).mrkdwn }));

  it('bring no mention, link, special or formatting of their own, and take none of ours away', () => {
    const wrong = texts.filter(
      ({ mrkdwn }) => styles(tokenizeMrkdwn(mrkdwn, { verbatim: true })).join() !== means.join(),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('leave no control character, no half character and no entity of their own', () => {
    const wrong = texts.filter(
      ({ mrkdwn }) =>
        !mrkdwn.isWellFormed() ||
        /(?!\n)[\p{Cc}\u200B\u202E\u2066\u{E0041}]|&(?!(?:amp|lt|gt);)/u.test(mrkdwn),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

describe('10,000 hostile names escaped', () => {
  /** What of a text no escape touches; two of the look-alikes are modifier letters. */
  const letters = (text: string) =>
    text.replace(/\p{Default_Ignorable_Code_Point}|\p{Lm}|[^\p{L}\p{N}]/gu, '');

  it('are escaped once: read back, their letters are those of the name, up to where it is cut', () => {
    const wrong = names.filter((name) => {
      const shown = letters(unescapeMrkdwn(escape(name).mrkdwn));
      return !letters(name).startsWith(shown) || (name.length < 60 && letters(name) !== shown);
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

describe('10,000 hostile names in a whole message', () => {
  function wholeMessage(name: string) {
    const table = dataTable(name, [{ title: name, cell: (row: string) => row }], [name, name]);
    return message(mrk`*${customer(name)}* left: ${name}`, [
      header(name),
      section(mrk`*${customer(name)}*, ${name}`),
      fields([mrk`*App*\n${name}`, mrk`${name}`]),
      table.block,
      chart({
        kind: 'bar',
        title: name,
        categories: [name, name, 'a'],
        series: [
          { name, values: [1, 2, 3] },
          { name, values: [1, 2, 3] },
        ],
        xLabel: name,
        yLabel: name,
      }),
      context(mrk`${name}`),
      actions([{ label: name, asks: `lookup "${name}"` }]),
    ]);
  }

  const messages = names.map((name) => ({ name, whole: wholeMessage(name) }));

  it('neither ping nor link nor show an emoji anywhere, also where Slack cannot be told to leave addresses alone', () => {
    const found = messages.flatMap(({ name, whole }) =>
      tokensOf(whole)
        .filter(({ kind }) => kind !== 'bold')
        .map((token) => ({ name, token })),
    );
    expect(found.slice(0, 5)).toEqual([]);
  });

  it('never make one that Slack refuses', () => {
    const refused = messages.flatMap(({ name, whole }) => {
      const problems = [...validateBlocks(whole.blocks), ...limitProblems(whole)];
      const isLight = weighBlocks(whole.blocks) < MAX_BLOCKS_WEIGHT;
      const isWell = !JSON.stringify(whole).includes('\\ud');
      return problems.length === 0 && isLight && isWell ? [] : [{ name, problems, isLight, isWell }];
    });
    expect(refused.slice(0, 5)).toEqual([]);
  });

  it('leave a sentence for the notification without formatting marks', () => {
    expect(messages.filter(({ whole }) => /[*~`\n]|^\s|\s$/.test(whole.text)).slice(0, 5)).toEqual([]);
  });
});

describe('an innocent name', () => {
  it.each([
    'foo_bar_baz',
    "O'Neil & Søn, S.A.",
    'Société Générale (Paris)',
    '株式会社アクメ',
    'Acme: The Company',
    'C# / .NET + Node.js #1',
    '100% "Best" – since 1999!',
    'Ⅷ & 𝒜cme',
    'مثال',
    'open 09:00',
    'a no-break\u00A0space',
    '❤️ Corp 🇩🇪',
  ])('%s reads as it was written', (name) => {
    expect(unescapeMrkdwn(mrk`*${name}*`.mrkdwn)).toBe(`*${name}*`);
    expect(label(name, 100)).toBe(name);
  });

  it('with an inner underscore keeps it in the notification too', () => {
    expect(spoken(mrk`*foo_bar* _left_`)).toBe('foo_bar left');
  });
});

describe('the marks of a hostile name', () => {
  it.each([
    ['*Acme*', '∗Acme∗'],
    ['_Acme_', 'ˍAcmeˍ'],
    ['~Acme~', '∼Acme∼'],
    ['`Acme`', 'ˋAcmeˋ'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['&lt;!channel&gt;', '&amp;lt;!channel&amp;gt;'],
    [':fire:', '∶fire∶'],
    ['on :fire', 'on ∶fire'],
    ['http://x.example', 'http∶//x.example'],
    ['>> Acme', 'Acme'],
    ['Acme\u202Eemca', 'Acme emca'],
    ['a\n b\u2028c', 'a b c'],
    ['\uD800Acme\uDFFF', '\uFFFDAcme\uFFFD'],
  ])('become look-alikes or entities: %s', (name, shown) => {
    expect(escape(name).mrkdwn).toBe(shown);
  });

  it('that Slack would read in a header become look-alikes without an entity', () => {
    expect(label('<!here> :fire: R&D', 60)).toBe('‹!here› ∶fire∶ R&D');
  });
});

it('an underscore beside a letter outside the basic plane, which halves hide, becomes a look-alike too', () => {
  const { mrkdwn } = mrk`${'𝒜_b_𝒜'} and ${'𝒜 _b_𝒜'}`;
  expect(tokenizeMrkdwn(mrkdwn)).toEqual([]);
  expect(mrkdwn).toContain('𝒜ˍbˍ𝒜');
});

describe('a name that shows nothing', () => {
  it.each([undefined, '', '  ', '\u200B\u202E', '\n', '>', '\u3164'])(
    '(%j) is called a customer without a name',
    (name) => {
      expect(customer(name).mrkdwn).toBe('A customer without a name');
    },
  );

  it('leaves no pair of marks around nothing', () => {
    expect(mrk`*${''}* _${'\u200B'}_`.mrkdwn).toBe('*-* _-_');
  });
});

describe('the words of a sentence', () => {
  it('keep the space at their ends, except directly inside formatting marks', () => {
    expect(mrk`*${' Paying '}*${' since May '}${'and on'}`.mrkdwn).toBe('*Paying* since May and on');
  });

  it('are escaped once, however often mrkdwn is put into mrkdwn', () => {
    const once = mrk`${'R&D <x>'}`;
    expect(mrk`${mrk`${once}`}`.mrkdwn).toBe('R&amp;D &lt;x&gt;');
  });

  it('take numbers, zero too', () => {
    expect(mrk`${0} of ${7}`.mrkdwn).toBe('0 of 7');
  });
});

describe('a long text', () => {
  it('is cut to what JavaScript counts, with an ellipsis, between characters', () => {
    for (const limit of [2, 10, 20, 75, 150]) {
      const cut = clean('😀'.repeat(100), limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.endsWith('…')).toBe(true);
    }
    expect(clean('a'.repeat(80))).toBe('a'.repeat(80));
    expect(clean('a'.repeat(81))).toBe(`${'a'.repeat(79)}…`);
  });

  it('leaves no space before the ellipsis', () => {
    expect(clean(`${'a'.repeat(10)} ${'b'.repeat(10)}`, 12)).toBe(`${'a'.repeat(10)}…`);
  });
});

describe('pieces in one', () => {
  it('are separated, empty ones left out', () => {
    expect(join([mrk`a`, mrk``, mrk`b`], ' · ').mrkdwn).toBe('a · b');
    expect(join([], ', ').mrkdwn).toBe('');
  });
});

describe("a customer's own words in a channel", () => {
  it.each([
    ['Write to jane.doe@acme.com, please', 'Write to [address], please'],
    ['Jane <jane@acme.com> knows', 'Jane &lt;[address]&gt; knows'],
    ['Call +49 (0)30 1234 5678 any time', 'Call [number] any time'],
    ['We had 1,200 users in 2026 and paid $4,480', 'We had 1,200 users in 2026 and paid $4,480'],
    ['Cafe @ night, v1.2.3', 'Cafe @ night, v1.2.3'],
  ])('%s reads %s', (words, shown) => {
    expect(quote(words).mrkdwn).toBe(shown);
  });
});

import { describe, expect, it } from 'vitest';
import { unescapeMrkdwn } from '../../../../demo/slack/mrkdwn.ts';
import { validateBlocks } from '../../../../demo/slack/validate-blocks.ts';
import type { Block } from '../../../../src/domain/message.ts';
import {
  actions,
  context,
  fields,
  header,
  message,
  section,
  textOf,
  threaded,
} from '../../../../src/messages/kit/blocks.ts';
import { mrk } from '../../../../src/messages/kit/escape.ts';
import { LIMITS } from '../../../../src/messages/kit/limits.ts';

function wordsOf(block: Block): string {
  return (block['text'] as { text: string }).text;
}

describe('a section that is too long', () => {
  it('is cut at the end of a line', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${'x'.repeat(40)}`);
    const words = wordsOf(section({ mrkdwn: lines.join('\n') }));
    expect(words.length).toBeLessThanOrEqual(LIMITS.sectionText);
    expect(words).toMatch(/ x{40}…$/);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('is never cut inside an entity, wherever the limit falls (%d)', (shift) => {
    const words = wordsOf(section({ mrkdwn: 'x'.repeat(shift) + '&amp;'.repeat(1000) }));
    expect(words.length).toBeLessThanOrEqual(LIMITS.sectionText);
    expect(words).toMatch(/^x*(&amp;)+…$/);
  });

  it.each([0, 1])('is never cut inside a character (%d)', (shift) => {
    const words = wordsOf(section({ mrkdwn: 'x'.repeat(shift) + '😀'.repeat(3000) }));
    expect(words.length).toBeLessThanOrEqual(LIMITS.sectionText);
    expect(words.isWellFormed()).toBe(true);
  });

  it('is never cut inside a control sequence of our own', () => {
    const words = wordsOf(
      section({ mrkdwn: `${'x'.repeat(2890)}<https://example.com/a/long/path|here> and on` }),
    );
    expect(words).toBe(`${'x'.repeat(2890)}…`);
  });

  it('of exactly the limit is left alone', () => {
    expect(wordsOf(section({ mrkdwn: 'x'.repeat(2900) }))).toBe('x'.repeat(2900));
  });
});

describe('a message', () => {
  it('leaves out parts that have nothing to say, because Slack refuses them', () => {
    const empties = [
      section(mrk``),
      section(mrk`${' '}`),
      fields([]),
      fields([mrk``]),
      context(),
      context(mrk``, mrk`${'\u200B'}`),
      actions([]),
      undefined,
    ];
    expect(message(mrk`Nothing happened.`, empties)).toEqual({ text: 'Nothing happened.', blocks: [] });
  });

  it('keeps order, and what is not empty', () => {
    const { blocks } = message(mrk`x`, [
      header('Title'),
      undefined,
      section(mrk`words`),
      { type: 'divider' },
    ]);
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'divider']);
  });

  it('says its sentence without marks, without line ends around it, within the limit', () => {
    expect(textOf(mrk`*6 of 75* left; reason: _Too expensive_ \`x\``)).toBe(
      '6 of 75 left; reason: Too expensive x',
    );
    expect(textOf({ mrkdwn: '&amp;'.repeat(2000) }).length).toBeLessThanOrEqual(LIMITS.text);
    expect(textOf({ mrkdwn: '&amp;'.repeat(2000) })).toMatch(/^(&amp;)+…$/);
  });

  it('with empty replies has no thread for them', () => {
    const parent = message(mrk`x`, []);
    expect(threaded(parent, [undefined, parent, undefined]).thread).toEqual([parent]);
  });
});

describe('the limits of Slack', () => {
  it('hold for more facts, notes and buttons than there is room for', () => {
    const many = Array.from({ length: 30 }, (_, index) => mrk`fact ${index}`);
    const blocks = [
      fields(many),
      context(...many),
      actions(many.map((_, index) => ({ label: `Button ${index}`, asks: 'help' }))),
      header('x'.repeat(500)),
      fields([{ mrkdwn: 'x'.repeat(5000) }]),
    ];
    expect(validateBlocks(blocks)).toEqual([]);
    expect(
      blocks.map(({ elements, fields: facts }) => [elements, facts].flat().filter(Boolean).length),
    ).toEqual([10, 10, 5, 0, 1]);
  });

  it('hold for a header and a button without words', () => {
    const blocks = [header('\u200B'), actions([{ label: '', asks: 'help' }])];
    expect(validateBlocks(blocks)).toEqual([]);
  });
});

describe('a button', () => {
  it('asks what it says, cut between characters where it is absurdly long', () => {
    const [button] = actions([{ label: 'Show', asks: `lookup "x${'😀'.repeat(2000)}"`, isPrimary: true }])[
      'elements'
    ] as [{ value: string; style: string }];
    expect(button.value.length).toBeLessThanOrEqual(LIMITS.buttonValue);
    expect(button.value.isWellFormed()).toBe(true);
    expect(button.style).toBe('primary');
  });

  it('has an action of its own within its row', () => {
    const { elements } = actions(['a', 'b', 'c'].map((label) => ({ label, asks: label })));
    expect((elements as { action_id: string }[]).map(({ action_id }) => action_id)).toEqual([
      'pulse:0',
      'pulse:1',
      'pulse:2',
    ]);
  });
});

it('mrkdwn text is verbatim, so that Slack links no address in it', () => {
  const words = mrk`jane@acme.example`;
  for (const block of [section(words), fields([words]), context(words)]) {
    expect(JSON.stringify(block)).toContain('"verbatim":true');
    expect(unescapeMrkdwn(JSON.stringify(block))).toContain('jane@acme.example');
  }
});

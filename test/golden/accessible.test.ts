import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../demo/slack/message-tokens.ts';
import type { Block, Message, ThreadedMessage } from '../../src/domain/message.ts';
import { readGallery } from '../../demo/gallery.ts';

/** A message, a form or a Home tab, and what it is called. */
interface Shown {
  readonly name: string;
  readonly text?: string;
  readonly blocks: readonly Block[];
}

function withReplies(name: string, message: Message | ThreadedMessage): Shown[] {
  const replies = 'thread' in message ? message.thread : [];
  return [
    { ...message, name },
    ...replies.map((reply, index) => ({ ...reply, name: `${name}, reply ${index + 1}` })),
  ];
}

const goldens = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) =>
    withReplies(file, JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Message),
  );
const situations = (await readGallery()).flatMap(({ situations: built, id }) =>
  built.flatMap(({ message, name }) => withReplies(`${id}, ${name}`, message)),
);
const ALL: readonly Shown[] = [...goldens, ...situations];

/**
 * Messages in which somebody is mentioned: who clicked, who was made the owner of alerts, and, in answers that one person
 * sees and that therefore reach nobody else, who subscribed.
 */
const MENTIONING =
  /^(?:alert-(?:handled|owned|snoozed)|alerts-(?:everything|two-spaces)|shared|subscri[a-z-]+)\.json$/;

type Node = Readonly<Record<string, unknown>>;

function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesIn)];
}

const ofType = (blocks: readonly Block[], type: string) =>
  nodesIn(blocks).filter((node) => node['type'] === type);
const wordsOf = (node: Node): string => (node['text'] as { text?: string } | undefined)?.text ?? '';

const isNameless = (name: unknown): boolean => typeof name !== 'string' || name.length < 3;

/** What breaks a rule, as `name: what`. */
function faults(find: (shown: Shown) => readonly string[], among: readonly Shown[] = ALL): string[] {
  return among.flatMap((shown) => find(shown).map((what) => `${shown.name}: ${what}`));
}

const EMOJI = /\p{Extended_Pictographic}|:[a-z0-9_+-]+:/u;

describe('every message', () => {
  it('is looked at', () => {
    expect(goldens.length).toBeGreaterThan(150);
    expect(situations.length).toBeGreaterThan(40);
  });

  it('has a text that is complete by itself, without marks, and says more than its heading', () => {
    const wrong = faults(({ blocks, name, text }) => {
      // A form has a title, and Home has none.
      if (/^home|form/.test(name)) return [];
      if (text === undefined) return ['no text'];
      const heading = blocks.find(({ type }) => type === 'header');
      // Three words at least, nothing left open at the end, and no marks that a voice would read out.
      const isComplete =
        text.trim().split(/\s+/).length >= 3 &&
        !/(?:[:,(–-]|(?<!&\w+);)$/.test(text.trim()) &&
        !/[*~`]/.test(text);
      return isComplete && text !== (heading && wordsOf(heading)) ? [] : [text.slice(0, 80)];
    });
    expect(wrong).toEqual([]);
  });

  it('pings nobody, and mentions only who asked for it by clicking or by being made the owner', () => {
    const wrong = faults(({ blocks, name, text = '' }) =>
      tokensOf({ text, blocks })
        .filter(({ kind }) => ['broadcast', 'usergroup', 'user'].includes(kind))
        .filter(({ kind }) => kind !== 'user' || !MENTIONING.test(name))
        .map(({ target }) => target),
    );
    expect(wrong).toEqual([]);
  });

  it('has buttons and headings of words: no emoji, no end punctuation in headings, Title Case on buttons', () => {
    const wrong = faults(({ blocks }) => {
      const headings = ofType(blocks, 'header').map(wordsOf);
      const buttons = ofType(blocks, 'button').map(wordsOf);
      return [
        ...headings.filter((words) => /[!?:;]$/.test(words)),
        ...buttons.filter((words) => !/^[\p{Lu}\p{N}]/u.test(words)),
        ...buttons.filter((words) => EMOJI.test(words) || words.trim() === ''),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('says nothing by colour: no attachments, and at most one button that stands out', () => {
    const wrong = faults(({ blocks, ...rest }) => {
      const styled = ofType(blocks, 'button').filter((button) => button['style'] !== undefined);
      return [
        ...('attachments' in rest ? ['attachments'] : []),
        ...(styled.length > 1 ? [`${styled.length} buttons stand out`] : []),
        ...nodesIn(blocks)
          .filter((node) => 'color' in node)
          .map(() => 'a colour'),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('says nothing by an emoji, an arrow or a place on the screen', () => {
    const wrong = faults(({ blocks, text = '' }) => {
      const said = [
        text,
        ...nodesIn(blocks).map(({ text: words }) => (typeof words === 'string' ? words : '')),
      ];
      return said.flatMap(
        (words) =>
          /[↑↓▲▼→←⬆⬇🔴🟢🟡✅❌⚠]|\b(?:see|as|shown|listed) (?:above|below)\b/u.exec(words)?.[0] ?? [],
      );
    });
    expect(wrong).toEqual([]);
  });

  it('names every table and chart, and says in words what a chart shows', () => {
    const wrong = faults(({ blocks }) => {
      const tables = ofType(blocks, 'data_table').filter(({ caption }) => isNameless(caption));
      const charts = ofType(blocks, 'data_visualization');
      const silent = charts.filter(({ title }) => isNameless(title));
      const isExplained = charts.length === 0 || blocks.some(({ type }) => type === 'section');
      return [...tables, ...silent]
        .map(() => 'without a name')
        .concat(isExplained ? [] : ['a chart without words']);
    });
    expect(wrong).toEqual([]);
  });
});

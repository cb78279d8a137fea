import { describe, expect, it } from 'vitest';
import { situations } from '../situations/feedback.ts';

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the feedback digest', () => {
  it('tells how many, who of them pays, why, and what those who pay say first', () => {
    const message = situations.busy();
    // $13,124.00 + $899.00 = $14,023.00, of three pieces by two customers.
    expect(message.text).toContain('3 are of paying customers, $14.0k a year together');
    expect(textOf(message.text)).toContain(
      '$14.0k a year together. Higher than usual: It is too expensive (3, usually 0 to 2).',
    );
    // 7 pieces: 3 of customers that pay, 1 without a subscription.
    expect(textOf(message.blocks)).toContain('3 paying, 3 not paying, 1 not known, without a subscription');
    expect(textOf(message.blocks)).toContain(
      'What they said, paying customers first*: 4 of 7 wrote something\\n• *Acme GmbH*',
    );
  });

  it('quotes no address and no number of a person', () => {
    const text = textOf(situations.busy());
    expect(text).toContain('“The price doubled. Ask [address] or [number].”');
    expect(text).not.toMatch(/jane|1234567/);
  });

  it('adds up: the rows of each table are the sum above it', () => {
    const { thread } = situations.busy();
    expect(thread.map(({ text }) => text.replaceAll('\u00A0', ' '))).toEqual([
      '4 reasons of 7 pieces, $14,023.00 a year behind them together. A customer that gave several counts with its latest.',
      'What they said, paying customers first.',
      'All 7 pieces of feedback, $14,023.00 a year behind them together.',
      '7 pieces of feedback by app, $14,023.00 a year behind them together, and what is usual for each.',
    ]);
  });

  it('is one sentence in a week without any', () => {
    const message = situations.quiet();
    expect(message.text).toContain('No feedback; usual 5 (range 0 to 12): within the usual range.');
    expect(message.blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'context',
      'actions',
    ]);
  });

  it('survives hostile names and words, huge numbers and more rows than fit', () => {
    const message = situations.absurd();
    expect(textOf(message.blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
  });

  it('calls nothing usual without history, and nobody a paying customer who is none', () => {
    const message = situations['no-history']();
    expect(message.text).toContain('too few weeks before it');
    expect(message.text).toContain('None is of a paying customer.');
  });

  it('tells a week of before the first import apart from one without feedback', () => {
    expect(situations['before-import']().text).toContain('it is from before the first import');
    expect(situations['never-read']().text).toContain('Feedback has not been read yet');
  });
});

import { describe, expect, it } from 'vitest';
import { situations } from '../situations/search-keywords.ts';

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the digest of searches', () => {
  it('tells how often searches showed the apps, by which keywords, and what nobody finds', () => {
    const message = situations.busy();
    expect(message.text).toContain('Searches showed your apps 402 times; usual 380.5 (range 290 to 480)');
    // 1,900 after 1,250 a year ago: +52 %.
    expect(textOf(message.blocks)).toContain('a year ago 1,250 (+52 %)');
  });

  it('tells the five most frequent keywords, and behind them each that is unusual', () => {
    const text = textOf(situations.busy().blocks);
    expect(text).toContain(
      '*project management*, App 1: 200, usual 110 (range 70 to 160): *higher than usual*; 12th on the Marketplace, 3rd within products',
    );
    expect(text).toContain('*okr*, App 1: 20, new');
    expect(text).toContain('*export*, App 1: 0, usual 30 (range 15 to 48): *lower than usual*');
    expect(text).not.toContain('*report*');
    expect(text).toContain('and 1 more keyword in the thread');
  });

  it('keeps what everybody searches for to one line while no month is new', () => {
    const message = situations.ordinary();
    expect(textOf(message.blocks)).toContain(
      'What everybody searches for: Feb 2026 is still the newest month',
    );
    expect(textOf(message)).not.toContain('Product ideas');
  });

  it('is one sentence in a week in which nothing was shown', () => {
    const message = situations.quiet();
    expect(message.text).toContain('No search showed App 3');
    expect(message.thread).toEqual([]);
  });

  it('survives hostile keywords, huge numbers and more rows than fit', () => {
    const message = situations.absurd();
    expect(textOf(message.blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
  });

  it('calls nothing usual or new without history', () => {
    const message = situations['no-history']();
    expect(message.text).toContain('too few weeks before it');
    expect(textOf(message.blocks)).not.toContain(', new');
  });

  it('says what was never read, and what is not published', () => {
    expect(situations['never-read']().text).toContain('Searches have not been read yet');
    expect(situations.unpublished().text).toContain("has not published this week's searches yet");
  });
});

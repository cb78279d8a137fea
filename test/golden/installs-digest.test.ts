import { describe, expect, it } from 'vitest';
import { situations } from '../situations/installs.ts';

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the installs digest', () => {
  it('tells the change of the week beside what is usual, and where it comes from', () => {
    const message = situations.busy();
    expect(message.text).toContain('1,432 active installations, 27 more than the week before');
    // 1,432 - 1,400 = 32, 2.3 % of 1,400; 1,432 - 1,180 = 252, 21 % of 1,180.
    expect(textOf(message.blocks)).toContain('1,400; +32 since (+2.3 %)');
    expect(textOf(message.blocks)).toContain('1,180; +252 since (+21 %)');
    expect(textOf(message.blocks)).toContain('1 grew, 2 shrank, 1 did not change, 1 not known');
  });

  it('names the week by the Monday it begins with', () => {
    const message = situations.busy();
    expect(message.text).toContain('Installations 9–15 Mar, All apps');
    expect(textOf(message.blocks)).toContain('Weeks of installations begin on Monday: 9–15 Mar 2026 (UTC)');
  });

  it('is one sentence in a week in which nothing changed', () => {
    const message = situations.quiet();
    expect(message.text).toContain('100 active installations, as many as the week before');
    expect(message.blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'context',
      'actions',
    ]);
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const message = situations.absurd();
    expect(textOf(message.blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
    // 19 is too small a base for a percentage.
    expect(textOf(message.blocks)).toContain('19; +9,876,543,191 since"');
  });

  it('says that too few weeks are known to say what is usual', () => {
    const message = situations['no-history']();
    expect(message.text).toContain('too few weeks before it');
  });

  it('says which week is the newest while this one is not published', () => {
    const message = situations.unpublished();
    expect(message.text).toContain('The newest known week, 2–8 Mar, has 1,405.');
  });

  it('says that installations were never read, and why', () => {
    const message = situations['never-read']();
    expect(message.text).toContain('Installations have not been read yet');
  });
});

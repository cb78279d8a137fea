import { describe, expect, it } from 'vitest';
import { situations } from '../situations/customers.ts';

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the customers digest', () => {
  it('tells how many, compared with a month and a year ago, and where they differ from everybody', () => {
    const message = situations.busy();
    // 8,630 + 7,387 + 2,310 + 1,975 = 20,302; a month before 20,200: 102 more, 0.5 %; a year ago 16,240: 4,062 more, 25 %.
    expect(textOf(message.text)).toContain(
      '20,302 customers in Feb 2026, 102 more than in Jan (+0.5 %), 4,062 more than a year ago (+25 %).',
    );
    expect(message.text).toContain('most over-represented are Jira sites of 1000+ users, 7.0x the average');
  });

  it('tells an index as a multiple of the average, never as a percentage', () => {
    const text = textOf(situations.busy().blocks);
    expect(text).toContain('EMEA 7,387 (36 %), 1.4x the average');
    expect(text).toContain('APAC 1,975 (9.7 %), as the average');
    expect(text).toContain('Not paying 9,708 (48 %), 0.7x the average');
    expect(text).not.toMatch(/1\.4 %|0\.7 %/);
  });

  it('is one line while no month is new', () => {
    const message = situations.quiet();
    expect(message.text).toBe(
      'Customers, All apps: Feb 2026 is still the newest month, and reads as I told it.',
    );
  });

  it('counts the sites of one app from licences, and says that Atlassian does not', () => {
    const message = situations['one-app']();
    expect(message.text).toContain('12 cloud sites have a license of App 1 in use');
    expect(textOf(message.blocks)).toContain('for all apps together alone');
    expect(textOf(message.blocks)).not.toContain('average');
    expect(situations['unused-app']().text).toContain('No cloud site has a license of App 9 in use');
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const message = situations.absurd();
    const said = message.blocks.filter(({ type }) => type !== 'header' && type !== 'data_visualization');
    expect(textOf(said)).not.toMatch(/<!channel>|<https/);
  });

  it('compares nothing of which no other month is known', () => {
    const message = situations['no-history']();
    expect(message.text).toBe('Customers Feb 2026, All apps: 12 customers in Feb 2026.');
  });

  it('says that customers were never read, or that none are published', () => {
    expect(situations['never-read']().text).toContain('has not been read yet');
    expect(situations.unpublished().text).toContain('Atlassian has published no month of customers yet');
  });
});

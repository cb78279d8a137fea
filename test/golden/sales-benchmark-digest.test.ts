import { describe, expect, it } from 'vitest';
import { situations } from '../situations/sales-benchmark.ts';

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the sales benchmark digest', () => {
  it('tells the year beside the Marketplace first, which grew by own growth minus the gap', () => {
    const message = situations.busy();
    // 14.2 - 3.1 = 11.1.
    expect(textOf(message.text)).toContain(
      'This year to Sep you did 3.1 pp better than all partners: they grew 11.1 %, you grew 14.2 %; our share of Cloud sales $401.2k after $351.3k a year ago.',
    );
    // 128,000 / 120,000 = 1.0667, 128,000 / 100,000 = 1.28.
    expect(textOf(message.blocks)).toContain(
      '$128.0k; the three months before $120.0k (+6.7 %); a year ago $100.0k (+28 %)',
    );
  });

  it('is one line while no month is new, with a button that shows it again', () => {
    const message = situations.quiet();
    expect(message.text).toBe(
      'Sales benchmark, All apps: Sep 2026 is still the newest month, and reads as I told it.',
    );
    expect(message.thread).toEqual([]);
  });

  it('compares one app with the apps for its product, and with the product itself', () => {
    const message = situations['one-app']();
    expect(textOf(message.blocks)).toContain('8.1 pp better than the product in the year to date');
    expect(message.thread).toHaveLength(1);
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const message = situations.absurd();
    expect(textOf(message.blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
    expect(message.blocks.some(({ type }) => type === 'data_visualization')).toBe(false);
  });

  it('says what was never read, and why, rather than that there is none', () => {
    const message = situations['never-read']();
    expect(message.text).toContain('has not been read yet');
    expect(textOf(message.blocks)).toContain('*Not read yet*: the sales benchmark (API_FORBIDDEN)');
  });

  it('says that nothing is published where it was read', () => {
    const message = situations['no-history']();
    expect(message.text).toContain('Atlassian has published no sales benchmark yet');
  });
});

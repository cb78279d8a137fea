import { describe, expect, it } from 'vitest';
import { situations } from '../situations/funnel.ts';

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the funnel digest', () => {
  it('tells the steps of the month, and which of them are unusual', () => {
    const message = situations.busy();
    // 43 of 125 = 34.4 %.
    expect(textOf(message.text)).toContain(
      'In Feb 2026 43 of 125 requests were approved (34 %); 178 evaluations started, 55 were bought. Requests are higher than usual.',
    );
    // 55 of 178 = 30.9 %.
    expect(textOf(message.blocks)).toContain('55 of 178 evaluations (31 %) of the same month, not a cohort');
    expect(textOf(message.blocks)).toContain('*Does not add up*: Atlassian counts 55 conversions');
  });

  it('keeps few to their counts, and takes more conversions than evaluations for no share', () => {
    const message = situations.few();
    expect(message.text).toContain('1 of 4 requests was approved; 3 evaluations started, 5 were bought');
    expect(textOf(message.blocks.filter(({ type }) => type === 'section'))).not.toContain('%');
  });

  it('is one line while no month is new', () => {
    const message = situations.quiet();
    expect(message.text).toBe(
      'Funnel, All apps: Feb 2026 is still the newest month, and reads as I told it.',
    );
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const message = situations.absurd();
    expect(textOf(message.blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
  });

  it('says what is not known, and calls nothing usual without history', () => {
    const message = situations['no-history']();
    expect(message.text).toContain('requests are not known; 178 evaluations started');
    expect(message.text).toContain('Too few months before it');
    expect(textOf(message.blocks)).toContain('*Not read yet*: requests (API_FORBIDDEN)');
  });

  it('says that nothing was read, or that nothing is known yet', () => {
    expect(situations['never-read']().text).toContain('have not been read yet');
    expect(situations.unpublished().text).toContain('No month of requests and evaluations is known yet');
  });
});

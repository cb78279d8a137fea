import { describe, expect, it } from 'vitest';
import { conversionDigest } from '../../src/messages/conversion-digest.ts';
import { busy, quiet, situations } from '../situations/conversion.ts';

describe('the conversion digest', () => {
  it('leads with the newest cohort that had its 30 days, then who bought and what runs out', () => {
    expect(situations.busy().text.replaceAll('\u00A0', ' ')).toContain(
      'Evaluations started 2\u20138 Feb: 14 of 41 (34 %) bought within 30 days',
    );
  });

  it('is one sentence in a week in which nobody bought and nothing runs out', () => {
    expect(situations.quiet().blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'context',
      'actions',
    ]);
  });

  it('is more than a sentence as soon as one customer bought', () => {
    const { blocks } = conversionDigest({ ...quiet, bought: busy.bought.slice(0, 1) });
    expect(JSON.stringify(blocks)).toContain('Acme GmbH');
    expect(blocks.length).toBeGreaterThan(conversionDigest(quiet).blocks.length + 1);
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const { blocks } = situations.absurd();
    expect(JSON.stringify(blocks.filter(({ type }) => type !== 'data_table'))).not.toMatch(
      /<!channel>|<https/,
    );
  });

  it('says that nothing is known yet of a cohort before the first evaluations', () => {
    expect(situations['no-history']().text).toContain('No evaluation started');
  });

  it('calls conversion unknown, not zero, before the first sync', () => {
    const { text } = situations['never-pulled']();
    expect(text).toContain('not known yet');
    expect(text).not.toMatch(/\b0 of\b|Nobody/);
  });

  it('never draws a cohort that had no time as low', () => {
    const charted = situations.busy().blocks.find(({ type }) => type === 'data_visualization');
    expect(JSON.stringify(charted)).toContain('"5 Jan"');
    expect(JSON.stringify(charted)).not.toContain('"12 Jan"');
  });
});

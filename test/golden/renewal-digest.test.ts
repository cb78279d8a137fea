import { describe, expect, it } from 'vitest';
import { sumCents } from '../../src/domain/money.ts';
import { dueSentence, renewalRadarReplies } from '../../src/messages/renewal-radar.ts';
import { radar, situations } from '../situations/renewal.ts';

describe('the renewal digest', () => {
  it('tells a busy week: rates by plan, who, what changed, what is due', () => {
    expect(situations.busy().blocks.length).toBeLessThanOrEqual(9);
  });

  it('tells a week without anybody due in one sentence, and still what is due next', () => {
    expect(situations.quiet().blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'section',
      'context',
      'actions',
    ]);
  });

  it('takes four weeks together where few were due, and says so; an older week carries no radar', () => {
    const message = situations.few();
    expect(JSON.stringify(message)).toContain('4 weeks rolling');
    expect(message.text).not.toContain('75');
  });

  it('tells a first week without claiming anything unusual', () => {
    expect(JSON.stringify(situations['no-history']())).not.toMatch(/(higher|lower) than usual/);
  });

  it('says that Atlassian has not published the week', () => {
    expect(situations.unpublished().text).toContain('has not published');
  });

  it('survives an absurd week: hostile names, huge numbers, hundreds of rows', () => {
    const message = situations.absurd();
    const mrkdwn = JSON.stringify(
      [message, ...message.thread].map(({ blocks }) =>
        blocks.filter(({ type }) => type !== 'data_table' && type !== 'header'),
      ),
    );
    expect(mrkdwn).not.toContain('<!channel>');
    expect(mrkdwn).not.toContain('<https:');
  });
});

describe('the radar', () => {
  it('counts what is due in the days asked for, both ends included', () => {
    // Within 60 days: all but Stark Industries (61) and Wayne Ltd (90).
    expect(dueSentence(radar, 60)?.mrkdwn).toContain('*Next 60 days:* 6 annual renewals, $30.5k a year.');
    expect(dueSentence(radar, 61)?.mrkdwn).toContain('7 annual renewals');
    expect(dueSentence({ ...radar, due: [] }, 60)).toBeUndefined();
  });

  it('does not call a renewal worth a look only because a partner sold it', () => {
    expect(dueSentence(radar, 60)?.mrkdwn).toContain('Needs a look (4)');
    const sold = { ...radar, due: radar.due.filter(({ who }) => who === 'Soylent') };
    expect(dueSentence(sold, 60)?.mrkdwn).toContain('None needs a look');
  });

  it('lists every renewal once by its days, and its sums are those of its rows', () => {
    const tables = renewalRadarReplies(radar).filter(({ text }) => text.startsWith('Due'));
    const rows = tables.map(({ blocks }) => {
      const table = blocks.find(({ type }) => type === 'data_table');
      return ((table?.['rows'] ?? []) as { value?: number }[][]).slice(1);
    });
    expect(rows.map((part) => part.length)).toEqual([2, 4, 2]);
    const sums = rows.map((part) => sumCents(part.map((row) => Math.round((row[3]?.value ?? 0) * 100))));
    // 13,100.00 + 9,000.00; 4,480.00 + 2,100.50 + 1,200.00 + 640.00; 24,000.00 + 300.00
    expect(sums).toEqual([2_210_000, 842_050, 2_430_000]);
    expect(tables.map(({ text }) => /\$[\d,.]+/.exec(text)?.[0])).toEqual([
      '$22,100.00',
      '$8,420.50',
      '$24,300.00',
    ]);
  });

  it('covers any number of days, 30 at a time', () => {
    const texts = renewalRadarReplies({
      ...radar,
      days: 45,
      due: radar.due.filter(({ days }) => days <= 45),
    }).map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith('Due')).map((text) => text.split(':')[0])).toEqual([
      'Due within 30 days',
      'Due in 31 to 45 days',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { sumCents } from '../../src/domain/money.ts';
import { newSalesDigest } from '../../src/messages/new-sales-digest.ts';
import { busy, moves, situations, weekOfMoves } from '../situations/new-sales.ts';

describe('the new-sales digest', () => {
  it('tells a busy week: change, amounts, names, what changed since', () => {
    expect(situations.busy().text).toContain(
      'new $5,100, bigger plans $1,400, smaller plans -$600, left -$2,900, back $200',
    );
  });

  it('tells a quiet week in one sentence, without chart and facts', () => {
    expect(situations.quiet().blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'context',
      'actions',
    ]);
  });

  it('survives an absurd week: hostile names, huge and negative amounts, hundreds of rows', () => {
    const message = situations.absurd();
    const mrkdwn = JSON.stringify(
      [message, ...message.thread].map(({ blocks }) =>
        blocks.filter(({ type }) => type !== 'data_table' && type !== 'header'),
      ),
    );
    expect(mrkdwn).not.toContain('<!channel>');
    expect(mrkdwn).not.toContain('<https:');
  });

  it('tells a first week without claiming anything unusual', () => {
    expect(JSON.stringify(situations['no-history']())).not.toMatch(/(higher|lower) than usual/);
  });

  it('says what was sold in the week but appeared after it', () => {
    const { blocks } = newSalesDigest({ ...busy, later: { amount: 900_000, count: 34 } });
    expect(JSON.stringify(blocks)).toContain(
      'Sold in this week, counted later because they appeared later: 34 lines ($9,000)',
    );
  });

  it('says first that the rest of the week is missing when the data ends before it', () => {
    expect(situations.stale().text).toMatch(/All apps: Transactions are known only until Wed 12 Mar/);
  });

  it('says that nothing is known before the first sync', () => {
    expect(situations['never-pulled']().text).not.toContain('0');
  });

  it('drops the parts of the change that are zero', () => {
    const { text } = newSalesDigest({
      ...busy,
      movements: [
        weekOfMoves(
          1000_00,
          moves.filter(({ kind }) => kind !== 'reactivation' && kind !== 'contraction'),
        ),
      ],
    });
    expect(text).toContain('new $5,100, bigger plans $1,400, left -$2,900');
    expect(text).not.toContain('back');
    expect(text).not.toContain('smaller');
  });
});

describe('sums', () => {
  it('of the lists are those the sentences tell, to the cent', () => {
    const sumOf = (rows: readonly number[]) => Math.round(sumCents(rows.map((value) => value * 100)));
    const tables = newSalesDigest(busy).thread.flatMap(({ blocks, text }) =>
      blocks
        .filter(({ type }) => type === 'data_table')
        .map((table) => ({ text, rows: (table['rows'] as { value?: number }[][]).slice(1) })),
    );
    const column = (start: string, index: number) =>
      sumOf(
        tables.find(({ text }) => text.startsWith(start))?.rows.map((row) => row[index]?.value ?? 0) ?? [],
      );
    // $37,200.00 + $2,000.00 + $12.34; 6,700.00 gained; 3,500.00 lost; 640.00 refunded.
    expect(column('3 new sales', 4)).toBe(3_921_234);
    expect(tables.find(({ text }) => text.startsWith('3 new sales'))?.text).toContain('$39,212.34');
    expect(column('Gains', 3)).toBe(670_000);
    expect(column('Losses', 3)).toBe(-350_000);
    expect(column('Refunds', 2)).toBe(-64_000);
  });
});

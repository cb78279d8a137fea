import { describe, expect, it } from 'vitest';
import { toFlatRows } from '../../../src/cli/flat-rows.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { readAll, readOne, sample, transactionSample } from '../reporting/samples.ts';

const textsOf = (row: object, cents: readonly string[] = []) =>
  toFlatRows(row, cents).map((flat) => Object.fromEntries([...flat].map(([name, { text }]) => [name, text])));

describe('a row as lines of a table', () => {
  it('has a column for each field, those of objects under their path', () => {
    expect(textsOf({ a: 'x', b: { c: 1, d: { e: true } }, f: undefined })).toEqual([
      { a: 'x', 'b.c': '1', 'b.d.e': 'true' },
    ]);
  });

  it('shows cents in dollars, and other numbers as numbers', () => {
    const line = readOne(
      endpoints.transactions,
      transactionSample(
        {},
        { purchasePrice: 1_234.5, vendorAmount: 0.07, discounts: [{ type: 'EXPERT', amount: 12 }] },
      ),
    );
    const [flat] = textsOf(line, endpoints.transactions.cents?.(line));
    expect(flat).toMatchObject({
      purchasePrice: '$1,234.50',
      vendorAmount: '$0.07',
      discounts: 'EXPERT $12.00',
      dunningAttempts: '0',
    });
  });

  it('shows money of series, where the series is one of money', () => {
    const { rows } = readAll(endpoints['sales-by-region'], [sample('sales.transactions.metric')]);
    const shown = rows.flatMap((row) => textsOf(row, endpoints['sales-by-region'].cents?.(row)));
    expect(new Set(shown.map((line) => `${line['dataset']} ${line['value']?.startsWith('$')}`))).toEqual(
      new Set(['lines false', 'net lines false', 'revenue true']),
    );
    const benchmark = readAll(endpoints['sales-benchmark'], [sample('benchmark.sales')]).rows;
    const money = benchmark.filter((row) => endpoints['sales-benchmark'].cents?.(row).length);
    expect(new Set(money.map(({ name }) => name))).toEqual(
      new Set(['sales', 'previousMonth', 'ytd', 'ytdLastYear']),
    );
  });

  it('is one line for each point of a series', () => {
    const points = [
      { period: '2026-03-01', value: 1_234 },
      { period: '2026-03-08', value: null },
    ];
    expect(textsOf({ metric: 'churn', appKey: null, points })).toEqual([
      { metric: 'churn', appKey: '-', period: '2026-03-01', value: '1,234' },
      { metric: 'churn', appKey: '-', period: '2026-03-08', value: '-' },
    ]);
    expect(textsOf({ metric: 'churn', points: [] })).toEqual([]);
  });

  it('says unlimited, and tells instants as times in UTC', () => {
    expect(textsOf({ opportunityUsers: Infinity, visitedAt: Date.parse('2026-03-15T14:51:05Z') })).toEqual([
      { opportunityUsers: 'unlimited', visitedAt: '2026-03-15 14:51' },
    ]);
  });

  it('stays on one line, whatever somebody wrote', () => {
    expect(textsOf({ message: 'two\nlines\tand \u202eback', tags: ['a', 'b'], empty: [] })).toEqual([
      { message: 'two lines and back', tags: 'a, b', empty: '' },
    ]);
  });
});

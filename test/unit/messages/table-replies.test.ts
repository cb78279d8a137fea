import { describe, expect, it } from 'vitest';
import { mrk } from '../../../src/messages/kit/escape.ts';
import { LIMITS, sizeOf } from '../../../src/messages/kit/limits.ts';
import { tableReplies } from '../../../src/messages/kit/table-replies.ts';

interface Row {
  readonly name: string;
  readonly cents: number;
}

function replies(rows: Row[], most?: number) {
  return tableReplies<Row>({
    caption: 'Everybody',
    sentence: mrk`${rows.length} rows.`,
    columns: [
      { title: 'Name', cell: ({ name }) => name },
      { title: '$', cell: ({ cents }) => ({ value: cents / 100, text: `$${cents / 100}` }) },
    ],
    amountOf: ({ cents }) => cents,
    rows,
    ...(most !== undefined && { most }),
  });
}

function rowsOf(message: ReturnType<typeof replies>[number]): number {
  const table = message.blocks.find(({ type }) => type === 'data_table');
  return ((table?.['rows'] ?? []) as unknown[]).length - 1;
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `Customer ${index} with a long name`, cents: 100 }));

describe('a list in a thread', () => {
  it('is nothing when it is empty and one reply when it is short', () => {
    expect(replies([])).toEqual([]);
    expect(replies(many(3)).map(rowsOf)).toEqual([3]);
  });

  it('goes on in further replies, each within what Slack takes, without losing or repeating a row', () => {
    const list = replies(many(120));
    expect(list.length).toBeGreaterThan(1);
    for (const { blocks } of list) expect(sizeOf(blocks)).toBeLessThan(LIMITS.blockBudget);
    expect(list.map(rowsOf).reduce((sum, one) => sum + one, 0)).toBe(120);
    expect(list[1]?.text).toBe(
      `Everybody: rows ${rowsOf(list[0] ?? { text: '', blocks: [] }) + 1} to ${list
        .slice(0, 2)
        .map(rowsOf)
        .reduce((a, b) => a + b, 0)} of 120.`,
    );
    expect(list[0]?.text).toBe('120 rows.');
  });

  it('says how many rows are left out and what they add up to', () => {
    const [only] = replies(many(200), 1);
    const shown = only ? rowsOf(only) : 0;
    expect(only?.text).toBe(
      `200 rows. The last ${200 - shown} rows, $${200 - shown}.00 together, do not fit here.`,
    );
  });

  it('shows even a row that is too large by itself', () => {
    const wide = tableReplies({
      caption: 'Wide',
      sentence: mrk`One.`,
      columns: Array.from({ length: 19 }, (_, index) => ({
        title: `Column ${index}`,
        cell: () => 'x'.repeat(119),
      })),
      rows: [1, 2],
    });
    expect(wide.map(rowsOf)).toEqual([2]);
  });
});

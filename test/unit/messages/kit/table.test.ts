import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../../demo/slack/validate-blocks.ts';
import { message } from '../../../../src/messages/kit/blocks.ts';
import { mrk } from '../../../../src/messages/kit/escape.ts';
import { LIMITS, sizeOf } from '../../../../src/messages/kit/limits.ts';
import { dataTable, type Table, type TableColumn } from '../../../../src/messages/kit/table.ts';

const columns: readonly TableColumn<string>[] = [
  { title: 'Customer', cell: (row) => row },
  { title: 'Our share $', cell: (row) => ({ value: row.length, text: `$${row.length}` }) },
];

function cellsOf({ block }: Table): { type: string; text: string; value?: number }[][] {
  return block['rows'] as { type: string; text: string; value?: number }[][];
}

describe('a table', () => {
  it('has a header row, then a row each, numbers as numbers', () => {
    const table = dataTable('Who left', columns, ['Acme', 'Globex']);
    expect(table.shown).toBe(2);
    expect(cellsOf(table)).toEqual([
      [
        { type: 'raw_text', text: 'Customer' },
        { type: 'raw_text', text: 'Our share $' },
      ],
      [
        { type: 'raw_text', text: 'Acme' },
        { type: 'raw_number', value: 4, text: '$4' },
      ],
      [
        { type: 'raw_text', text: 'Globex' },
        { type: 'raw_number', value: 6, text: '$6' },
      ],
    ]);
    expect(validateBlocks([table.block])).toEqual([]);
  });

  it('shows a dash in an empty cell, and text where a number is none', () => {
    const odd: readonly TableColumn<number>[] = [
      { title: '', cell: () => '' },
      { title: 'n', cell: (value) => ({ value, text: value === 0 ? '' : 'unknown' }) },
    ];
    const table = dataTable('\u200B', odd, [0, Number.NaN, Infinity]);
    expect(cellsOf(table).map((row) => row.map(({ text, type }) => `${type} ${text}`))).toEqual([
      ['raw_text -', 'raw_text n'],
      ['raw_text -', 'raw_number -'],
      ['raw_text -', 'raw_text unknown'],
      ['raw_text -', 'raw_text unknown'],
    ]);
    expect(validateBlocks([table.block])).toEqual([]);
  });

  it('shows customer text as it is, on one line: Slack reads no marks in cells', () => {
    const [, row] = cellsOf(dataTable('x', columns, ['<!channel> *R&D*\n_x_']));
    expect(row?.[0]?.text).toBe('<!channel> *R&D* _x_');
  });

  it('without rows is left out of its message', () => {
    expect(message(mrk`x`, [dataTable('x', columns, []).block]).blocks).toEqual([]);
  });
});

describe('a table with more than Slack takes', () => {
  it('shows a hundred rows', () => {
    const rows = Array.from({ length: 250 }, (_, index) => `c${index}`);
    const table = dataTable('x', columns, rows);
    expect(table.shown).toBe(100);
    expect(cellsOf(table)).toHaveLength(101);
    expect(validateBlocks([table.block])).toEqual([]);
  });

  it('stops before its cells hold too many characters', () => {
    const table = dataTable(
      'x',
      columns,
      Array.from({ length: 100 }, () => 'x'.repeat(500)),
    );
    const characters = cellsOf(table)
      .flat()
      .reduce((sum, { text }) => sum + text.length, 0);
    expect(characters).toBeLessThanOrEqual(LIMITS.tableCharacters);
    expect(characters).toBeGreaterThan(LIMITS.tableCharacters - 200);
  });

  it('stops at the size it is given, and tells how many rows are in', () => {
    const rows = Array.from({ length: 100 }, (_, index) => `customer ${index}`);
    const table = dataTable('x', columns, rows, 3000);
    expect(sizeOf([table.block])).toBeLessThanOrEqual(3000);
    expect(sizeOf([table.block])).toBeGreaterThan(2800);
    expect(cellsOf(table)).toHaveLength(table.shown + 1);
  });

  it('shows twenty columns', () => {
    const wide = Array.from({ length: 25 }, (_, index) => ({ title: `t${index}`, cell: () => 'x' }));
    expect(validateBlocks([dataTable('x', wide, ['row']).block])).toEqual([]);
  });
});

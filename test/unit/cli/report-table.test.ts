import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/cli/display-width.ts';
import { toFlatRows } from '../../../src/cli/flat-rows.ts';
import { createReportTable, type TableLayout } from '../../../src/cli/report-table.ts';

function tableOf(rows: readonly object[], layout: Partial<TableLayout> = {}) {
  const table = createReportTable({ width: undefined, ...layout });
  const text =
    rows
      .flatMap((row) => toFlatRows(row, []))
      .map(table.push)
      .join('') + table.end();
  return { lines: text.split('\n').slice(0, -1), hidden: table.hidden(), missing: table.missing() };
}

describe('a table of rows', () => {
  it('is aligned: numbers to the right, everything else to the left', () => {
    const rows = [
      { name: 'Größe', users: 5, note: 'x' },
      { name: '漢字', users: 1_200, note: null },
      { name: 'Acme GmbH', note: 'y' },
    ];
    expect(tableOf(rows).lines).toEqual([
      'name       users  note',
      'Größe          5  x',
      '漢字       1,200  -',
      'Acme GmbH         y',
    ]);
  });

  it('has every column that any of its first rows has', () => {
    expect(tableOf([{ a: 1 }, { b: 2 }]).lines).toEqual(['a  b', '1', '   2']);
  });

  it('is nothing without rows', () => {
    expect(tableOf([]).lines).toEqual([]);
  });

  it('is never wider than the terminal, and says what it leaves out', () => {
    const rows = Array.from({ length: 3 }, (_, index) => ({
      metric: 'always the same',
      productId: `id-${index}`,
      name: `A name that is rather long, number ${index}`,
      technicalContact: { name: `Somebody ${index}` },
      amount: index * 1_000,
      remark: `What was remarked about it ${index}`,
    }));
    for (let width = 8; width < 160; width += 1) {
      const { hidden, lines } = tableOf(rows, { width });
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      const shown = lines[0]?.trim().split(/ {2,}/).length ?? 0;
      expect(shown + hidden.length).toBe(6);
    }
    expect(tableOf(rows, { width: 120 }).hidden).toEqual(['metric']);
    expect(tableOf(rows, { width: 105 }).hidden).toEqual(['metric', 'productId']);
    expect(tableOf(rows, { width: 90 }).hidden).toEqual(['metric', 'productId', 'technicalContact.name']);
  });

  it('shows the columns that were chosen, in that order, and says which there are not', () => {
    const { lines, missing } = tableOf([{ a: 1, b: 2, c: 3 }], { columns: ['c', 'nope', 'a'] });
    expect(lines).toEqual(['c  nope  a', '3        1']);
    expect(missing).toEqual({ wanted: ['nope'], known: ['a', 'b', 'c'] });
  });

  it('is written while its rows arrive, later ones cut to the columns of the first', () => {
    const table = createReportTable({ width: undefined });
    const push = (row: object) => toFlatRows(row, []).map(table.push).join('');
    for (let index = 1; index < 200; index += 1) expect(push({ name: 'short' })).toBe('');
    expect(push({ name: 'short' }).split('\n')).toHaveLength(202);
    expect(push({ name: 'much longer than that', late: 'x' })).toBe('much…\n');
    expect(table.end()).toBe('');
    expect(table.hidden()).toEqual(['late']);
  });
});

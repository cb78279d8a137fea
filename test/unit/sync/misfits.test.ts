import { describe, expect, it } from 'vitest';
import { refuseMisfits } from '../../../src/sync/data-set.ts';

const report = (rows: number, quarantinedRows: number) => ({
  rows,
  quarantinedRows,
  quarantined: [],
  unmappedFields: new Map<string, number>(),
  requests: 1,
});

describe('rows that do not fit', () => {
  it.each([
    [99_000, 1000, 0],
    // What is known byte for byte was not read, and fits.
    [0, 1000, 99_000],
    // A handful is no reason, however few rows there are.
    [0, 10, 0],
    [1, 10, 0],
  ])('beside %i that do are set aside when they are %i (%i known)', (rows, misfits, known) => {
    expect(() => refuseMisfits(report(rows, misfits), known)).not.toThrow();
  });

  it.each([
    [98_999, 1001, 0],
    [0, 1001, 98_999],
    [0, 11, 0],
    [1000, 11, 0],
  ])(
    'beside %i that do are too many when they are %i (%i known): none is recorded',
    (rows, misfits, known) => {
      expect(() => refuseMisfits(report(rows, misfits), known)).toThrow(
        expect.objectContaining({ code: 'SYNC_REFUSED', message: expect.stringContaining(`${misfits} of `) }),
      );
    },
  );
});

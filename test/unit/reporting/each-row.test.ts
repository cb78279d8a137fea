import { describe, expect, it } from 'vitest';
import { eachRow } from '../../../src/reporting/each-row.ts';

async function* batches(...all: number[][]): AsyncGenerator<number[], void, undefined> {
  for (const batch of all) {
    await new Promise((resolve) => setImmediate(resolve));
    yield batch;
  }
}

const iterable = (source: AsyncGenerator<number[], void, undefined>, onRow = () => undefined) => ({
  [Symbol.asyncIterator]: () => eachRow(source, onRow),
});

describe('rows from batches', () => {
  it('come one by one, empty batches passed over', async () => {
    let counted = 0;
    const rows: number[] = [];
    for await (const row of iterable(batches([], [1, 2], [], [3]), () => void (counted += 1))) rows.push(row);
    expect([rows, counted]).toEqual([[1, 2, 3], 3]);
  });

  it('come in order, each once, to a reader who does not wait', async () => {
    const rows = eachRow(batches([1], [2, 3], [4]), () => undefined);
    const results = await Promise.all(Array.from({ length: 6 }, () => rows.next()));
    expect(results.map(({ value }) => value)).toEqual([1, 2, 3, 4, undefined, undefined]);
    expect(results.map(({ done }) => done)).toEqual([false, false, false, false, true, true]);
  });

  it('keep their order when one is asked for while another is on its way', async () => {
    const rows = eachRow(batches([1, 2, 3, 4]), () => undefined);
    const [first, second] = [rows.next(), rows.next()];
    await first;
    const third = rows.next();
    expect([(await second).value, (await third).value]).toEqual([2, 3]);
  });

  it('end with the error of their source, after what came before it', async () => {
    async function* broken() {
      yield [1];
      throw new Error('cut');
    }
    const rows = eachRow<number>(broken(), () => undefined);
    expect(await rows.next()).toEqual({ done: false, value: 1 });
    await expect(rows.next()).rejects.toThrow('cut');
    expect(await rows.next()).toEqual({ done: true, value: undefined });
  });

  it('let go of their source when the reader leaves', async () => {
    let isClosed = false;
    async function* source() {
      try {
        yield [1, 2];
        yield [3];
      } finally {
        isClosed = true;
      }
    }
    for await (const row of iterable(source())) if (row === 1) break;
    expect(isClosed).toBe(true);
  });
});

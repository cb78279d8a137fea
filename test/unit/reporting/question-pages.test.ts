import { describe, expect, it } from 'vitest';
import { ApiPagingError, ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import { type QuestionList, questionRows } from '../../../src/reporting/question-pages.ts';
import { allOf } from './loopback.ts';

interface Row {
  readonly period: number;
  readonly app: string;
}

interface Scripted extends Partial<QuestionList<Row>> {
  readonly answer: (offset: number, limit: number, count: number) => unknown;
}

async function readList({ answer, ...overrides }: Scripted) {
  const asked: [number, number][] = [];
  const rows = await allOf(
    questionRows<Row>({
      resource: 'partner-metrics',
      list: 'records',
      mostPeriods: 14,
      fetchPage: async (offset, limit) => {
        asked.push([offset, limit]);
        return answer(offset, limit, asked.length);
      },
      read: (raw) => raw as Row,
      keyOf: ({ period, app }) => `${period} ${app}`,
      ...overrides,
    }),
  );
  return { rows, asked };
}

/** `periods` periods of three apps each. */
const series = (periods: number): Row[] =>
  Array.from({ length: periods }, (_, period) => ['a', 'b', 'c'].map((app) => ({ period, app }))).flat();

/** As the documentation says: limit and offset count periods. */
const inPeriods = (rows: readonly Row[]) => (offset: number, limit: number) => ({
  records: rows.filter(({ period }) => period >= offset && period < offset + limit),
});

/** As a public client says: limit and offset count rows. */
const inRows = (rows: readonly Row[]) => (offset: number, limit: number) => ({
  records: rows.slice(offset, offset + limit),
});

describe('reading a time series', () => {
  it.each([0, 1, 13, 14, 15, 28, 100])(
    'of %d periods gives each row once, in either reading',
    async (count) => {
      const rows = series(count);
      expect((await readList({ answer: inPeriods(rows) })).rows).toEqual(rows);
      expect((await readList({ answer: inRows(rows) })).rows).toEqual(rows);
    },
  );

  it('asks for the largest page, and for the next until one is empty', async () => {
    const { asked } = await readList({ answer: inPeriods(series(20)) });
    expect(asked).toEqual([
      [0, 14],
      [14, 14],
      [28, 14],
    ]);
  });

  it('asks a known number of periods to the end, over a gap as long as a page', async () => {
    const rows = series(60).filter(({ period }) => period < 10 || period >= 40);
    const { rows: read, asked } = await readList({ answer: inPeriods(rows), periods: 60 });
    expect(read).toEqual(rows);
    expect(asked.map(([offset]) => offset)).toEqual([0, 14, 28, 42, 56, 70]);
  });

  it('gives a row that two pages bring once', async () => {
    const rows = series(20);
    const { rows: read } = await readList({
      answer: (offset, limit) => inPeriods(rows)(Math.max(0, offset - 2), limit + (offset === 0 ? 0 : 2)),
    });
    expect(read).toEqual(rows);
  });

  it('counts a refused row once and reads on after a page of them', async () => {
    let refused = 0;
    const rows = series(30);
    const { rows: read } = await readList({
      answer: inPeriods(rows),
      read: (raw) => {
        if ((raw as Row).period >= 14) return raw as Row;
        refused += 1;
        return undefined;
      },
    });
    expect(read).toEqual(rows.filter(({ period }) => period >= 14));
    expect(refused).toBe(42);
  });
});

describe('a time series that is given up', () => {
  it('brings the same page again: the API did not read the offset', async () => {
    const page = { records: series(14) };
    await expect(readList({ answer: () => page })).rejects.toThrow(/a page came twice/);
  });

  it('brings the same page of refused rows again', async () => {
    let refused = 0;
    const page = { records: series(14) };
    await expect(
      readList({
        answer: () => page,
        read: () => {
          refused += 1;
          return undefined;
        },
      }),
    ).rejects.toThrow(/a page came twice/);
    expect(refused).toBe(42);
  });

  it('never ends', async () => {
    let requests = 0;
    await expect(
      readList({
        answer: (offset, _limit, count) => {
          requests = count;
          return { records: [{ period: offset, app: 'a' }] };
        },
      }),
    ).rejects.toThrow(ApiPagingError);
    expect(requests).toBe(5_000);
  });

  it.each([[{ other: [] }], [[]], [null], ['text'], [{ records: {} }]])(
    'has no list in an answer (%j)',
    async (answer) => {
      await expect(readList({ answer: () => answer })).rejects.toThrow(ApiUnexpectedShapeError);
    },
  );

  it('nests a row too deeply', async () => {
    const row: unknown = JSON.parse(`{"id":${'['.repeat(10 ** 6)}${']'.repeat(10 ** 6)}}`);
    await expect(readList({ answer: () => ({ records: [row] }), keyOf: () => 'x' })).rejects.toThrow(
      /nested too deeply/,
    );
  });
});

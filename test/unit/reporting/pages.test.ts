import { describe, expect, it } from 'vitest';
import { ApiPagingError, ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import { type PagedList, pageRows } from '../../../src/reporting/pages.ts';
import { createRandom } from '../analytics/rows.ts';
import { allOf } from './loopback.ts';

interface Row {
  readonly id: number;
}

const ids = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, index) => ({ id: from + index }));

interface Scripted extends Partial<PagedList<Row>> {
  readonly answer: (offset: number, limit: number, count: number) => unknown;
}

async function readList({ answer, ...overrides }: Scripted) {
  const offsets: number[] = [];
  const rows = await allOf(
    pageRows<Row>({
      resource: 'feedback/details',
      list: 'rows',
      fetchPage: async (offset, limit) => {
        offsets.push(offset);
        return answer(offset, limit, offsets.length);
      },
      read: (raw) => raw as Row,
      keyOf: (row) => String(row.id),
      ...overrides,
    }),
  );
  return { ids: rows.map(({ id }) => id), offsets };
}

/** A well-behaved API over a list that may be changed between requests. */
function api(rows: readonly Row[], pageMaximum = 50) {
  return (offset: number, limit: number) => {
    const size = Math.min(limit, pageMaximum);
    const page = rows.slice(offset, offset + size);
    const hasNext = offset + size < rows.length;
    return {
      totalCount: rows.length,
      rows: page,
      ...(hasNext ? { _links: { next: { href: `/x?offset=${offset + size}&limit=${size}` } } } : {}),
    };
  };
}

describe('reading a paged list', () => {
  it.each([0, 1, 49, 50, 51, 90, 91, 1_000])('gives each of %d rows once, in order', async (count) => {
    const { ids: read } = await readList({ answer: api(ids(0, count)) });
    expect(read).toEqual(ids(0, count).map(({ id }) => id));
  });

  it('asks for 50 rows at a time and for ten of them twice', async () => {
    const { offsets } = await readList({
      answer: (offset, limit) => {
        expect(limit).toBe(50);
        return api(ids(0, 130))(offset, limit);
      },
    });
    expect(offsets).toEqual([0, 40, 80]);
  });

  it('is not fooled by an API that cuts the limit down', async () => {
    const { ids: read } = await readList({ answer: api(ids(0, 64), 10) });
    expect(read).toEqual(ids(0, 64).map(({ id }) => id));
  });

  it.each([
    ['an object under _links', (href: string) => ({ _links: { next: { href } } })],
    ['an array under _links', (href: string) => ({ _links: { next: [{ href }] } })],
    ['an object at the top', (href: string) => ({ next: { href } })],
    ['an array at the top', (href: string) => ({ next: [{ href }] })],
  ])('finds the next link as %s', async (_name, link) => {
    const rows = ids(0, 60);
    const { ids: read } = await readList({
      answer: (offset) => ({
        rows: rows.slice(offset, offset + 50),
        ...(offset === 0 ? link('/x?offset=50') : {}),
      }),
    });
    expect(read).toHaveLength(60);
  });

  it('ends at a short page even when it carries a next link, as the samples do', async () => {
    const { ids: read, offsets } = await readList({
      answer: () => ({ rows: ids(0, 2), next: [{ href: '/x?offset=10' }] }),
    });
    expect(read).toEqual([0, 1]);
    expect(offsets).toEqual([0]);
  });

  it('ends without a next link, however full the page', async () => {
    const { offsets } = await readList({ answer: () => ({ rows: ids(0, 50) }) });
    expect(offsets).toEqual([0]);
  });

  it('reads a row that overlapping pages bring twice, and counts a refused one, once', async () => {
    let refused = 0;
    const { ids: read } = await readList({
      answer: api(ids(0, 120)),
      read: (raw) => {
        if ((raw as Row).id !== 45) return raw as Row;
        refused += 1;
        return undefined;
      },
    });
    expect(read).toHaveLength(119);
    expect(refused).toBe(1);
  });
});

describe('a list that moves while it is read', () => {
  const [ROWS, SYNCS] = [1000, 50];

  /**
   * Two rows per page change, and move to the end of a list in ascending order by last change, to the front of one in
   * descending order. How many rows of all syncs are lost that did not change, which no later sync asks for again, and how
   * many that did, which the next one does.
   */
  async function drift(order: 'asc' | 'desc', overlap: boolean) {
    const lost = { untouched: 0, touched: 0 };
    const random = createRandom(2026);
    for (let sync = 0; sync < SYNCS; sync += 1) {
      const rows = ids(0, ROWS).map(({ id }) => ({ id, touched: false }));
      const read = new Set<number>();
      const page = (offset: number, limit: number) => {
        const answer = api(rows)(offset, limit);
        for (let change = 0; change < 2; change += 1) {
          const [moved] = rows.splice(random.whole(0, rows.length - 1), 1);
          if (moved) rows[order === 'asc' ? 'push' : 'unshift']({ ...moved, touched: true });
        }
        return answer;
      };
      if (overlap) for (const id of (await readList({ answer: page })).ids) read.add(id);
      else {
        for (let offset = 0; offset < ROWS; offset += 50) {
          for (const { id } of page(offset, 50).rows) read.add(id);
        }
      }
      for (const { id, touched } of rows) if (!read.has(id)) lost[touched ? 'touched' : 'untouched'] += 1;
    }
    return lost;
  }

  it('in ascending order loses none of 50,000 rows, where plain paging loses hundreds for good', async () => {
    expect(await drift('asc', true)).toEqual({ untouched: 0, touched: 0 });
    expect((await drift('asc', false)).untouched).toBeGreaterThan(500);
  });

  it('in descending order loses none but those that changed meanwhile, which the next sync asks for', async () => {
    expect((await drift('desc', true)).untouched).toBe(0);
  });

  it('is read again further back when more rows vanish than pages overlap', async () => {
    const all = ids(0, 200);
    const { ids: read, offsets } = await readList({
      answer: (offset, limit, count) => api(count === 1 ? all : all.slice(25))(offset, limit),
    });
    expect(new Set(read)).toEqual(new Set(all.map(({ id }) => id)));
    expect(offsets.slice(0, 3)).toEqual([0, 40, 20]);
  });

  it('is given up when it moved beyond recognition', async () => {
    await expect(
      readList({
        answer: (offset, limit, count) => {
          const answer = api(ids(0, 5_000))(offset, limit);
          return { ...answer, rows: answer.rows.map(({ id }) => ({ id: id + count * 10_000 })) };
        },
      }),
    ).rejects.toThrow(ApiPagingError);
  });
});

describe('a list that would never end', () => {
  const page = (from: number) => ids(from, from + 50);

  it('is given up when the same page comes again', async () => {
    await expect(readList({ answer: () => ({ rows: page(0), next: { href: '/x' } }) })).rejects.toThrow(
      /a page came twice/,
    );
  });

  it('is given up when its next page is itself', async () => {
    await expect(
      readList({ answer: () => ({ rows: page(0), next: { href: '/x?offset=0' } }) }),
    ).rejects.toThrow(/not ahead/);
  });

  it('is given up when two pages take turns', async () => {
    await expect(
      readList({ answer: (_o, _l, count) => ({ rows: page(count % 2 ? 0 : 40), next: { href: '/x' } }) }),
    ).rejects.toThrow(ApiPagingError);
  });

  it('is given up after twice the announced pages and fifty more', async () => {
    let requests = 0;
    await expect(
      readList({
        answer: (offset) => {
          requests += 1;
          return { rows: page(offset), totalCount: 400, next: { href: '/x' } };
        },
      }),
    ).rejects.toThrow(/70 pages and no end/);
    expect(requests).toBe(70);
  });

  it('is given up at the cap when nothing is announced', async () => {
    await expect(
      readList({ mostPages: 30, answer: (offset) => ({ rows: page(offset), next: { href: '/x' } }) }),
    ).rejects.toThrow(/30 pages and no end/);
  });
});

it.each([[{ other: [] }], [[]], [null], ['text'], [{ rows: {} }]])(
  'an answer without the list (%j) is no empty list',
  async (answer) => {
    await expect(readList({ answer: () => answer })).rejects.toThrow(ApiUnexpectedShapeError);
  },
);

it('a row nested a million times deep is an error, not the end of the process', async () => {
  const row: unknown = JSON.parse(`{"id":${'['.repeat(10 ** 6)}${']'.repeat(10 ** 6)}}`);
  await expect(readList({ answer: () => ({ rows: [row] }) })).rejects.toThrow(/nested too deeply/);
});

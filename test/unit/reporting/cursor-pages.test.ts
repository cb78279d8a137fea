import { describe, expect, it } from 'vitest';
import { type CursorList, cursorRows } from '../../../src/reporting/cursor-pages.ts';
import { ApiPagingError, ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import { allOf } from './loopback.ts';

interface Row {
  readonly id: string;
}

interface Scripted extends Partial<CursorList<Row>> {
  readonly answer: (cursor: string | undefined, count: number) => unknown;
}

async function readList({ answer, ...overrides }: Scripted) {
  const cursors: (string | undefined)[] = [];
  const limits = new Set<number>();
  const rows = await allOf(
    cursorRows<Row>({
      resource: 'product-listing/developer-space/{developerId}',
      list: 'items',
      fetchPage: async (cursor, limit) => {
        cursors.push(cursor);
        limits.add(limit);
        return answer(cursor, cursors.length);
      },
      read: (raw) => raw as Row,
      keyOf: ({ id }) => id,
      ...overrides,
    }),
  );
  return { ids: rows.map(({ id }) => id), cursors, limits: [...limits] };
}

const page = (ids: readonly string[], next?: unknown) => ({
  items: ids.map((id) => ({ id })),
  links: next === undefined ? {} : { next },
});
const link = (cursor: string) => `/rest/3/product-listing/developer-space/x?limit=50&cursor=${cursor}`;

describe('reading a list by its cursors', () => {
  it('asks for 50 rows at a time and for the page that each cursor names, until none is named', async () => {
    const read = await readList({
      answer: (_cursor, count) =>
        [page(['a', 'b'], link('c1')), page(['c'], link('c2')), page(['d'])][count - 1],
    });
    expect(read).toEqual({
      ids: ['a', 'b', 'c', 'd'],
      cursors: [undefined, 'c1', 'c2'],
      limits: [50],
    });
  });

  it.each([
    ['under links', (next: string) => ({ links: { next } })],
    ['under _links', (next: string) => ({ _links: { next: { href: next } } })],
    ['in an array', (next: string) => ({ _links: { next: [{ href: next }] } })],
    ['at the top', (next: string) => ({ next: { href: next } })],
    [
      'with a host, which is not asked',
      (next: string) => ({ links: { next: `https://evil.example${next}` } }),
    ],
    ['before other parameters', (next: string) => ({ links: { next: `${next}&limit=50#end` } })],
  ])('finds the cursor of a link %s', async (_name, at) => {
    const { cursors } = await readList({
      answer: (_cursor, count) => ({ items: [], ...(count === 1 ? at(link('c%2F%2B1%3D')) : {}) }),
    });
    expect(cursors).toEqual([undefined, 'c/+1=']);
  });

  it.each([
    ['no links', {}],
    ['null', { links: { next: null } }],
    ['an empty text', { links: { next: '' } }],
    ['an empty array', { _links: { next: [] } }],
  ])('ends with %s', async (_name, links) => {
    expect(await readList({ answer: () => ({ items: [{ id: 'a' }], ...links }) })).toMatchObject({
      ids: ['a'],
      cursors: [undefined],
    });
  });

  it('gives a row that two pages bring once, and a refused one not at all', async () => {
    const { ids } = await readList({
      answer: (_cursor, count) => (count === 1 ? page(['a', 'b'], link('c1')) : page(['b', 'x', 'c'])),
      read: (raw) => ((raw as Row).id === 'x' ? undefined : (raw as Row)),
    });
    expect(ids).toEqual(['a', 'b', 'c']);
  });
});

describe('a list of cursors that is given up', () => {
  it('leads back to a page it came from', async () => {
    const asked: number[] = [];
    await expect(
      readList({
        answer: (_cursor, count) => {
          asked.push(count);
          return page([`row ${count}`], link(['c1', 'c2', 'c1'][count - 1] ?? 'c1'));
        },
      }),
    ).rejects.toThrow(ApiPagingError);
    expect(asked).toHaveLength(3);
  });

  it('has a new cursor for ever', async () => {
    let requests = 0;
    await expect(
      readList({
        answer: (_cursor, count) => {
          requests = count;
          return page([`row ${count}`], link(`c${count}`));
        },
      }),
    ).rejects.toThrow(/its pages never end/);
    expect(requests).toBe(1_000);
  });

  it.each([
    ['without a cursor', { next: '/rest/3/elsewhere?limit=50' }],
    ['without an address', { next: {} }],
    ['that is a number', { next: 7 }],
    ['with a cursor that cannot be read', { next: '/x?cursor=%E0%A4%A' }],
    ['with an empty cursor', { next: '/x?cursor=&limit=50' }],
  ])('goes on by a link %s: the rest would be missing in silence', async (_name, links) => {
    await expect(readList({ answer: () => ({ items: [{ id: 'a' }], links }) })).rejects.toThrow(
      ApiUnexpectedShapeError,
    );
  });

  it.each([[{ other: [] }], [[]], [null], ['text'], [{ items: {} }]])(
    'has no list in an answer (%j)',
    async (answer) => {
      await expect(readList({ answer: () => answer })).rejects.toThrow(ApiUnexpectedShapeError);
    },
  );
});

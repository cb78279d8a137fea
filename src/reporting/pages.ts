import { hash } from 'node:crypto';
import { ApiPagingError } from './errors.ts';
import { nextLink } from './links.ts';
import { toListPage } from './list-page.ts';
import { rowDigest } from './row-digest.ts';

/** One paged list. */
export interface PagedList<Row> {
  /** For messages: `feedback/details`. */
  readonly resource: string;
  /** The array's name in each page. */
  readonly list: string;
  readonly fetchPage: (offset: number, limit: number) => Promise<unknown>;
  /** A raw row in our words; undefined when it was refused. */
  readonly read: (raw: unknown) => Row | undefined;
  readonly keyOf: (row: Row) => string;
  /** Requests after which a list without `totalCount` counts as endless. */
  readonly mostPages?: number;
}

/** The API's own maximum; higher values are cut down silently. */
const PAGE_LIMIT = 50;
/**
 * Rows asked for twice. Rows that change while a list is read move between pages: in a simulation of 1,000 rows with two
 * changes per page, 936 of 50,000 rows were lost without an overlap and none with one of ten rows.
 */
const OVERLAP = 10;
/** How far back to look, in overlaps, when a page does not continue the previous one. */
const STEPS_BACK = [0, 2, 4, 8] as const;
const MOST_PAGES = 5_000;

interface Page {
  readonly rows: readonly unknown[];
  readonly hasNext: boolean;
  /** The offset the API would ask for next, when its link says so. */
  readonly nextOffset?: number;
  readonly total?: number;
}

interface Entry<Row> {
  readonly key: string;
  /** Until it is given out. */
  row?: Row;
}

/** Reads one page. */
function toPage(answer: unknown, resource: string, list: string): Page {
  const { page, rows } = toListPage(answer, list, resource);
  const next = nextLink(page);
  const offset = /[?&]offset=(\d{1,9})(&|$)/.exec(next?.href ?? '')?.[1];
  const total = page['totalCount'];
  return {
    rows,
    hasNext: next !== undefined,
    ...(offset === undefined ? {} : { nextOffset: Number(offset) }),
    ...(typeof total === 'number' && Number.isSafeInteger(total) && total >= 0 ? { total } : {}),
  };
}

/**
 * The rows of a paged list, each once. Pages of 50 overlap by 10 rows and are chained: a page that holds no row seen
 * before is asked for again further back. The end is a page without `next`, or one with fewer rows than asked for
 * (fewer than the link's own step, where the API pages in smaller steps).
 *
 * Throws an ApiPagingError for a page seen before, for more pages than twice the announced total needs (plus 50), and
 * for a list that moved further than eight overlaps between two requests; an ApiUnexpectedShapeError without the list.
 */
export async function* pageRows<Row>(source: PagedList<Row>): AsyncGenerator<Row, void, undefined> {
  const { resource, list, mostPages = MOST_PAGES } = source;
  const seen = new Set<string>();
  const pages = new Set<string>();
  /** By the digest of the raw row, so that a row brought twice is read, and a refused one counted, once. */
  const entriesByDigest = new Map<string, Entry<Row>>();
  let requests = 0;
  let cap = mostPages;

  function fail(what: string): never {
    throw new ApiPagingError(`Reading ${resource} was given up: ${what}.`);
  }

  async function readPage(offset: number) {
    if (requests >= cap) fail(`${requests} pages and no end`);
    requests += 1;
    const page = toPage(await source.fetchPage(offset, PAGE_LIMIT), resource, list);
    if (page.total !== undefined) {
      cap = Math.min(mostPages, Math.ceil(page.total / (PAGE_LIMIT - OVERLAP)) * 2 + 50);
    }
    const entries = page.rows.map((raw) => {
      const digest = rowDigest(raw, resource);
      const known = entriesByDigest.get(digest);
      if (known) return known;
      const row = source.read(raw);
      const entry = row === undefined ? { key: `refused ${digest}` } : { key: source.keyOf(row), row };
      entriesByDigest.set(digest, entry);
      return entry;
    });
    return { page, entries, at: offset };
  }

  async function readChained(offset: number) {
    for (const steps of STEPS_BACK) {
      const result = await readPage(Math.max(0, offset - steps * OVERLAP));
      if (result.at === 0 || result.entries.some(({ key }) => seen.has(key))) return result;
    }
    return fail('it moved too much while it was read');
  }

  let offset = 0;
  for (;;) {
    const { page, entries, at } = await readChained(offset);
    const identity = hash('sha256', entries.map(({ key }) => key).join('\n'), 'base64');
    if (entries.length > 0 && pages.has(identity)) fail('a page came twice');
    pages.add(identity);
    for (const entry of entries) {
      const { key, row } = entry;
      delete entry.row;
      if (seen.has(key)) continue;
      seen.add(key);
      if (row !== undefined) yield row;
    }
    if (!page.hasNext) return;
    const step = page.nextOffset === undefined ? PAGE_LIMIT : page.nextOffset - at;
    if (step <= 0) fail('its next page is not ahead');
    const size = Math.min(PAGE_LIMIT, step);
    if (page.rows.length < size) return;
    offset = at + size - Math.min(OVERLAP, Math.floor(size / 2));
  }
}

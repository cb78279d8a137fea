import { ApiPagingError, ApiUnexpectedShapeError } from './errors.ts';
import { nextLink } from './links.ts';
import { toListPage } from './list-page.ts';

/** One list whose pages lead to each other by cursors. */
export interface CursorList<Row> {
  readonly resource: string;
  /** The array's name in each page. */
  readonly list: string;
  /** `cursor` undefined: the first page. */
  readonly fetchPage: (cursor: string | undefined, limit: number) => Promise<unknown>;
  /** A raw row in our words; undefined when it was refused. */
  readonly read: (raw: unknown) => Row | undefined;
  readonly keyOf: (row: Row) => string;
}

const PAGE_LIMIT = 50;
const MOST_PAGES = 1_000;

/** The cursor in a link, decoded; undefined when there is none, or none that can be read. */
function cursorOf(href: string): string | undefined {
  const written = /[?&]cursor=([^&#]+)/.exec(href)?.[1];
  try {
    return written === undefined ? undefined : decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

/**
 * The rows of a list with cursors, each once, until a page links to no next one. The cursor is read from the link, the
 * link itself is never followed. Throws an ApiPagingError for a cursor seen before and after a thousand pages, an
 * ApiUnexpectedShapeError without the list and for a link without a cursor: its pages would be missing in silence.
 */
export async function* cursorRows<Row>(source: CursorList<Row>): AsyncGenerator<Row, void, undefined> {
  const { list, resource } = source;
  const seen = new Set<string>();
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let page = 1; ; page += 1) {
    const answer = toListPage(await source.fetchPage(cursor, PAGE_LIMIT), list, resource);
    for (const raw of answer.rows) {
      const row = source.read(raw);
      const key = row === undefined ? undefined : source.keyOf(row);
      if (row === undefined || key === undefined || seen.has(key)) continue;
      seen.add(key);
      yield row;
    }
    const next = nextLink(answer.page);
    if (!next) return;
    cursor = cursorOf(next.href);
    if (cursor === undefined) {
      throw new ApiUnexpectedShapeError(`The answer of ${resource} goes on, and names no cursor.`);
    }
    if (cursors.has(cursor) || page >= MOST_PAGES) {
      throw new ApiPagingError(`Reading ${resource} was given up: its pages never end.`);
    }
    cursors.add(cursor);
  }
}

import { ApiPagingError } from './errors.ts';
import { toListPage } from './list-page.ts';
import { rowDigest } from './row-digest.ts';

/** One time series that is asked for by POST. */
export interface QuestionList<Row> {
  readonly resource: string;
  /** The array's name in each answer. */
  readonly list: string;
  /** The largest page, in periods. */
  readonly mostPeriods: number;
  /** How many periods were asked for; undefined when that is up to the API. */
  readonly periods?: number;
  readonly fetchPage: (offset: number, limit: number) => Promise<unknown>;
  /** A raw row in our words; undefined when it was refused. */
  readonly read: (raw: unknown) => Row | undefined;
  readonly keyOf: (row: Row) => string;
}

/** Where pages count rows, a page holds a few: enough for ten years of weeks of a hundred apps. */
const MOST_PAGES = 5_000;

/**
 * The rows of a time series, each once. The documentation counts `limit` and `offset` in periods, a public client in
 * rows; stepping by `limit` until a page is empty is right for both. Where the number of periods is known, an empty page
 * before the last one is a gap, not the end.
 *
 * Throws an ApiPagingError when a page brings only known rows or no end comes, an ApiUnexpectedShapeError without the
 * list.
 */
export async function* questionRows<Row>(source: QuestionList<Row>): AsyncGenerator<Row, void, undefined> {
  const { list, mostPeriods, periods = 0, resource } = source;
  const digests = new Set<string>();
  const seen = new Set<string>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const offset = page * mostPeriods;
    const { rows } = toListPage(await source.fetchPage(offset, mostPeriods), list, resource);
    if (rows.length === 0) {
      if (offset + mostPeriods >= periods) return;
      continue;
    }
    const known = digests.size;
    for (const raw of rows) {
      const digest = rowDigest(raw, resource);
      if (digests.has(digest)) continue;
      digests.add(digest);
      const row = source.read(raw);
      const key = row === undefined ? undefined : source.keyOf(row);
      if (row === undefined || key === undefined || seen.has(key)) continue;
      seen.add(key);
      yield row;
    }
    if (digests.size === known) {
      throw new ApiPagingError(`Reading ${resource} was given up: a page came twice.`);
    }
  }
  throw new ApiPagingError(`Reading ${resource} was given up: ${MOST_PAGES} pages and no end.`);
}

import { ApiPagingError, ApiUnexpectedShapeError } from './errors.ts';
import { isObject } from './endpoints/shapes/json.ts';

/** One time series that is asked for by POST. */
export interface QuestionList<Row> {
  readonly resource: string;
  /** The array's name in each answer. */
  readonly list: string;
  /** The largest page, in periods. */
  readonly mostPeriods: number;
  readonly fetchPage: (offset: number, limit: number) => Promise<unknown>;
  /** A raw row in our words; undefined when it was refused. */
  readonly read: (raw: unknown) => Row | undefined;
  readonly keyOf: (row: Row) => string;
}

/** Forty years of weeks. */
const MOST_PAGES = 150;

/**
 * The rows of a time series, each once. The documentation counts `limit` and `offset` in periods, a public client in
 * rows; stepping by `limit` until a page is empty is right for both. Throws an ApiPagingError when a page brings only
 * known rows or no end comes, an ApiUnexpectedShapeError without the list.
 */
export async function* questionRows<Row>(source: QuestionList<Row>): AsyncGenerator<Row, void, undefined> {
  const { list, mostPeriods, resource } = source;
  const seen = new Set<string>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await source.fetchPage(page * mostPeriods, mostPeriods);
    const rows = isObject(answer) ? answer[list] : undefined;
    if (!Array.isArray(rows)) {
      throw new ApiUnexpectedShapeError(`The answer of ${resource} has no list "${list}".`);
    }
    if (rows.length === 0) return;
    let isNew = false;
    for (const raw of rows) {
      const row = source.read(raw);
      if (row === undefined) {
        isNew = true;
        continue;
      }
      const key = source.keyOf(row);
      if (seen.has(key)) continue;
      seen.add(key);
      isNew = true;
      yield row;
    }
    if (!isNew) throw new ApiPagingError(`Reading ${resource} was given up: a page came twice.`);
  }
  throw new ApiPagingError(`Reading ${resource} was given up: ${MOST_PAGES} pages and no end.`);
}

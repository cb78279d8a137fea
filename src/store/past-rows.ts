import type { Instant } from '../domain/day.ts';
import type { Recorded } from '../domain/recorded.ts';
import type { Cells } from './columns.ts';
import type { Database } from './database.ts';
import type { Dataset } from './datasets.ts';
import { toRecorded } from './rows.ts';

/**
 * Reads rows of one snapshot table as they were known at a past instant: `where` (fixed SQL over the alias `t`, values
 * bound) chooses them by what they say today.
 */
export type ReadPastRows<Row> = (
  knownAt: Instant,
  where: string,
  ...parameters: readonly (string | number | null)[]
) => Row[];

/**
 * A reader of past states: rows first seen by then and not vanished by then, with the values that changed since put
 * back from `versions`. Contacts are today's, because their past values are not kept, and so is `changedAt`. A row that
 * had vanished by then and came back later is taken for present.
 */
export function createPastRowReader<Row extends Recorded>(db: Database, dataset: Dataset): ReadPastRows<Row> {
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const versions = db
    .prepare<[string, number, Instant], string>(
      'SELECT before FROM versions WHERE dataset = ? AND row_id = ? AND replaced_at > ? ORDER BY replaced_at DESC, id DESC',
    )
    .pluck();

  function prepare(where: string) {
    return db.prepare<(string | number | null)[], Cells>(
      `SELECT t.* FROM ${dataset.table} t
       WHERE t.first_seen_at <= ? AND (t.vanished_at IS NULL OR t.vanished_at > ?) AND (${where})`,
    );
  }

  function undo(cells: Cells, knownAt: Instant): Cells {
    if (Number(cells['changed_at']) <= knownAt) return cells;
    const past = { ...cells };
    for (const before of versions.all(dataset.table, Number(cells['id']), knownAt)) {
      Object.assign(past, JSON.parse(before));
    }
    return past;
  }

  return (knownAt, where, ...parameters) => {
    const statement = statements.get(where) ?? prepare(where);
    statements.set(where, statement);
    return statement
      .all(knownAt, knownAt, ...parameters)
      .map((cells) => toRecorded<Row>(dataset, undo(cells, knownAt)));
  };
}

import type { Instant } from '../domain/day.ts';
import type { Recorded } from '../domain/recorded.ts';
import type { Cell } from './columns.ts';
import type { Database } from './database.ts';
import type { Dataset } from './datasets.ts';
import { recordedRows } from './rows.ts';

/**
 * Reads rows of one snapshot table as they were known at a past instant: `where` (fixed SQL over the alias `t`, values
 * bound) chooses them by what they say today.
 */
export type ReadPastRows<Row> = (
  knownAt: Instant,
  where: string,
  ...parameters: readonly (string | number | null)[]
) => Row[];

/** SQL for the rows of a table (alias `t`) that were there at an instant, and its parameters. */
export function knownThen(table: Dataset['table'], knownAt: Instant) {
  return {
    where: `t.first_seen_at <= ? AND (t.vanished_at IS NULL OR t.vanished_at > ?) AND NOT EXISTS (
      SELECT 1 FROM absences a
      WHERE a.dataset = '${table}' AND a.row_id = t.id AND a.vanished_at <= ? AND a.returned_at > ?)`,
    parameters: [knownAt, knownAt, knownAt, knownAt],
  } as const;
}

/**
 * A reader of past states: rows first seen by then and not vanished then, with the values that changed since put back
 * from `versions`. Contacts are today's, because their past values are not kept, and so is `changedAt`.
 */
export function createPastRowReader<Row extends Recorded>(db: Database, dataset: Dataset): ReadPastRows<Row> {
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const versions = db
    .prepare<[string, number, Instant], string>(
      'SELECT before FROM versions WHERE dataset = ? AND row_id = ? AND replaced_at > ? ORDER BY replaced_at DESC, id DESC',
    )
    .pluck();

  const { make, names } = recordedRows<Row>(dataset);
  const places = new Map(names.map((name, at) => [name, at]));
  const changedAt = places.get('changed_at') ?? -1;

  function prepare(where: string, present: string) {
    return db
      .prepare<(string | number | null)[], Cell[]>(
        `SELECT ${names.map((name) => `t.${name}`).join(', ')}, t.id FROM ${dataset.table} t
         WHERE ${present} AND (${where})`,
      )
      .raw();
  }

  /** Puts the values of then back into the cells of a row; its id is the last of them. */
  function undo(cells: Cell[], knownAt: Instant): Cell[] {
    if (Number(cells[changedAt]) <= knownAt) return cells;
    for (const before of versions.all(dataset.table, Number(cells.at(-1)), knownAt)) {
      for (const [name, value] of Object.entries(JSON.parse(before) as Record<string, Cell>)) {
        const at = places.get(name);
        if (at !== undefined) cells[at] = value;
      }
    }
    return cells;
  }

  return (knownAt, where, ...parameters) => {
    const present = knownThen(dataset.table, knownAt);
    const statement = statements.get(where) ?? prepare(where, present.where);
    statements.set(where, statement);
    return statement.all(...present.parameters, ...parameters).map((cells) => make(undo(cells, knownAt)));
  };
}

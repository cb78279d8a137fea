import type { Recorded } from '../domain/recorded.ts';
import { type Cells, fromCells } from './columns.ts';
import type { Database } from './database.ts';
import type { Dataset } from './datasets.ts';

/** Reads rows of one snapshot table as domain rows. `where` is fixed SQL over the alias `t`; values are bound. */
export type ReadRows<Row> = (where: string, ...parameters: readonly (string | number | null)[]) => Row[];

/** The domain row of the cells of a snapshot table, joined with its entitlement's key as `entitlement`. */
export function toRecorded<Row extends Recorded>(dataset: Dataset, cells: Cells): Row {
  const bookedOn = cells['booked_on'];
  const recorded = {
    ...fromCells<object>(dataset.columns, cells),
    developerId: cells['developer_id'],
    entitlement: cells['entitlement'],
    firstSeenAt: cells['first_seen_at'],
    changedAt: cells['changed_at'],
    ...(bookedOn === undefined ? {} : { bookedOn }),
  };
  return recorded as unknown as Row;
}

/**
 * A reader of the rows of one table, those that vanished from the API left out unless asked for. Statements are
 * prepared once per condition.
 */
export function createRowReader<Row extends Recorded>(
  db: Database,
  dataset: Dataset,
  options: { readonly withVanished?: boolean } = {},
): ReadRows<Row> {
  const present = options.withVanished ? '1 = 1' : 't.vanished_at IS NULL';
  const statements = new Map<string, ReturnType<typeof prepare>>();

  function prepare(where: string) {
    return db.prepare<(string | number | null)[], Cells>(
      `SELECT t.* FROM ${dataset.table} t
       WHERE ${present} AND (${where})`,
    );
  }

  return (where, ...parameters) => {
    const statement = statements.get(where) ?? prepare(where);
    statements.set(where, statement);
    return statement.all(...parameters).map((cells) => toRecorded<Row>(dataset, cells));
  };
}

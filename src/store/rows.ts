import type { Recorded } from '../domain/recorded.ts';
import { type Cell, rowMaker } from './columns.ts';
import type { Database } from './database.ts';
import type { Dataset } from './datasets.ts';

/** Reads rows of one snapshot table as domain rows. `where` is fixed SQL over the alias `t`; values are bound. */
export type ReadRows<Row> = (where: string, ...parameters: readonly (string | number | null)[]) => Row[];

/** What the store adds to the columns of a data set, in the order in which it is read. */
const OWN = ['developer_id', 'entitlement', 'first_seen_at', 'changed_at'];

/** Which cells of a snapshot table make a domain row, and how. */
export interface RecordedRows<Row> {
  /** Their names, for `SELECT`. */
  readonly names: readonly string[];
  readonly make: (cells: readonly Cell[]) => Row;
}

/** How the rows of a snapshot table become domain rows. */
export function recordedRows<Row extends Recorded>({ columns, fixed }: Dataset): RecordedRows<Row> {
  const isBooked = fixed.includes('booked_on');
  const own = isBooked ? [...OWN, 'booked_on'] : OWN;
  const makeRow = rowMaker(columns, [
    'developerId',
    'entitlement',
    'firstSeenAt',
    'changedAt',
    ...(isBooked ? ['bookedOn'] : []),
  ]);
  return {
    names: [...own, ...columns.map(({ name }) => name)],
    make(cells) {
      const [developerId, entitlement, firstSeenAt, changedAt, bookedOn] = cells;
      const row = makeRow(cells.slice(own.length));
      row['developerId'] = developerId;
      row['entitlement'] = entitlement;
      row['firstSeenAt'] = firstSeenAt;
      row['changedAt'] = changedAt;
      if (isBooked) row['bookedOn'] = bookedOn;
      return row as unknown as Row;
    },
  };
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
  const { make, names } = recordedRows<Row>(dataset);
  const statements = new Map<string, ReturnType<typeof prepare>>();

  function prepare(where: string) {
    return db
      .prepare<(string | number | null)[], Cell[]>(
        `SELECT ${names.map((name) => `t.${name}`).join(', ')} FROM ${dataset.table} t
         WHERE ${present} AND (${where})`,
      )
      .raw();
  }

  return (where, ...parameters) => {
    const statement = statements.get(where) ?? prepare(where);
    statements.set(where, statement);
    const rows: Row[] = [];
    for (const cells of statement.iterate(...parameters)) rows.push(make(cells));
    return rows;
  };
}

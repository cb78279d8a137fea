/** A value as SQLite binds and returns it. */
export type Cell = string | number | null;

/** A row as better-sqlite3 returns it. */
export type Cells = Record<string, Cell>;

type Kind = 'plain' | 'boolean' | 'json';

/** One column and the place of its value in the domain row, such as `host.cloudId`. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: Kind;
  /**
   * `content`: a change makes a new version and the old value is kept. `private`: a change is recorded and the old
   * value forgotten (contacts). `noise`: Atlassian moves it without changing anything, so it makes no version.
   */
  readonly change: 'content' | 'private' | 'noise';
}

/** A column of text or number. */
export function plain(name: string, path: string): Column {
  return { name, path: path.split('.'), kind: 'plain', change: 'content' };
}

/** A column holding 0 or 1. */
export function boolean(name: string, path: string): Column {
  return { ...plain(name, path), kind: 'boolean' };
}

/** A column holding a small structure of typed values (never a raw API row). */
export function json(name: string, path: string): Column {
  return { ...plain(name, path), kind: 'json' };
}

/** A column whose changes are not versions of the row. */
export function noise(name: string, path: string): Column {
  return { ...plain(name, path), change: 'noise' };
}

/** A column about a person: its past values are not kept. */
export function personal(name: string, path: string): Column {
  return { ...plain(name, path), change: 'private' };
}

/** Reads the cell of one column from a domain row. */
type CellReader = (row: Readonly<Record<string, unknown>>) => Cell;

function toCell(kind: Kind, value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (kind === 'json') return JSON.stringify(value);
  if (kind === 'boolean') return value === true ? 1 : 0;
  return value as Cell;
}

function cellReader({ kind, path }: Column): CellReader {
  const [first = '', second] = path;
  if (second === undefined) return (row) => toCell(kind, row[first]);
  return (row) => toCell(kind, (row[first] as Record<string, unknown> | undefined)?.[second]);
}

/** Makes the cells of domain rows, in the order of the columns. Made once per table: exports have a million rows. */
export function cellWriter(columns: readonly Column[]): (row: object) => Cell[] {
  const readers = columns.map(cellReader);
  return (row) => readers.map((read) => read(row as Readonly<Record<string, unknown>>));
}

function fromCell(column: Column, cell: Cell): unknown {
  if (column.kind === 'json') return JSON.parse(String(cell));
  return column.kind === 'boolean' ? cell === 1 : cell;
}

/** Parts of a row that are there even when nothing is known in them; other parts appear with their first value. */
const ALWAYS_THERE = ['aliases', 'host', 'customer'];

/** The domain row of cells by column name: the inverse of `cellWriter`. Null cells leave their field out. */
export function fromCells<Row>(columns: readonly Column[], cells: Cells): Row {
  const row: Record<string, unknown> = {};
  for (const column of columns) {
    const [first, second] = column.path;
    if (first === undefined) continue;
    const cell = cells[column.name] ?? null;
    if (second === undefined) {
      if (cell !== null) row[first] = fromCell(column, cell);
      continue;
    }
    if (cell === null && !ALWAYS_THERE.includes(first)) continue;
    const part = (row[first] ??= {}) as Record<string, unknown>;
    if (cell !== null) part[second] = fromCell(column, cell);
  }
  return row as Row;
}

/** A value as SQLite binds and returns it. */
export type Cell = string | number | null;

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

/** More different texts in a column than this are identifiers and names: few of them come twice. */
const MOST_REPEATED = 2_000;

/**
 * Gives equal texts of a column as one: SQLite hands out a new copy of "COMMERCIAL" for every row, and a year of rows is
 * kept in memory.
 */
function sharing(): (text: string) => string {
  let known: Map<string, string> | undefined = new Map();
  return (text) => {
    const same = known?.get(text);
    if (same !== undefined) return same;
    known?.set(text, text);
    if (known && known.size > MOST_REPEATED) known = undefined;
    return text;
  };
}

/**
 * Makes domain rows of cells in the order of the columns, the inverse of `cellWriter`. A null cell is a field that is
 * undefined, or left out of its part. `own`: fields that the caller fills in.
 */
export function rowMaker(
  columns: readonly Column[],
  own: readonly string[],
): (cells: readonly Cell[]) => Record<string, unknown> {
  // All rows are copies of one object: V8 keeps objects that get more than a dozen fields one by one as hash tables, at
  // three times the memory.
  const empty = Object.fromEntries(
    [...own, ...columns.map(({ path: [first = ''] }) => first)].map((name) => [name, undefined]),
  );
  const parts = columns.map((column) => {
    const [first = '', second] = column.path;
    return { column, first, second, isThere: ALWAYS_THERE.includes(first), share: sharing() };
  });
  return (cells) => {
    const row: Record<string, unknown> = { ...empty };
    for (let at = 0; at < parts.length; at += 1) {
      const { column, first, isThere, second, share } = parts[at] as (typeof parts)[number];
      const cell = cells[at] ?? null;
      if (cell === null && !(isThere && second !== undefined)) continue;
      const place = second === undefined ? row : ((row[first] ??= {}) as Record<string, unknown>);
      if (cell === null) continue;
      const value = fromCell(column, cell);
      place[second ?? first] = typeof value === 'string' ? share(value) : value;
    }
    return row;
  };
}

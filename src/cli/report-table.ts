import { cutToWidth, displayWidth, padToWidth } from './display-width.ts';
import type { FlatCell, FlatRow } from './flat-rows.ts';

/** How a table is laid out. */
export interface TableLayout {
  /** Columns of the terminal; undefined when there is none. */
  readonly width: number | undefined;
  /** The columns to show, in this order; all of them when undefined. */
  readonly columns?: readonly string[];
}

/** A table that is written while its rows arrive. */
export interface ReportTable {
  /** Takes a line and gives the text that can be written now: nothing until the layout is known. */
  readonly push: (row: FlatRow) => string;
  /** Gives the rest. */
  readonly end: () => string;
  /** Columns that are not shown, because the terminal has no room or because they came too late; known at the end. */
  readonly hidden: () => readonly string[];
  /** Columns that were wished for and that no line has, and those that there are; known at the end. */
  readonly missing: () => { readonly wanted: readonly string[]; readonly known: readonly string[] };
}

interface Column {
  readonly name: string;
  readonly width: number;
  readonly side: 'left' | 'right';
}

/** Lines that decide how wide columns are; later ones are cut to that. */
const DECIDING = 200;
const GAP = '  ';
const WIDEST_CELL = 60;
/** How wide text stays before, and while, whole columns are left out. */
const WIDE_CELL = 40;
const NARROW_CELL = 24;

const EMPTY: FlatCell = { text: '' };

function naturalColumn(name: string, rows: readonly FlatRow[]): Column {
  const cells = rows.map((row) => row.get(name) ?? EMPTY);
  const widest = cells.reduce((most, { text }) => Math.max(most, displayWidth(text)), displayWidth(name));
  const isNumber = cells.some((cell) => cell.isNumber) && cells.every((cell) => cell.isNumber !== false);
  return { name, width: Math.min(WIDEST_CELL, widest), side: isNumber ? 'left' : 'right' };
}

const totalWidth = (columns: readonly Column[]): number =>
  columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);

/** True when every line says the same there: such a column is the first that a narrow terminal can do without. */
function isConstant({ name }: Column, rows: readonly FlatRow[]): boolean {
  const [first, ...others] = rows.map((row) => row.get(name)?.text ?? '');
  return others.length > 0 && others.every((text) => text === first);
}

/** What stands beside a name of the same thing: the first that people can do without after that. */
const isIdentifier = ({ name }: Column): boolean => /(?:Id|Key|^(?:aliases|host)\..*)$/.test(name);

const isContact = ({ name }: Column): boolean => /Contact\.|mailDomain$/.test(name);

/** Leaves out columns of a kind, the last first, until the rest fits. */
function without(columns: readonly Column[], width: number, isOne: (column: Column) => boolean): Column[] {
  let rest = [...columns];
  for (const one of columns.toReversed()) {
    if (rest.length === 1 || totalWidth(rest) <= width) return rest;
    if (isOne(one)) rest = rest.filter((other) => other !== one);
  }
  return rest;
}

const narrowed = (columns: readonly Column[], most: number): Column[] =>
  columns.map((one) => (one.side === 'left' ? one : { ...one, width: Math.min(one.width, most) }));

/** The columns that fit: what never changes goes first, then identifiers, contacts, and what stands last. */
function fitted(columns: readonly Column[], rows: readonly FlatRow[], width: number): Column[] {
  if (totalWidth(columns) <= width) return [...columns];
  const telling = without(narrowed(columns, WIDE_CELL), width, (column) => isConstant(column, rows));
  const named = without(without(telling, width, isIdentifier), width, isContact);
  const fit = totalWidth(named) <= width ? named : without(narrowed(named, NARROW_CELL), width, () => true);
  return fit.map((one) => ({ ...one, width: Math.min(one.width, width) }));
}

/** Creates an aligned table: numbers to the right, everything else to the left, no line longer than the terminal. */
export function createReportTable({ columns: wanted, width }: TableLayout): ReportTable {
  const waiting: FlatRow[] = [];
  const seen = new Set<string>();
  let shown: readonly Column[] | undefined;

  function lineOf(textOf: (column: Column) => string): string {
    const cells = (shown ?? []).map((column) =>
      padToWidth(cutToWidth(textOf(column), column.width), column.width, column.side),
    );
    return `${cells.join(GAP).trimEnd()}\n`;
  }

  const rowLine = (row: FlatRow): string => lineOf(({ name }) => row.get(name)?.text ?? '');

  function layOut(): string {
    const natural = [...(wanted ?? seen)].map((name) => naturalColumn(name, waiting));
    shown = width === undefined ? natural : fitted(natural, waiting, width);
    return lineOf(({ name }) => name) + waiting.splice(0).map(rowLine).join('');
  }

  return {
    push(row) {
      for (const name of row.keys()) seen.add(name);
      if (shown) return rowLine(row);
      waiting.push(row);
      return waiting.length < DECIDING ? '' : layOut();
    },
    end: () => (shown || waiting.length === 0 ? '' : layOut()),
    hidden: () => [...(wanted ?? seen)].filter((name) => shown?.every((column) => column.name !== name)),
    missing: () => ({ wanted: (wanted ?? []).filter((name) => !seen.has(name)), known: [...seen] }),
  };
}

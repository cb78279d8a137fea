import type { Block } from '../../domain/message.ts';
import { clean } from './escape.ts';
import { LIMITS, sizeOf } from './limits.ts';

/** One column: its title with the unit, and the cell of a row. Numbers sort as numbers. */
export interface TableColumn<Row> {
  readonly title: string;
  /** Text, or a number with the text that shows it. */
  readonly cell: (row: Row) => string | { readonly value: number; readonly text: string };
}

/** A cell is read at a glance; longer text belongs into a sentence. */
const LONGEST_CELL = 120;

interface Cell {
  readonly type: string;
  readonly text?: string;
  readonly value?: number;
}

function toCell(content: string | { value: number; text: string }): Cell {
  // Slack refuses empty text in a cell, and a number that JSON cannot say.
  const text = clean(typeof content === 'string' ? content : content.text, LONGEST_CELL) || '-';
  if (typeof content === 'string' || !Number.isFinite(content.value)) return { type: 'raw_text', text };
  return { type: 'raw_number', value: content.value, text };
}

function lengthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
}

/** How many rows of a list a table shows: a sentence about the rest belongs beside it. */
export interface Table {
  readonly block: Block;
  readonly shown: number;
}

/**
 * A sortable, paginated table of up to 100 rows and 7,000 characters; given `budget`, of so many characters of JSON. The
 * first column names the row. Rows that do not fit are left out from the end; `shown` tells how many are in. Without
 * rows the block is one that `message` leaves out.
 */
export function dataTable<Row>(
  caption: string,
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  budget = Number.POSITIVE_INFINITY,
): Table {
  const shown = columns.slice(0, LIMITS.tableColumns);
  const head = shown.map(({ title }) => ({ type: 'raw_text', text: clean(title, 40) || '-' }));
  const frame = { type: 'data_table', caption: clean(caption, LIMITS.tableTitle) || '-', page_size: 10 };
  const body: Cell[][] = [];
  let characters = lengthOf(head);
  let size = sizeOf([{ ...frame, rows: [head] }]);
  for (const row of rows.slice(0, LIMITS.tableRows)) {
    const cells = shown.map(({ cell }) => toCell(cell(row)));
    characters += lengthOf(cells);
    size += JSON.stringify(cells).length + 1;
    if (characters > LIMITS.tableCharacters || size > budget) break;
    body.push(cells);
  }
  return { block: { ...frame, rows: [head, ...body] }, shown: body.length };
}

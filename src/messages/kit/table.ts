import type { Block } from '../../domain/message.ts';
import { clean } from './escape.ts';
import { LIMITS } from './limits.ts';

/** One column: its title with the unit, and the cell of a row. Numbers sort as numbers. */
export interface TableColumn<Row> {
  readonly title: string;
  /** Text, or a number with the text that shows it. */
  readonly cell: (row: Row) => string | { readonly value: number; readonly text: string };
}

interface Cell {
  readonly type: string;
  readonly text?: string;
  readonly value?: number;
}

function toCell(content: string | { value: number; text: string }): Cell {
  // A raw_text cell must not be empty: Slack refuses empty text.
  if (typeof content === 'string') return { type: 'raw_text', text: clean(content, 120) || '-' };
  return { type: 'raw_number', value: content.value, text: content.text };
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
 * A sortable, paginated table of up to 100 rows and 7,000 characters. The first column names the row. Rows that do
 * not fit are left out from the end; `shown` tells how many are in.
 */
export function dataTable<Row>(
  caption: string,
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): Table {
  const head = columns.map(({ title }) => ({ type: 'raw_text', text: clean(title, 40) }));
  const body: Cell[][] = [];
  let characters = lengthOf(head);
  for (const row of rows.slice(0, LIMITS.tableRows)) {
    const cells = columns.map(({ cell }) => toCell(cell(row)));
    characters += lengthOf(cells);
    if (characters > LIMITS.tableCharacters) break;
    body.push(cells);
  }
  const block = {
    type: 'data_table',
    caption: clean(caption, LIMITS.tableTitle),
    page_size: 10,
    rows: [head, ...body],
  };
  return { block, shown: body.length };
}

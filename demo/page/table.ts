/**
 * Tables: the library throws on raw_number cells and draws a data_table empty, so both kinds are drawn here.
 * A data_table is sortable and paginated by the page's script.
 */
import { createElement as h } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { isRecord } from '../slack/block-schema.ts';
import { readRichText } from '../slack/rich-text.ts';
import { plainTextOf } from '../slack/text.ts';
import type { Reader } from '../slack/text.ts';
import { textNodes } from './inline.ts';

type Cell = Readonly<Record<string, unknown>>;

const DEFAULT_PAGE_SIZE = 5;

function rowsOf(block: Cell): Cell[][] {
  const rows = Array.isArray(block['rows']) ? block['rows'] : [];
  return rows.map((row: unknown) => (Array.isArray(row) ? row.filter(isRecord) : []));
}

function cellNodes(cell: Cell, reader: Reader): ReactNode {
  if (cell['type'] === 'rich_text') return textNodes(readRichText(cell), reader);
  return typeof cell['text'] === 'string' ? cell['text'] : '';
}

function sortKey(cell: Cell, reader: Reader): string {
  return typeof cell['value'] === 'number' ? String(cell['value']) : plainTextOf(cell, reader).toLowerCase();
}

/** A `table` block: the first row is the header, columns align as told. */
export function tableBlock(block: Cell, reader: Reader): ReactElement {
  const settings = Array.isArray(block['column_settings'])
    ? block['column_settings'].map((entry) => (isRecord(entry) ? entry : {}))
    : [];
  const [header = [], ...body] = rowsOf(block);
  const cell = (tag: 'th' | 'td', entry: Cell, column: number): ReactElement => {
    const told = settings[column]?.['align'];
    const align = typeof told === 'string' ? told : entry['type'] === 'raw_number' ? 'right' : 'left';
    const wraps = settings[column]?.['is_wrapped'] === true;
    return h(tag, { key: column, className: `${align}${wraps ? ' wraps' : ''}` }, cellNodes(entry, reader));
  };
  return h(
    'div',
    { className: 'table-frame' },
    h(
      'div',
      { className: 'table-scroll' },
      h(
        'table',
        null,
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            header.map((entry, column) => cell('th', entry, column)),
          ),
        ),
        h(
          'tbody',
          null,
          body.map((row, index) =>
            h(
              'tr',
              { key: index },
              row.map((entry, column) => cell('td', entry, column)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A `data_table` block: caption, sortable columns, pages. */
export function dataTableBlock(block: Cell, reader: Reader): ReactElement {
  const pageSize = typeof block['page_size'] === 'number' ? block['page_size'] : DEFAULT_PAGE_SIZE;
  const rowHeader =
    typeof block['row_header_column_index'] === 'number' ? block['row_header_column_index'] : 0;
  const [header = [], ...body] = rowsOf(block);
  const isNumber = (column: number): boolean =>
    body.length > 0 && body.every((row) => row[column]?.['type'] === 'raw_number');
  const caption = typeof block['caption'] === 'string' ? block['caption'] : '';
  return h(
    'div',
    { className: 'table-frame data-table', 'data-page-size': pageSize },
    h('div', { className: 'table-caption' }, caption),
    h(
      'div',
      { className: 'table-scroll' },
      h(
        'table',
        { 'aria-label': caption },
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            header.map((entry, column) =>
              h(
                'th',
                { key: column, scope: 'col', className: isNumber(column) ? 'right' : 'left' },
                h(
                  'button',
                  {
                    type: 'button',
                    className: 'sort',
                    'data-column': column,
                    'data-numeric': isNumber(column) ? 'yes' : 'no',
                  },
                  cellNodes(entry, reader),
                  h('span', { className: 'arrow', 'aria-hidden': true }, '↕'),
                ),
              ),
            ),
          ),
        ),
        h(
          'tbody',
          null,
          body.map((row, index) =>
            h(
              'tr',
              { key: index, hidden: index >= pageSize },
              row.map((entry, column) =>
                h(
                  column === rowHeader ? 'th' : 'td',
                  {
                    key: column,
                    ...(column === rowHeader && { scope: 'row' }),
                    className: isNumber(column) ? 'right' : 'left',
                    'data-sort': sortKey(entry, reader),
                  },
                  cellNodes(entry, reader),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    h(
      'div',
      { className: 'table-pages' },
      h(
        'span',
        { className: 'range' },
        body.length > pageSize
          ? `1–${pageSize} of ${body.length}`
          : `${body.length} ${body.length === 1 ? 'row' : 'rows'}`,
      ),
      body.length > pageSize &&
        h(
          'span',
          { className: 'turn' },
          h(
            'button',
            { type: 'button', 'data-turn': '-1', 'aria-label': 'Previous page', disabled: true },
            '‹',
          ),
          h('button', { type: 'button', 'data-turn': '1', 'aria-label': 'Next page' }, '›'),
        ),
    ),
  );
}

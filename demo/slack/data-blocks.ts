/** The rules of tables and charts. */
import { block } from './block-id.ts';
import {
  boolean,
  both,
  finite,
  integer,
  isRecord,
  list,
  note,
  object,
  oneOf,
  string,
  typed,
} from './block-schema.ts';
import type { Check, Walk } from './block-schema.ts';
import { richText } from './rich-text-rules.ts';
import { textWeight } from './text-weight.ts';

/** Characters over all cells of all tables of a message. */
export const MAX_TABLE_CHARS = 10_000;
/** Charts in a message; not documented, found by vercel/chat pull request 696. */
const MAX_CHARTS = 2;

const cell: Check = (value, at, walk) => {
  typed({
    raw_text: object({ text: string(MAX_TABLE_CHARS) }),
    raw_number: object({ value: finite, text: string(255) }),
    rich_text: richText,
  })(value, at, walk);
  walk.tableChars += textWeight(value);
};

/** Rows of 1 to 20 cells, all of the same length. */
function rows(min: number, max: number): Check {
  return both(list(list(cell, 1, 20), min, max), (value, at, walk) => {
    if (!Array.isArray(value)) return;
    const [header, ...rest] = value as unknown[];
    if (!Array.isArray(header)) return;
    rest.forEach((row, index) => {
      if (Array.isArray(row) && row.length !== header.length) {
        note(walk, `${at}/${index + 1}`, `all rows must have the same number of cells (${header.length})`);
      }
    });
  });
}

/** A `table` block. */
export const table = both(
  block(
    { rows: rows(1, 100) },
    {
      column_settings: list(
        object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }),
        1,
        20,
      ),
    },
  ),
  (_, at, walk) => {
    walk.tables += 1;
    if (walk.tables > 1) note(walk, at, 'only one table allowed');
  },
);

const headerIsText: Check = (value, at, walk) => {
  if (!isRecord(value) || !Array.isArray(value['rows']) || !Array.isArray(value['rows'][0])) return;
  value['rows'][0].forEach((header: unknown, index: number) => {
    if (isRecord(header) && header['type'] !== 'raw_text') {
      note(walk, `${at}/rows/0/${index}/type`, 'header cells must be raw_text');
    }
  });
  const column = value['row_header_column_index'];
  if (typeof column === 'number' && column >= value['rows'][0].length) {
    note(walk, `${at}/row_header_column_index`, 'must be the index of a column');
  }
};

/** A `data_table` block. */
export const dataTable = both(
  block(
    { caption: string(2000), rows: rows(2, 101) },
    { page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
  ),
  headerIsText,
);

function unique(names: readonly unknown[], at: (index: number) => string, walk: Walk): void {
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) note(walk, at(index), 'must be unique');
  });
}

const pie: Check = (value, at, walk) => {
  object({ segments: list(object({ label: string(20), value: finite }), 1, 6) })(value, at, walk);
  if (!isRecord(value) || !Array.isArray(value['segments'])) return;
  const segments = value['segments'].map((segment: unknown) => (isRecord(segment) ? segment : {}));
  unique(
    segments.map((segment) => segment['label']),
    (index) => `${at}/segments/${index}/label`,
    walk,
  );
  segments.forEach((segment, index) => {
    if (typeof segment['value'] === 'number' && segment['value'] <= 0) {
      note(walk, `${at}/segments/${index}/value`, 'must be greater than 0');
    }
  });
};

const seriesShape = object({
  series: list(
    object({ name: string(20), data: list(object({ label: string(20), value: finite }), 1, 20) }),
    1,
    6,
  ),
  axis_config: object({ categories: list(string(20), 1, 20) }, { x_label: string(50), y_label: string(50) }),
});

/** Line, bar, area: every series has exactly one point for every category. */
const seriesChart: Check = (value, at, walk) => {
  const before = walk.problems.length;
  seriesShape(value, at, walk);
  if (walk.problems.length > before || !isRecord(value)) return;
  const { categories } = value['axis_config'] as { categories: string[] };
  const series = value['series'] as { name: string; data: { label: string }[] }[];
  unique(categories, (index) => `${at}/axis_config/categories/${index}`, walk);
  unique(
    series.map(({ name }) => name),
    (index) => `${at}/series/${index}/name`,
    walk,
  );
  series.forEach(({ data }, index) => {
    const labels = data.map(({ label }) => label);
    if (labels.length !== categories.length || categories.some((category) => !labels.includes(category))) {
      note(walk, `${at}/series/${index}/data`, 'must have exactly one data point for each category');
    }
  });
};

/** A `data_visualization` block. */
export const dataVisualization = both(
  block({
    title: string(50),
    chart: typed({ line: seriesChart, bar: seriesChart, area: seriesChart, pie }),
  }),
  (_, at, walk) => {
    walk.charts += 1;
    if (walk.charts > MAX_CHARTS)
      note(walk, at, `no more than ${MAX_CHARTS} data_visualization blocks allowed`);
  },
);

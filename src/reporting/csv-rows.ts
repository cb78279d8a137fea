import Papa from 'papaparse';
import { ApiTooLargeError, ApiTruncatedError, ApiUnexpectedShapeError } from './errors.ts';

/** One row of a CSV file, by the names of its first line. Cells are texts; an empty cell is an empty text. */
export type CsvRow = Readonly<Record<string, string>>;

/** Columns and characters of one row: far above any catalogue, low enough to be held in memory. */
const MOST_COLUMNS = 1_000;
const LONGEST_ROW = 8 * 2 ** 20;

const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/**
 * Cuts text into lines at the line breaks outside quotes, however the text arrives. A quote opens a cell only at the
 * cell's beginning: `5" pipe` is a text like any other.
 */
function createLineCutter() {
  let place: 'start' | 'plain' | 'quoted' | 'after a quote' = 'start';
  let rest = '';

  return {
    push(text: string): string[] {
      const lines: string[] = [];
      let from = 0;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (place === 'quoted') {
          if (code === QUOTE) place = 'after a quote';
        } else if (code === QUOTE && place !== 'plain') place = 'quoted';
        else if (code === NEWLINE) {
          lines.push(rest + text.slice(from, at));
          rest = '';
          from = at + 1;
          place = 'start';
        } else place = code === COMMA ? 'start' : 'plain';
      }
      rest += text.slice(from);
      if (rest.length > LONGEST_ROW) throw new ApiTooLargeError('A line of the file is too long.');
      return lines;
    },
    /** The last line, which needs no line break. */
    end(): string {
      if (place !== 'quoted') return rest;
      throw new ApiTruncatedError('The file ended inside a quoted cell.', {
        outcome: { kind: 'unreadable' },
      });
    },
  };
}

/** The cells of whole lines; empty lines are none. */
function toCells(lines: readonly string[]): string[][] {
  const filled = lines.map((line) => line.replace(/\r$/, '')).filter((line) => line !== '');
  if (filled.length === 0) return [];
  const { data, errors } = Papa.parse<string[]>(filled.join('\n'), { delimiter: ',', newline: '\n' });
  if (errors.length > 0) throw new ApiUnexpectedShapeError('A cell of the file goes on after its quotes.');
  return data;
}

/** The names of the columns. Throws when they are too many, or when one of two equal ones would be lost. */
function checkedNames(names: readonly string[]): readonly string[] {
  if (names.length > MOST_COLUMNS) throw new ApiTooLargeError('The file has too many columns.');
  if (new Set(names).size < names.length) throw new ApiUnexpectedShapeError('The file names a column twice.');
  return names;
}

/**
 * The rows of an RFC 4180 file as they arrive: quoted cells may hold commas, quotes and line breaks, characters may be
 * cut anywhere between chunks. Throws an ApiUnexpectedShapeError for a row with another number of cells than the first
 * line names, an ApiTooLargeError for a row beyond the limits, an ApiTruncatedError when the file ends inside quotes.
 */
export async function* csvRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRow[], void, undefined> {
  const decoder = new TextDecoder();
  const cutter = createLineCutter();
  let names: readonly string[] | undefined;

  function toRows(lines: readonly string[]): CsvRow[] {
    const rows = toCells(lines);
    if (!names) {
      const [first] = rows.splice(0, 1);
      if (first) names = checkedNames(first);
    }
    const known = names ?? [];
    return rows.map((cells) => {
      if (cells.length !== known.length) {
        throw new ApiUnexpectedShapeError(
          `A line of the file has ${cells.length} cells, its first line ${known.length}.`,
        );
      }
      return Object.fromEntries(known.map((name, index) => [name, cells[index] ?? '']));
    });
  }

  for await (const chunk of bytes) yield toRows(cutter.push(decoder.decode(chunk, { stream: true })));
  const last = cutter.push(decoder.decode());
  yield toRows([...last, cutter.end()]);
}

import Papa from 'papaparse';
import { ApiTooLargeError, ApiTruncatedError, ApiUnexpectedShapeError } from './errors.ts';

/** One row of a CSV file, by the names of its first line. Cells are texts; an empty cell is an empty text. */
export type CsvRow = Readonly<Record<string, string>>;

/** Columns and characters of one row: far above any catalogue, low enough to be held in memory. */
const MOST_COLUMNS = 1_000;
const LONGEST_ROW = 8 * 2 ** 20;

/** Where the last whole line ends: a line break outside quotes; -1 when there is none. */
function lastLineEnd(text: string): number {
  let isQuoted = false;
  let end = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) isQuoted = !isQuoted;
    else if (code === 0x0a && !isQuoted) end = at;
  }
  return end;
}

function parse(text: string): string[][] {
  return Papa.parse<string[]>(text, { skipEmptyLines: true, delimiter: ',', newline: '\n' }).data.map((row) =>
    row.map((cell) => cell.replace(/\r$/, '')),
  );
}

/**
 * The rows of an RFC 4180 file as they arrive: quoted cells may hold commas, quotes and line breaks, characters may be
 * cut anywhere between chunks. Throws an ApiUnexpectedShapeError for a row with another number of cells than the first
 * line names, an ApiTooLargeError for a row beyond the limits, an ApiTruncatedError when the file ends inside quotes.
 */
export async function* csvRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRow[], void, undefined> {
  const decoder = new TextDecoder();
  let names: string[] | undefined;
  let rest = '';

  function toRows(text: string): CsvRow[] {
    const lines = parse(text);
    names ??= lines.shift();
    if (names && names.length > MOST_COLUMNS) throw new ApiTooLargeError('The file has too many columns.');
    const known = names ?? [];
    return lines.map((cells) => {
      if (cells.length !== known.length) {
        throw new ApiUnexpectedShapeError(
          `A line of the file has ${cells.length} cells, its first line ${known.length}.`,
        );
      }
      return Object.fromEntries(known.map((name, index) => [name, cells[index] ?? '']));
    });
  }

  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    const end = lastLineEnd(rest);
    if (end < 0) {
      if (rest.length > LONGEST_ROW) throw new ApiTooLargeError('A line of the file is too long.');
      continue;
    }
    yield toRows(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  rest += decoder.decode();
  if (((rest.match(/"/g) ?? []).length & 1) === 1) {
    throw new ApiTruncatedError('The file ended inside a quoted cell.', { outcome: { kind: 'unreadable' } });
  }
  if (rest !== '') yield toRows(rest);
}

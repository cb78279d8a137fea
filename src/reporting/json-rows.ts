import { ApiNotJsonError, ApiTooLargeError, ApiTruncatedError, ApiUnexpectedShapeError } from './errors.ts';

/** Cuts the bytes of one JSON array into its elements, whatever the chunk borders. */
export interface RowSplitter {
  /** Hands out the bytes of each element that this chunk completes; they are valid until the next push. */
  readonly push: (chunk: Buffer, onRow: (row: Buffer) => void) => void;
  /** Call at the end of the bytes: throws an ApiTruncatedError unless the array was closed. */
  readonly end: () => void;
}

/** The largest element kept in memory: a licence has about 1.6 kB, so this is room for hostile texts. */
const LARGEST_ROW_BYTES = 8 * 2 ** 20;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isMark = (byte: number): boolean => byte === 0xef || byte === 0xbb || byte === 0xbf;

/** The element's value. Throws an ApiNotJsonError that names the element by its number, never by its content. */
export function parseRow(row: Buffer, number: number): unknown {
  try {
    return JSON.parse(row.toString('utf8'));
  } catch {
    throw new ApiNotJsonError(`Row ${number} of the export is not JSON.`);
  }
}

/**
 * `JSON.parse` of a whole export fails above 512 MiB (V8's longest string), so elements are found by bytes and parsed
 * one by one. Multi-byte characters are safe: quotes, brackets and commas are single bytes in UTF-8 and never part of
 * another character, and only whole elements are handed out.
 *
 * `push` throws an ApiUnexpectedShapeError when the document is no array, an ApiNotJsonError when it goes on after its
 * end, an ApiTooLargeError when an element is longer than `largestRowBytes`.
 */
export function createRowSplitter(largestRowBytes = LARGEST_ROW_BYTES): RowSplitter {
  let place: 'before' | 'inside' | 'after' = 'before';
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let rows = 0;
  /** The beginning of an element whose end is in a later chunk: the first `carriedBytes` of `carry`. */
  let carry = Buffer.allocUnsafe(4_096);
  let carriedBytes = 0;

  function keep(part: Buffer): void {
    const needed = carriedBytes + part.length;
    if (needed > largestRowBytes) {
      throw new ApiTooLargeError(`Row ${rows + 1} of the export is longer than ${largestRowBytes} bytes.`);
    }
    if (needed > carry.length) {
      const wider = Buffer.allocUnsafe(needed * 2);
      carry.copy(wider, 0, 0, carriedBytes);
      carry = wider;
    }
    part.copy(carry, carriedBytes);
    carriedBytes = needed;
  }

  function rowOf(chunk: Buffer, from: number, to: number): Buffer {
    rows += 1;
    if (carriedBytes === 0) return chunk.subarray(from, to);
    keep(chunk.subarray(from, to));
    const row = carry.subarray(0, carriedBytes);
    carriedBytes = 0;
    return row;
  }

  /** True when the element that ends before `to` holds anything but white space. */
  function hasContent(chunk: Buffer, from: number, to: number): boolean {
    for (let at = from; at < to; at += 1) if (!isBlank(chunk[at] ?? 0)) return true;
    for (let at = 0; at < carriedBytes; at += 1) if (!isBlank(carry[at] ?? 0)) return true;
    return false;
  }

  function openArray(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.length && (isBlank(chunk[at] ?? 0) || isMark(chunk[at] ?? 0))) at += 1;
    if (at === chunk.length) return at;
    if (chunk[at] !== OPEN_ARRAY) throw new ApiUnexpectedShapeError('The export is not a JSON array.');
    place = 'inside';
    return at + 1;
  }

  function push(chunk: Buffer, onRow: (row: Buffer) => void): void {
    let at = place === 'before' ? openArray(chunk) : 0;
    let start = at;
    // The state in locals: this loop looks at every byte of a gigabyte.
    let level = depth;
    let quoted = isInString;
    let escaped = isEscaped;
    const { length } = chunk;
    while (place === 'inside' && at < length) {
      if (quoted) {
        if (escaped) {
          at += 1;
          escaped = false;
        }
        while (at < length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1;
        if (at < length) {
          quoted = chunk[at] === BACKSLASH;
          escaped = quoted;
          at += 1;
        }
        continue;
      }
      const byte = chunk[at] as number;
      at += 1;
      if (byte === QUOTE) quoted = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) level += 1;
      else if (level > 0) {
        if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) level -= 1;
      } else if (byte === COMMA || byte === CLOSE_ARRAY) {
        const isEmptyArray = byte === CLOSE_ARRAY && rows === 0 && !hasContent(chunk, start, at - 1);
        if (!isEmptyArray) onRow(rowOf(chunk, start, at - 1));
        if (byte === CLOSE_ARRAY) place = 'after';
        start = at;
      }
    }
    depth = level;
    isInString = quoted;
    isEscaped = escaped;
    if (place === 'inside') keep(chunk.subarray(start));
    else if (place === 'after' && hasContent(chunk, start, chunk.length)) {
      throw new ApiNotJsonError('The export goes on after its end.');
    }
  }

  function end(): void {
    if (place !== 'after')
      throw new ApiTruncatedError(`The export ended inside its array, after ${rows} rows.`);
  }

  return { push, end };
}

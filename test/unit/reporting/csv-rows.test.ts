import { describe, expect, it } from 'vitest';
import { csvRows, type CsvRow } from '../../../src/reporting/csv-rows.ts';
import {
  ApiTooLargeError,
  ApiTruncatedError,
  ApiUnexpectedShapeError,
} from '../../../src/reporting/errors.ts';

/** Reads a file that arrives in pieces of these sizes; the last size stays. */
async function read(file: string | Buffer, ...sizes: readonly number[]): Promise<CsvRow[]> {
  const bytes = Buffer.from(file);
  async function* pieces(): AsyncGenerator<Buffer, void, undefined> {
    let piece = 0;
    for (let at = 0; at < bytes.length; piece += 1) {
      const size = sizes[Math.min(piece, sizes.length - 1)] ?? bytes.length;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const rows: CsvRow[] = [];
  for await (const some of csvRows(pieces())) rows.push(...some);
  return rows;
}

describe('a CSV file', () => {
  it('is read row by row under the names of its first line', async () => {
    expect(await read('key,name\na,Alpha\nb,\n')).toEqual([
      { key: 'a', name: 'Alpha' },
      { key: 'b', name: '' },
    ]);
  });

  it.each([
    ['with and without a line break at its end', 'a,b\n1,2', 'a,b\n1,2\n'],
    ['with CRLF', 'a,b\n1,2\n3,4\n', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['with CRLF after quotes', 'a,b\n1,2\n3,4\n', '"a","b"\r\n"1","2"\r\n"3","4"\r\n'],
    ['with a byte order mark', 'a,b\n1,2\n', '\ufeffa,b\n1,2\n'],
    ['with empty lines', 'a,b\n1,2\n3,4\n', 'a,b\n\n1,2\n\r\n3,4\n\n\n'],
    ['with needless quotes', 'a,b\n1,2\n', '"a","b"\n"1","2"\n'],
  ])('is the same %s', async (_name, one, other) => {
    const rows = await read(one);
    expect(rows.length).toBeGreaterThan(0);
    expect(await read(other)).toEqual(rows);
  });

  const hostile = [
    { key: 'comma', text: 'one, two' },
    { key: 'quote', text: 'the "best" app, they say ""' },
    { key: 'newline', text: 'first\nsecond\r\nthird\n' },
    { key: 'return', text: 'ends in a return\r' },
    { key: 'unicode', text: 'Größe 漢字 😀' },
    { key: 'quotes only', text: '"""' },
    { key: 'empty', text: '' },
  ];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const file = Buffer.from(
    ['key,text', ...hostile.map(({ key, text }) => `${key},${quoted(text)}`)].join('\r\n'),
  );

  it('keeps every cell whole when it is cut in two at any byte', async () => {
    for (let cut = 1; cut < file.length; cut += 1) {
      expect([cut, await read(file, cut, file.length)]).toEqual([cut, hostile]);
    }
  });

  it('keeps every cell whole when every byte comes alone', async () => {
    expect(await read(file, 1)).toEqual(hostile);
  });

  it('may have a quote inside a cell that does not begin with one', async () => {
    expect(await read('a,b\n5" pipe,x\n6" pipe,"y\nz"\n7" pipe,w\n', 3)).toEqual([
      { a: '5" pipe', b: 'x' },
      { a: '6" pipe', b: 'y\nz' },
      { a: '7" pipe', b: 'w' },
    ]);
  });

  it('gives the cells of 500 random tables in chunks of 1 to 9 bytes', async () => {
    const pieces = ['"', ',', '\n', '\r\n', '😀', 'é', 'a', ' ', '""', ''];
    let state = 20_260_310;
    const roll = (sides: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * sides);
    };
    for (let round = 0; round < 500; round += 1) {
      const text = () => Array.from({ length: roll(5) }, () => pieces[roll(pieces.length)] ?? '').join('');
      const rows = Array.from({ length: roll(5) }, () => ({ a: text(), b: text(), c: 'x' }));
      const written = rows.map((row) => Object.values(row).map(quoted).join(','));
      const sizes = Array.from({ length: 200 }, () => 1 + roll(9));
      const lineBreak = roll(2) === 0 ? '\n' : '\r\n';
      expect(await read(['a,b,c', ...written].join(lineBreak), ...sizes)).toEqual(rows);
    }
  });

  it('is nothing when it is empty, or has names alone', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('a,b\n')).toEqual([]);
    expect(await read('a,b')).toEqual([]);
  });

  it('may name a column __proto__', async () => {
    const [row] = await read('__proto__,a\n1,2\n');
    expect(Object.keys(row ?? {})).toEqual(['__proto__', 'a']);
    expect(({} as { a?: string }).a).toBeUndefined();
  });
});

describe('a file that is no whole CSV', () => {
  it.each(['a,b\n1,"2', 'a,b\n1,"', 'a,b\n1,"2\n3,4\n', '"a', 'a,b\n1,"2""'])(
    'is truncated when it ends inside quotes: %j',
    async (text) => {
      await expect(read(text)).rejects.toThrow(ApiTruncatedError);
      await expect(read(text, 1)).rejects.toThrow(ApiTruncatedError);
    },
  );

  it.each([
    ['fewer', 'a,b\n1\n', 'A line of the file has 1 cells, its first line 2.'],
    ['more', 'a,b\n1,2,3\n', 'A line of the file has 3 cells, its first line 2.'],
  ])('has %s cells in a line than names', async (_name, text, message) => {
    await expect(read(text)).rejects.toThrow(new ApiUnexpectedShapeError(message));
  });

  it.each(['a,b\n"1"x,2\n', 'a,b\n"1"x",2\n'])('has text after a closing quote: %j', async (text) => {
    await expect(read(text)).rejects.toThrow(/goes on after its quotes/);
  });

  it('names a column twice, so that one of the two would be lost', async () => {
    await expect(read('a,b,a\n1,2,3\n')).rejects.toThrow(/names a column twice/);
  });

  it('has a line without end', async () => {
    const endless = `a\n${'x'.repeat(9 * 2 ** 20)}`;
    await expect(read(endless, 2 ** 20)).rejects.toThrow(ApiTooLargeError);
    await expect(read(`a\n"${'x\n'.repeat(5 * 2 ** 20)}`, 2 ** 20)).rejects.toThrow(ApiTooLargeError);
  });

  it('has columns without end', async () => {
    await expect(
      read(`${Array.from({ length: 1_001 }, (_, index) => `c${index}`).join(',')}\n`),
    ).rejects.toThrow(ApiTooLargeError);
  });

  it('never shows a cell in its message', async () => {
    await expect(read('a,b\njane@acme.com\n')).rejects.toThrow(/^A line of the file has 1 cells/);
  });
});

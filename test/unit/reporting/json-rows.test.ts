import { describe, expect, it } from 'vitest';
import {
  ApiNotJsonError,
  ApiTooLargeError,
  ApiTruncatedError,
  ApiUnexpectedShapeError,
} from '../../../src/reporting/errors.ts';
import { createRowSplitter, parseRow } from '../../../src/reporting/json-rows.ts';

/** A small generator with a seed, so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function split(bytes: Buffer, sizes: () => number, largest?: number): unknown[] {
  const splitter = createRowSplitter(largest);
  const rows: unknown[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizes();
    splitter.push(bytes.subarray(at, at + size), (row) => rows.push(parseRow(row, rows.length + 1)));
    at += size;
  }
  splitter.end();
  return rows;
}

const PIECES = ['"', '\\', '{', '}', '[', ']', ',', ':', '😀', 'é', '漢', '\n', '\u0000', '\\"', 'a', ' '];

/**
 * Names of fields need no escapes: JSON.parse of V8 13.6 (Node 24.21) takes a name that begins with one for another
 * name it has seen, `{"\\": 1}` before `{"\"": 2}`, now and then. No field of the API has such a name.
 */
const NAME_PIECES = PIECES.filter((piece) => JSON.stringify(piece) === `"${piece}"`);

function randomValue(roll: (sides: number) => number, depth = 0): unknown {
  const textOf = (pieces: readonly string[]) =>
    Array.from({ length: roll(8) }, () => pieces[roll(pieces.length)] ?? '').join('');
  const text = () => textOf(PIECES);
  switch (roll(depth > 2 ? 4 : 6)) {
    case 0:
      return text();
    case 1:
      return roll(1_000) / 8;
    case 2:
      return [true, false, null][roll(3)];
    case 3:
      return `${text()}\\`;
    case 4:
      return Array.from({ length: roll(4) }, () => randomValue(roll, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: roll(4) }, () => [textOf(NAME_PIECES), randomValue(roll, depth + 1)]),
      );
  }
}

describe('splitting an array into rows', () => {
  it('gives the rows of 3,000 random arrays in chunks of 1 to 17 bytes', () => {
    const roll = dice(20_260_310);
    for (let round = 0; round < 3_000; round += 1) {
      const rows = Array.from({ length: roll(6) }, () => randomValue(roll));
      const text = JSON.stringify(rows, null, roll(2) * 2);
      expect(split(Buffer.from(text), () => 1 + roll(17))).toEqual(rows);
    }
  });

  it.each(['[]', ' [ ] \n', '\ufeff[\n]', '[\t\r\n]'])('finds no rows in %j', (text) => {
    expect(split(Buffer.from(text), () => 1)).toEqual([]);
  });

  it('reads a byte order mark, white space and rows that are no objects', () => {
    expect(split(Buffer.from('\ufeff \n[ 1 , "a,]" ,\tnull, [1,[2]] ]  '), () => 3)).toEqual([
      1,
      'a,]',
      null,
      [1, [2]],
    ]);
  });

  it('keeps a multi-byte character whole when every byte comes alone', () => {
    const rows = [{ company: 'Größe 漢字 😀', note: 'ends in a backslash \\' }];
    expect(split(Buffer.from(JSON.stringify(rows)), () => 1)).toEqual(rows);
  });

  it('keeps "__proto__" a field like any other', () => {
    const [row] = split(Buffer.from('[{"__proto__":{"admin":true},"a":1}]'), () => 5) as {
      admin?: boolean;
    }[];
    expect(row?.admin).toBeUndefined();
    expect(Object.keys(row ?? {})).toEqual(['__proto__', 'a']);
  });

  it('is not impressed by a million brackets in one row', () => {
    const deep = `[${'['.repeat(500_000)}${']'.repeat(500_000)}]`;
    expect(split(Buffer.from(deep), () => 65_536)).toHaveLength(1);
  });
});

describe('what is no whole array', () => {
  const text = JSON.stringify([{ a: 'x,"]' }, { b: [1, 2] }, 'end']);

  it('is truncated wherever it is cut', () => {
    for (let cut = 0; cut < text.length; cut += 1) {
      expect(() => split(Buffer.from(text.slice(0, cut)), () => 7)).toThrow(ApiTruncatedError);
    }
  });

  it.each(['{"a":1}', '"text"', '12', '<html>'])('is refused when it is %j', (wrong) => {
    expect(() => split(Buffer.from(wrong), () => 2)).toThrow(ApiUnexpectedShapeError);
  });

  it.each(['[1,]', '[,1]', '[1,,2]', '[{"a" 1}]', '[{]}]', '[nope]', '[1] 2', '[1]]'])(
    'is no JSON when it is %j',
    (wrong) => {
      expect(() => split(Buffer.from(wrong), () => 2)).toThrow(ApiNotJsonError);
    },
  );

  it('is too large when one row never ends', () => {
    const endless = Buffer.from(`["${'x'.repeat(5_000)}"]`);
    expect(() => split(endless, () => 64, 1_000)).toThrow(ApiTooLargeError);
  });

  it('never shows a row in its message', () => {
    expect(() => split(Buffer.from('[{"email":"jane@acme.com" oops}]'), () => 9)).toThrow(
      /^Row 1 of the export is not JSON\.$/,
    );
  });
});

import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../src/messages/csv.ts';
import { createRandom } from '../analytics/rows.ts';
import { hostileNames } from './kit/hostile-names.ts';

const bodyOf = (value: string | number) =>
  toCsv(['A'], [[value]])
    .split('\r\n')
    .slice(1, -1)
    .join('\r\n');

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 40 1', "'+49 40 1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['＝1', "'＝1"],
    ['  =1+1', "'  =1+1"],
    ['\u00A0@SUM(A1)', "'\u00A0@SUM(A1)"],
    [' a=1', ' a=1'],
    ['a=1', 'a=1'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['', ''],
  ])('%j is written %j', (value, written) => {
    expect(bodyOf(value)).toBe(written);
  });

  it.each([
    [-12.5, '-12.5'],
    [0, '0'],
    [1e6, '1000000'],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
  ])('that is the number %d stays one', (value, written) => {
    expect(bodyOf(value)).toBe(written);
  });
});

describe('a file', () => {
  it('begins with the mark by which spreadsheets know UTF-8, and ends its lines as they like', () => {
    expect(toCsv(['A', 'B'], [['ä', 2]])).toBe('\uFEFFA,B\r\nä,2\r\n');
  });

  it('of 2,000 hostile texts is read back as they were, but for the apostrophe that disarms', () => {
    const random = createRandom(7);
    const starts = ['=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ''];
    const texts = hostileNames(2000, 11).map(
      (name) => `${random.pick(starts as [string, ...string[]])}${name}`,
    );
    const csv = toCsv(
      ['Text', 'End'],
      texts.map((text) => [text, 'end']),
    );
    const { data } = Papa.parse<string[]>(csv.slice(1), { newline: '\r\n', skipEmptyLines: true });
    const read = data.slice(1);
    expect(read).toHaveLength(texts.length);
    for (const [index, row] of read.entries()) {
      const text = (texts[index] ?? '').toWellFormed().replaceAll('\0', '');
      expect(row).toEqual([/^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/.test(text) ? `'${text}` : text, 'end']);
    }
  });
});

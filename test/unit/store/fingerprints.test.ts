import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createFingerprints } from '../../../src/store/fingerprints.ts';

const printOf = (row: number): string => createHash('sha1').update(`row ${row}`).digest('base64');

it.each([0, 1, 7, 1_000, 60_000])('of %i rows finds each by its id, and no other', (rows) => {
  const fingerprints = createFingerprints(rows);
  for (let row = 1; row <= rows; row += 1) fingerprints.add(printOf(row), row);
  const found = Array.from({ length: rows + 500 }, (_, index) => fingerprints.find(printOf(index + 1)));
  expect(found.slice(0, rows)).toEqual(Array.from({ length: rows }, (_, index) => index + 1));
  expect(found.slice(rows).every((id) => id === undefined)).toBe(true);
});

it('tells fingerprints apart by every bit of the first 64', () => {
  const bytes = Buffer.alloc(20, 0b1010_0101);
  const fingerprints = createFingerprints(65);
  const flipped = Array.from({ length: 64 }, (_, bit) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return copy.toString('base64');
  });
  for (const [index, print] of [bytes.toString('base64'), ...flipped].entries())
    fingerprints.add(print, index + 1);
  expect(flipped.map((print) => fingerprints.find(print))).toEqual(flipped.map((_, index) => index + 2));
  expect(fingerprints.find(bytes.toString('base64'))).toBe(1);
});

it('finds rows that share the place where they begin to look, round the end of the table', () => {
  // The first 32 bits decide where a row begins to look: all of these are equal in them.
  const prints = Array.from({ length: 50 }, (_, index) => {
    const bytes = Buffer.alloc(20);
    bytes.writeUInt32BE(0xffff_fffe, 0);
    bytes.writeUInt32BE(index, 4);
    return bytes.toString('base64');
  });
  const fingerprints = createFingerprints(prints.length);
  for (const [index, print] of prints.entries()) fingerprints.add(print, index + 1);
  expect(prints.map((print) => fingerprints.find(print))).toEqual(prints.map((_, index) => index + 1));
  const other = Buffer.alloc(20, 0xff).toString('base64');
  expect(fingerprints.find(other)).toBeUndefined();
});

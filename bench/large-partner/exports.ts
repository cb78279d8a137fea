import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { licenseRow, transactionRow } from './rows.ts';

/** Which rows a file has: those of the first day, or the same with every twentieth restated. */
export type Revision = 0 | 1;

/** The two large data sets. */
export type ExportName = 'licenses' | 'transactions';

const MAKE: Readonly<Record<ExportName, (i: number, revision?: number) => object>> = {
  licenses: licenseRow,
  transactions: transactionRow,
};
const CHUNK = 4 * 2 ** 20;

/** Writes a file once and keeps it: making a million rows takes longer than importing them should. */
function writeOnce(path: string, pieces: () => Generator<string>): string {
  if (existsSync(path)) return path;
  const file = openSync(`${path}.part`, 'w');
  let text = '';
  for (const piece of pieces()) {
    text += piece;
    if (text.length < CHUNK) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}

/** An export as the API would send it, row by row: one JSON array. */
export function* jsonText(name: ExportName, rows: number, revision: Revision): Generator<string> {
  yield '[';
  for (let i = 0; i < rows; i += 1) yield `${i > 0 ? ',' : ''}${JSON.stringify(MAKE[name](i, revision))}`;
  yield ']';
}

/** The path of an export as the API would send it. */
export function jsonFile(folder: string, name: ExportName, rows: number, revision: Revision): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}-${rows}-${revision}.json`);
  return writeOnce(path, () => jsonText(name, rows, revision));
}

const IDENTIFIERS = [
  'addonLicenseId',
  'licenseId',
  'appEntitlementId',
  'appEntitlementNumber',
  'hostEntitlementId',
  'hostEntitlementNumber',
  'cloudId',
  'cloudSiteHostname',
];

function flatten(value: unknown, cells: string[]): void {
  if (Array.isArray(value)) cells.push(value.length > 0 ? JSON.stringify(value) : '');
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) flatten(inner, cells);
  else cells.push(String(value));
}

function csvLine(row: object): string {
  const { ...rest } = row as Record<string, string | undefined>;
  const cells = IDENTIFIERS.map((name) => rest[name] ?? '');
  for (const name of IDENTIFIERS) delete rest[name];
  flatten(rest, cells);
  return cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

/** The same rows as CSV, and which of its columns (from 0) is the key. */
export function csvFile(folder: string, name: ExportName, rows: number) {
  mkdirSync(folder, { recursive: true });
  const path = writeOnce(join(folder, `${name}-${rows}.csv`), function* () {
    for (let i = 0; i < rows; i += 1) yield `${csvLine(MAKE[name](i))}\n`;
  });
  const sample: string[] = [];
  const { ...first } = MAKE[name](1) as Record<string, unknown>;
  for (const id of IDENTIFIERS) delete first[id];
  flatten(first, sample);
  return {
    path,
    columns: IDENTIFIERS.length + sample.length,
    key: name === 'licenses' ? IDENTIFIERS.indexOf('appEntitlementNumber') : IDENTIFIERS.length + 1,
  };
}

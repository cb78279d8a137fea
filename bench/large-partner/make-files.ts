import { execFileSync } from 'node:child_process';
import { type ExportName, jsonFile } from './exports.ts';

const NAMES: readonly ExportName[] = ['licenses', 'transactions'];

/**
 * Makes the files of both exports, of the first day and restated, in a process of its own: what making them takes is no
 * memory of the bot.
 */
export function makeFiles(folder: string, rows: number): void {
  execFileSync(process.execPath, [import.meta.filename, folder, String(rows)], { stdio: 'inherit' });
}

if (import.meta.main) {
  const [folder = '', rows] = process.argv.slice(2);
  for (const name of NAMES)
    for (const revision of [0, 1] as const) jsonFile(folder, name, Number(rows), revision);
}

import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { VARIABLES } from '../../config/variables.ts';
import { readDisk } from '../../store/disk.ts';
import { type Finding, fine, note } from './finding.ts';

const FULL_FROM = 0.9;

/** True when others than the owner may read a file; false where it cannot be looked at. */
function isOpenToOthers(path: string): boolean {
  try {
    return (statSync(path).mode & 0o077) !== 0;
  } catch {
    return false;
  }
}

/** The files that hold secrets, and the database: whether others on this machine may read them. */
export function checkFiles(
  env: Readonly<Record<string, string | undefined>>,
  databasePath: string,
): Finding[] {
  const secretFiles = VARIABLES.flatMap(({ isSecret, name }) => (isSecret && env[`${name}_FILE`]) || []);
  const open = [...secretFiles, '.env', databasePath].filter(isOpenToOthers);
  return open.length === 0
    ? [fine('Files: only this user can read the secrets and the database')]
    : open.map((path) => note(`Other users of this machine can read ${path}`, `chmod 600 ${path}`));
}

/**
 * Whether a new Marketplace token is found without a restart. Source of what is said of credentials: systemd.exec(5), they are
 * copied when the service starts.
 */
export function checkRotation(env: Readonly<Record<string, string | undefined>>): Finding {
  const file = env['MARKETPLACE_API_TOKEN_FILE'];
  const copies = env['CREDENTIALS_DIRECTORY'];
  if (file === undefined)
    return fine('Marketplace token: from the environment; another one takes a restart, or a file instead');
  return copies !== undefined && file.startsWith(`${copies}/`)
    ? fine('Marketplace token: a copy that systemd made at the start; another one takes a restart')
    : fine(`Marketplace token: ${file} is read again when the API refuses the token; no restart is needed`);
}

/** The room on the disk of the database. */
export function checkDisk(databasePath: string): Finding[] {
  const disk = readDisk(databasePath);
  if (!disk) return [];
  const room = `${Math.floor(disk.freeBytes / 2 ** 20).toLocaleString('en-US')} MB free`;
  return disk.usedShare > FULL_FROM
    ? [note(`Disk of ${dirname(databasePath)}: ${room}, more than 90 % is used`, 'Make room.')]
    : [fine(`Disk: ${room}`)];
}

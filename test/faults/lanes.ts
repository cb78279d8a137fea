import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs work in a folder of its own, which is removed afterwards. */
export async function inFolder<Result>(run: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-kills-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one of several lanes has to do; their `count`s add up, and each has a seed and a folder of its own. */
export interface Lane {
  readonly seed: number;
  readonly count: number;
  readonly folder: string;
}

/** Shares work among so many lanes that run at once: while one waits, another one has the processor. */
export function inLanes<Report>(
  lanes: number,
  { count, seed }: Omit<Lane, 'folder'>,
  run: (lane: Lane) => Promise<Report>,
): Promise<Report[]> {
  const used = Math.min(lanes, count);
  return Promise.all(
    Array.from({ length: used }, (_, lane) =>
      inFolder((folder) => run({ seed: seed + lane, count: Math.floor((count + lane) / used), folder })),
    ),
  );
}

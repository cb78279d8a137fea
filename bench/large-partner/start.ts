import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createSyncThread, type SyncThread } from '../../src/sync-thread.ts';
import type { Log } from '../../src/domain/log.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Told } from './server.ts';

/** Where generated exports and databases are kept between runs. */
export const FOLDER = join(import.meta.dirname, '../.data');

/** The developer space of the bench. */
export const DEVELOPER_ID = 'bench';

/** The Marketplace of a large partner, in a process of its own. */
export interface LargePartner {
  readonly url: string;
  /** Says which rows its exports have from now on, or that they do not end until it says `release`. */
  tell(what: Told): Promise<void>;
  stop(): void;
}

/**
 * Starts it, with so many licences and as many transaction lines. They come from files that were made before, or are made
 * while they are sent.
 */
export async function startLargePartner(
  rows: number,
  from: 'files' | 'memory' = 'files',
): Promise<LargePartner> {
  const folder = from === 'files' ? [FOLDER] : [];
  const server = fork(join(import.meta.dirname, 'server.ts'), [String(rows), ...folder]);
  const [port] = (await once(server, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    async tell(what) {
      server.send(what);
      await once(server, 'message');
    },
    stop: () => void server.kill(),
  };
}

/** Logs problems, and hands over how long each data set took, in ms. */
export function logOf(onDataset: (dataset: string, ms: number) => void = () => undefined): Log {
  return {
    debug: (fields) => {
      if (typeof fields['dataset'] === 'string') onDataset(fields['dataset'], Number(fields['ms']));
    },
    info: () => undefined,
    warn: (fields, message) => console.error(message, fields),
    error: (fields, message) => console.error(message, fields),
  };
}

/** The thread that syncs, as the bot starts it. */
export function startSyncThread(partner: LargePartner, databasePath: string, log: Log): SyncThread {
  return createSyncThread(
    {
      baseUrl: partner.url,
      email: 'bench@example.com',
      token: new Secret('bench'),
      databasePath,
      contacts: 'masked',
      channels: undefined,
      slash: '/pulse',
      zone: 'UTC',
    },
    log,
  );
}

/** Pulls everything. Throws what failed. */
export async function pullAll(thread: SyncThread) {
  const question = { developerIds: [DEVELOPER_ID], full: true, clockOffsetMs: 0 };
  const [report] = await thread.sync(question, AbortSignal.timeout(1_800_000));
  if (!report || report.failures.length > 0) throw new Error(JSON.stringify(report?.failures));
  return report;
}

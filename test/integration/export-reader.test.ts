import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/domain/secret.ts';
import type { IncomingRow } from '../../src/store/snapshots.ts';
import { createExportReader } from '../../src/sync/export-reader.ts';
import type { ExportRequest } from '../../src/sync/read-export.ts';
import { databasePath, openStore } from '../support/store-on-disk.ts';
import { json, serve } from '../unit/reporting/loopback.ts';
import { licenseSample } from '../unit/reporting/samples.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const licence = (index: number, changes: object = {}) =>
  licenseSample({ appEntitlementNumber: `E-${index}`, appEntitlementId: `id-${index}`, ...changes });

const REQUEST: ExportRequest = {
  kind: 'licenses',
  developerId: 'space-1',
  exports: [{ parameters: {} }],
  contacts: 'masked',
  at: Date.parse('2026-03-16T06:00:00Z'),
  silent: true,
  isFresh: false,
};

/** A reader in its thread beside a real store, and a server whose export has these rows. */
async function reading(rows: () => unknown, status = 200, asked: string[] = []) {
  const path = await databasePath();
  await openStore(path);
  const server = await serve(({ method, url }, response) => {
    asked.push(`${method} ${url.pathname.split('/').slice(-2).join('/')}`);
    if (method === 'POST') json(response, { export: { id: 'one' } });
    else if (url.pathname.endsWith('/status')) json(response, { export: { id: 'one', status: 'COMPLETED' } });
    else json(response, rows(), status);
  });
  const reader = createExportReader({
    baseUrl: server.url,
    databasePath: path,
    email: 'jane@partner.example',
    token: new Secret('canary'),
  });
  cleanups.push(() => reader.stop());
  return reader;
}

const never = new AbortController().signal;

describe('an export read in a thread', () => {
  it('is told of when it is started, and gone on with when it was started before', async () => {
    const asked: string[] = [];
    const reader = await reading(() => [licence(1)], 200, asked);
    const started: [number, string][] = [];
    const hear = (index: number, id: string) => void started.push([index, id]);
    await reader.read(REQUEST, () => undefined, never, hear);
    expect(started).toEqual([[0, 'one']]);
    asked.length = 0;
    const exports = [{ parameters: {}, exportId: 'one' }];
    await reader.read({ ...REQUEST, exports }, () => undefined, never, hear);
    expect(asked).toEqual(['GET one/status', 'GET export/one']);
    expect(started).toHaveLength(1);
  });

  it('brings all its rows once, whichever thread reads them, with one report', async () => {
    const count = 4_321;
    const rows = Array.from({ length: count }, (_, index) => licence(index, index === 7 ? { tier: 12 } : {}));
    const reader = await reading(() => rows);
    const taken: IncomingRow[] = [];
    const { report, seen } = await reader.read(REQUEST, (some) => taken.push(...some), never);
    expect(taken).toHaveLength(count - 1);
    expect(new Set(taken.map(({ cells }) => cells[6])).size).toBe(count - 1);
    expect(new Set(taken.map(({ fingerprint }) => fingerprint)).size).toBe(count - 1);
    expect(report).toMatchObject({
      rows: count - 1,
      quarantinedRows: 1,
      quarantined: [{ path: 'tier', expected: 'string', count: 1 }],
      requests: 3,
    });
    expect(seen.count).toBe(0);
    // Contacts are masked before they leave the thread.
    expect(JSON.stringify(taken)).not.toContain('test@gmail.com');
    expect(JSON.stringify(taken)).toContain('t***@gmail.com');
  });

  it('can be read again and again by the same thread', async () => {
    const reader = await reading(() => [licence(1)]);
    for (let round = 0; round < 3; round += 1) {
      const taken: IncomingRow[] = [];
      await reader.read(REQUEST, (rows) => taken.push(...rows), never);
      expect(taken).toHaveLength(1);
    }
  });

  it('that is refused says so with its own code', async () => {
    const reader = await reading(() => ({ errors: [{ message: 'no' }] }), 403);
    await expect(reader.read(REQUEST, () => undefined, never)).rejects.toMatchObject({
      code: 'API_FORBIDDEN',
    });
    await expect(reader.read(REQUEST, () => undefined, never)).rejects.toMatchObject({
      code: 'API_FORBIDDEN',
    });
  });

  it('that is no JSON is an error, not fewer rows', async () => {
    const reader = await reading(() => `[${JSON.stringify(licence(1))},{oops}]`);
    await expect(reader.read(REQUEST, () => undefined, never)).rejects.toMatchObject({
      code: 'API_NOT_JSON',
    });
  });

  it('ends with the error of whoever takes its rows', async () => {
    const reader = await reading(() => Array.from({ length: 3_000 }, (_, index) => licence(index)));
    const full = new Error('disk full');
    await expect(
      reader.read(
        REQUEST,
        () => {
          throw full;
        },
        never,
      ),
    ).rejects.toBe(full);
    const taken: IncomingRow[] = [];
    await reader.read(REQUEST, (rows) => taken.push(...rows), never);
    expect(taken).toHaveLength(3_000);
  });

  it('ends with the reason of its signal', async () => {
    const reader = await reading(() => Array.from({ length: 5_000 }, (_, index) => licence(index)));
    const stopping = new AbortController();
    const reason = new Error('stopping');
    const read = reader.read(REQUEST, () => stopping.abort(reason), stopping.signal);
    await expect(read).rejects.toBe(reason);
    await expect(reader.read(REQUEST, () => undefined, stopping.signal)).rejects.toBe(reason);
  });

  it('ends with an error when its thread is stopped, and the next one starts another', async () => {
    const reader = await reading(() => [licence(1)]);
    const read = reader.read(REQUEST, () => undefined, never);
    await reader.stop();
    await expect(read).rejects.toMatchObject({ code: 'THREAD_ENDED' });
    const taken: IncomingRow[] = [];
    await reader.read(REQUEST, (rows) => taken.push(...rows), never);
    expect(taken).toHaveLength(1);
  });
});

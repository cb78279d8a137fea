import SQLite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { createReportingClient } from '../../src/reporting/client.ts';
import type { Load } from '../../src/store/load.ts';
import type { LoadKind } from '../../src/store/record-sync.ts';
import { createExportReader } from '../../src/sync/export-reader.ts';
import type { ExportRequest } from '../../src/sync/read-export.ts';
import { databasePath, openStore } from '../support/store-on-disk.ts';
import { json, serve } from '../unit/reporting/loopback.ts';
import { licenseSample, transactionSample } from '../unit/reporting/samples.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const licence = (index: number, changes: object = {}) =>
  licenseSample({ appEntitlementNumber: `E-${index}`, appEntitlementId: `id-${index}`, ...changes });

const many = (count: number) => Array.from({ length: count }, (_, index) => licence(index));

const REQUEST: ExportRequest = {
  kind: 'licenses',
  developerId: 'space-1',
  exports: [{ parameters: {} }],
  contacts: 'masked',
  at: Date.parse('2026-03-16T06:00:00Z'),
  silent: true,
  isFresh: false,
};

const never = new AbortController().signal;

/** A reader beside a real store, and a server whose exports have these rows. */
async function reading(rows: (kind: LoadKind) => unknown, status = 200, asked: string[] = []) {
  const path = await databasePath();
  const store = await openStore(path);
  const server = await serve(({ method, url }, response) => {
    asked.push(`${method} ${url.pathname.split('/').slice(-2).join('/')}`);
    if (method === 'POST') json(response, { export: { id: 'one' } });
    else if (url.pathname.endsWith('/status')) json(response, { export: { id: 'one', status: 'COMPLETED' } });
    else json(response, rows(url.pathname.includes('/licenses/') ? 'licenses' : 'lines'), status);
  });
  const options = { baseUrl: server.url, email: 'jane@partner.example', token: 'canary' };
  const client = createReportingClient(options);
  const reader = createExportReader(client, { ...options, databasePath: path });
  cleanups.push(async () => {
    await reader.stop();
    await client.close();
  });

  function begin(kind: LoadKind = 'licenses'): Load {
    return store.recorder.beginLoad(kind, { developerId: 'space-1', at: REQUEST.at, isFull: true });
  }

  /** What waits in the table of a load. */
  function waiting(table: 'licenses' | 'transaction_lines' = 'licenses'): Record<string, unknown>[] {
    const db = new SQLite(path, { readonly: true });
    const found = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}_load`).all();
    db.close();
    return found;
  }

  return {
    reader,
    begin,
    waiting,
    /** Begins a load, reads into it, and leaves it there. */
    read: (
      request = REQUEST,
      signal = never,
      onStarted: (index: number, id: string) => void = () => undefined,
    ) => reader.read(request, begin(request.kind).writer, signal, onStarted),
  };
}

describe('an export read in a thread', () => {
  it('is told of when it is started, and gone on with when it was started before', async () => {
    const asked: string[] = [];
    const { begin, reader } = await reading(() => [licence(1)], 200, asked);
    const { writer } = begin();
    const started: [number, string][] = [];
    const hear = (index: number, id: string) => void started.push([index, id]);
    await reader.read(REQUEST, writer, never, hear);
    expect(started).toEqual([[0, 'one']]);
    asked.length = 0;
    const exports = [{ parameters: {}, exportId: 'one' }];
    await reader.read({ ...REQUEST, exports }, writer, never, hear);
    expect(asked).toEqual(['GET one/status', 'GET export/one']);
    expect(started).toHaveLength(1);
  });

  it('brings all its rows once, with its report', async () => {
    const count = 4_321;
    const rows = Array.from({ length: count }, (_, index) => licence(index, index === 7 ? { tier: 12 } : {}));
    const { read, waiting } = await reading(() => rows);
    const { report, seen, written } = await read();
    const stored = waiting();
    expect(stored).toHaveLength(count - 1);
    expect(new Set(stored.map((row) => row['app_entitlement_number'])).size).toBe(count - 1);
    expect(new Set(stored.map((row) => row['fingerprint'])).size).toBe(count - 1);
    expect(written).toMatchObject({ rows: count - 1, apps: [{ appKey: stored[0]?.['app_key'] }] });
    expect(report).toMatchObject({
      rows: count - 1,
      quarantinedRows: 1,
      quarantined: [{ path: 'tier', expected: 'string', count: 1 }],
      requests: 3,
    });
    expect(seen.count).toBe(0);
    // Contacts are masked before they reach the database.
    expect(JSON.stringify(stored)).not.toContain('test@gmail.com');
    expect(JSON.stringify(stored)).toContain('t***@gmail.com');
  });

  it('goes on beside another one, read in the calling thread, and neither loses a row to the other', async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) =>
      transactionSample({ transactionId: `IN-${index}`, transactionLineItemId: `line-${index}` }),
    );
    const { begin, reader, waiting } = await reading((kind) => (kind === 'lines' ? lines : many(3_000)));
    const [first, second] = [begin('licenses'), begin('lines')];
    const [licenses, transactions] = await Promise.all([
      reader.read(REQUEST, first.writer, never),
      reader.read({ ...REQUEST, kind: 'lines' }, second.writer, never),
    ]);
    expect([licenses.written.rows, transactions.written.rows]).toEqual([3_000, 3_000]);
    // The first went through a connection of its thread, the second through the load's own.
    expect([first.writer.written().rows, second.writer.written().rows]).toEqual([0, 3_000]);
    expect(waiting('licenses')).toHaveLength(3_000);
    expect(new Set(waiting('transaction_lines').map((row) => row['line_id'])).size).toBe(3_000);
  });

  it('can be read again and again by the same thread', async () => {
    const { begin, reader, waiting } = await reading(() => [licence(1)]);
    for (let round = 0; round < 3; round += 1) {
      const load = begin();
      await reader.read(REQUEST, load.writer, never);
      expect(waiting()).toHaveLength(1);
      load.discard();
    }
  });

  it('that is refused says so with its own code', async () => {
    const { begin, reader } = await reading(() => ({ errors: [{ message: 'no' }] }), 403);
    const { writer } = begin();
    await expect(reader.read(REQUEST, writer, never)).rejects.toMatchObject({ code: 'API_FORBIDDEN' });
    await expect(reader.read(REQUEST, writer, never)).rejects.toMatchObject({ code: 'API_FORBIDDEN' });
  });

  it('that is no JSON is an error, not fewer rows', async () => {
    const { read } = await reading(() => `[${JSON.stringify(licence(1))},{oops}]`);
    await expect(read()).rejects.toMatchObject({ code: 'API_NOT_JSON' });
  });

  it('fails when its rows cannot be written, and the next one is read', async () => {
    const { begin, reader, waiting } = await reading(() => many(3_000));
    const gone = begin();
    gone.discard();
    await expect(reader.read(REQUEST, gone.writer, never)).rejects.toThrow('licenses_load');
    await reader.read(REQUEST, begin().writer, never);
    expect(waiting()).toHaveLength(3_000);
  });

  it('ends with the reason of its signal', async () => {
    const { begin, reader } = await reading(() => many(5_000));
    const { writer } = begin();
    const stopping = new AbortController();
    const reason = new Error('stopping');
    const read = reader.read(REQUEST, writer, stopping.signal, () => stopping.abort(reason));
    await expect(read).rejects.toBe(reason);
    await expect(reader.read(REQUEST, writer, stopping.signal)).rejects.toBe(reason);
  });

  it('ends with an error when its thread is stopped, and the next one starts another', async () => {
    const { begin, reader, waiting } = await reading(() => [licence(1)]);
    const { writer } = begin();
    const read = reader.read(REQUEST, writer, never);
    await reader.stop();
    await expect(read).rejects.toMatchObject({ code: 'THREAD_ENDED' });
    await reader.read(REQUEST, writer, never);
    expect(waiting()).toHaveLength(1);
  });
});

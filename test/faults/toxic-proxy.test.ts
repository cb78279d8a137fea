import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReportingApi, type ReportingApiSimulator } from '../../demo/reporting-api.ts';
import { MARKETPLACE } from '../../demo/stage.ts';
import { createReportingClient } from '../../src/reporting/client.ts';
import { transactionsExport } from '../../src/reporting/endpoints/transactions-export.ts';
import { createSmallWorld } from './small-world.ts';
import { createToxicProxy, type Toxic, type ToxicProxy, TOXICS } from './toxic-proxy.ts';

const small = createSmallWorld({ seed: 7, today: '2026-11-24' });
let api: ReportingApiSimulator;
let proxy: ToxicProxy;

beforeEach(async () => {
  api = await createReportingApi({ world: small.world, ...MARKETPLACE, exportPolls: 0 });
  proxy = await createToxicProxy(Number(new URL(api.url).port));
});

afterEach(async () => {
  await proxy.close();
  await api.close();
});

/** How many rows an export brings through the proxy, or the code of its error. */
async function pull(): Promise<number | string> {
  const client = createReportingClient({
    baseUrl: `http://127.0.0.1:${proxy.port}/marketplace`,
    ...MARKETPLACE,
    token: { reveal: () => MARKETPLACE.token },
    wait: async () => undefined,
    deadlines: { connectMs: 500, headersMs: 400, requestMs: 800, downloadMs: 800, exportMs: 2000 },
  });
  try {
    let rows = 0;
    for await (const _ of client.pull(transactionsExport, { developerId: MARKETPLACE.developerId }))
      rows += 1;
    return rows;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.close();
  }
}

/** Each kind of trouble, mild and hard, both ways. */
const TROUBLE: readonly Toxic[] = [
  { kind: 'latency', ms: 20, jitterMs: 40 },
  { kind: 'latency', ms: 1500 },
  { kind: 'bandwidth', bytesPerSecond: 200_000 },
  { kind: 'bandwidth', bytesPerSecond: 100 },
  { kind: 'slow-close', ms: 100 },
  { kind: 'timeout', ms: 100 },
  { kind: 'timeout', ms: 60_000 },
  { kind: 'reset-peer', ms: 0 },
  { kind: 'reset-peer', ms: 20 },
  { kind: 'slicer', bytes: 100, ms: 0 },
  { kind: 'slicer', bytes: 1, ms: 2 },
  { kind: 'limit-data', bytes: 10 },
  { kind: 'limit-data', bytes: 600 },
  { kind: 'limit-data', bytes: 2000 },
  { kind: 'limit-data', bytes: 100, toServer: true },
  { kind: 'latency', ms: 20, toServer: true },
  { kind: 'down' },
];

describe('an export through', () => {
  it('nothing in between is whole', async () => {
    expect(await pull()).toBe(small.lineCount());
  });

  it('has every kind of trouble tried on it', () => {
    expect(new Set(TROUBLE.map(({ kind }) => kind))).toEqual(new Set(TOXICS));
  });

  it.each(TROUBLE)('%j is whole or an error, in time', async (toxic) => {
    proxy.set(toxic);
    const startedAt = performance.now();
    expect([small.lineCount(), 'API_UNAVAILABLE', 'API_TRUNCATED']).toContain(await pull());
    // Five tries of the start and the download, each within its deadline, on a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    expect(proxy.hits).toBeGreaterThan(0);
    proxy.set(undefined);
    expect(await pull()).toBe(small.lineCount());
  });
});

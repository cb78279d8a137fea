import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDigestThread } from '../../src/digest-thread.ts';
import type { BuildDigest } from '../../src/digests/build-digest.ts';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { dayOf } from '../../src/domain/day.ts';
import type { ThreadedMessage } from '../../src/domain/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { createDigestBuilder, prepareDigest, prepareDigests } from '../../src/schedule/prepare-digests.ts';
import type { Store } from '../../src/store/store.ts';
import { aLicense } from '../support/rows.ts';
import { databasePath, openStore, recordRows } from '../support/store-on-disk.ts';
import { aTrace } from '../support/traces.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const MINUTE = 60_000;
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: '2026-03-08',
  now: NOW,
  today: dayOf(NOW),
};

const threads: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.stop();
});

async function recordLicenses(store: Store, rows: number, at = NOW - MINUTE): Promise<void> {
  const licenses = Array.from({ length: rows }, (_, index) =>
    aLicense({ aliases: { appEntitlementNumber: `E-${index}` } }),
  );
  await recordRows(store, { kind: 'licenses', rows: licenses }, { at });
}

function aMessage(text: string): ThreadedMessage {
  return { text, blocks: [], thread: [] };
}

function elsewhere() {
  return vi.fn<BuildDigest>(async () => ({
    message: aMessage('Built elsewhere.'),
    knownAt: NOW,
    trace: aTrace(),
  }));
}

describe('a store small enough to be added up while somebody waits', () => {
  it('builds every digest there and then', async () => {
    const store = await openStore();
    await recordLicenses(store, 3);
    await store.prepared.record(
      { developerId: 'dev-1', digest: 'churn', appKey: null, asked: 'anything' },
      { message: aMessage('Old.'), knownAt: NOW, trace: aTrace() },
    );
    const build = elsewhere();
    const { message } = await createDigestBuilder(store, build)('churn', REQUEST);
    expect(message.text).toContain('8–14 Mar');
    expect(build).not.toHaveBeenCalled();
  });

  it('prepares nothing', async () => {
    const store = await openStore();
    await recordLicenses(store, 3);
    const build = elsewhere();
    await prepareDigests(store, build, 'dev-1', NOW);
    expect(build).not.toHaveBeenCalled();
  });

  it('knows the name of every digest', async () => {
    const store = await openStore();
    await expect(createDigestBuilder(store)('nonsense', REQUEST)).rejects.toMatchObject({
      code: 'DIGEST_UNKNOWN',
    });
  });
});

describe('a large store', () => {
  let path: string;
  let store: Store;

  async function openLarge(): Promise<void> {
    path = await databasePath();
    store = await openStore(path);
    await recordLicenses(store, 20_001);
  }

  it('gives what was prepared after the newest sync, and has everything else built elsewhere', async () => {
    await openLarge();
    const prepared = await prepareDigest(store, 'churn', REQUEST);
    const build = elsewhere();
    const builder = createDigestBuilder(store, build);

    expect(await builder('churn', REQUEST)).toStrictEqual(prepared);
    expect(await builder('churn', { ...REQUEST, now: NOW + MINUTE })).toStrictEqual(prepared);
    expect(build).not.toHaveBeenCalled();

    const others: [string, DigestRequest][] = [
      ['churn', { ...REQUEST, week: '2026-03-01' }],
      ['churn', { ...REQUEST, today: '2026-03-18' }],
      ['churn', { ...REQUEST, lastSpokeAt: NOW - 5 * MINUTE }],
      ['churn', { ...REQUEST, chartWeeks: 8 }],
      ['churn', { ...REQUEST, space: 'dev-1' }],
      ['churn', { ...REQUEST, isAsked: true }],
      ['churn', { ...REQUEST, developerId: 'dev-2' }],
      ['churn', { ...REQUEST, app: { appKey: 'app-1', name: 'App 1' } }],
      ['new-sales', REQUEST],
    ];
    for (const [digest, request] of others) {
      expect(await builder(digest, request)).toMatchObject({ message: { text: 'Built elsewhere.' } });
    }
    expect(build).toHaveBeenCalledTimes(others.length);

    await recordLicenses(store, 1, NOW + MINUTE);
    expect(await builder('churn', REQUEST)).toMatchObject({ message: { text: 'Built elsewhere.' } });
  });

  it('prepares what is subscribed to, for the newest week', async () => {
    await openLarge();
    const scope = { developerId: 'dev-1', channel: 'C1', cron: '0 9 * * 1', zone: 'UTC', appKey: null };
    await store.subscriptions.put({ ...scope, digest: 'churn' }, 'U1', NOW);
    await store.subscriptions.put({ ...scope, digest: 'conversion', appKey: 'app-1' }, 'U1', NOW);
    await store.subscriptions.put({ ...scope, digest: 'renewal', developerId: 'dev-2' }, 'U1', NOW);
    const paused = await store.subscriptions.put({ ...scope, digest: 'new-sales' }, 'U1', NOW);
    await store.subscriptions.setState(paused.id, 'paused', NOW);
    const build = elsewhere();
    await prepareDigests(store, build, 'dev-1', NOW);
    expect(build.mock.calls).toStrictEqual([
      ['churn', { ...REQUEST, isAsked: true }],
      ['conversion', { ...REQUEST, isAsked: true, app: { appKey: 'app-1', name: 'App 1' } }],
    ]);
  });

  it('is added up by a thread, one digest at a time, with the same words, and keeps them', async () => {
    await openLarge();
    const thread = createDigestThread(path);
    threads.push(thread);
    const builder = createDigestBuilder(store, thread.build);
    const [churn, sales, unknown] = await Promise.allSettled([
      builder('churn', REQUEST),
      builder('new-sales', REQUEST),
      builder('nonsense', REQUEST),
    ]);
    expect(unknown).toMatchObject({ status: 'rejected', reason: { code: 'DIGEST_UNKNOWN' } });
    const build = elsewhere();
    for (const [digest, built] of [
      ['churn', churn],
      ['new-sales', sales],
    ] as const) {
      const kept = await createDigestBuilder(store, build)(digest, REQUEST);
      expect(built).toMatchObject({ status: 'fulfilled', value: kept });
      expect(plainText(kept.message)).toContain('8–14 Mar');
    }
    expect(build).not.toHaveBeenCalled();
  });
});

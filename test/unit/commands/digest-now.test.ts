import { describe, expect, it, vi } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { answerTo, asked, NOW } from './asking.ts';

async function openSynced(): Promise<Store> {
  const store = await openStore();
  await recordRows(store, { kind: 'licenses', rows: [aLicense()] }, { at: NOW - 60_000 });
  await recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: NOW - 60_000 });
  return store;
}

async function subscribe(store: Store, channel: string): Promise<void> {
  await store.subscriptions.put(
    { developerId: 'dev-1', channel, digest: 'churn', appKey: null, cron: '0 9 * * 2', zone: 'UTC' },
    'U1',
    NOW,
  );
}

describe('preview', () => {
  it('shows a digest to who asks, and posts nothing', async () => {
    const store = await openSynced();
    const { text } = await answerTo(store, 'preview churn');
    expect(text).toBe((await answerTo(store, 'churn')).text);
    expect(await store.outbox.readCounts()).toMatchObject({ pending: 0 });
  });

  it.each(['preview', 'preview nonsense'])('says what it takes: %s', async (typed) => {
    expect(await asked(await openSynced(), typed)).toContain('/pulse preview churn');
  });
});

describe('digest', () => {
  it('without now is for who asks alone', async () => {
    const store = await openSynced();
    const post = vi.fn(async () => 'posted' as const);
    expect((await answerTo(store, 'digest churn', { post })).text).toContain('Churn 8–14 Mar');
    expect(post).not.toHaveBeenCalled();
    expect(await store.outbox.readCounts()).toMatchObject({ pending: 0 });
  });

  it('now comes as its subscription here would, once for one click', async () => {
    const store = await openSynced();
    await subscribe(store, 'C1');
    expect(await asked(store, 'digest churn now')).toContain('<#C1>');
    const { pending } = await store.outbox.readCounts();
    expect(pending).toBeGreaterThan(0);
    await answerTo(store, 'digest churn now');
    expect(await store.outbox.readCounts()).toMatchObject({ pending });
  });

  it.each(['digest churn now', 'digest now churns', 'now digest churn'])(
    'now is shared where nobody subscribed: %s',
    async (typed) => {
      const store = await openSynced();
      await subscribe(store, 'C2');
      const post = vi.fn(async () => 'posted' as const);
      expect(await asked(store, typed, { post })).toContain('posted in this channel for all');
      expect(post).toHaveBeenCalledWith(
        expect.objectContaining({ text: expect.stringContaining('Churn 8–14 Mar') }),
      );
      expect(await store.outbox.readCounts()).toMatchObject({ pending: 0 });
    },
  );

  it('now is not posted where nothing may be', async () => {
    const store = await openSynced();
    const text = await asked(store, 'digest churn now');
    expect(text).not.toContain('Churn 8–14 Mar');
    expect(await store.outbox.readCounts()).toMatchObject({ pending: 0 });
  });

  it.each(['digest', 'digest now', 'digest nonsense now'])('says what it takes: %s', async (typed) => {
    expect(await asked(await openSynced(), typed)).toContain('/pulse digest churn now');
  });
});

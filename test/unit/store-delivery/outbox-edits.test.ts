import { describe, expect, it } from 'vitest';
import type { OutboxEntry } from '../../../src/store/outbox.ts';
import { createOutbox } from '../../../src/store/outbox.ts';
import { entryOf, newDatabasePath, openDeliveryStore } from '../../support/delivery-store.ts';

const NOW = Date.parse('2026-03-10T09:00:00Z');
const LEASE = 45_000;

function setUp(path = newDatabasePath()) {
  const db = openDeliveryStore(path);
  const outbox = createOutbox(db);
  const take = async (now = NOW) => {
    const claim = await outbox.claim('C1', now, LEASE);
    if (!claim) throw new Error('nothing to claim');
    return claim;
  };
  const sent = async (ts: string) => outbox.settle(await take(), { to: 'sent', ts }, NOW);
  return { db, outbox, take, sent };
}

function edit(number: number, text: string): OutboxEntry {
  const message = { text, blocks: [] };
  return { ...entryOf({ key: `a/edit/${number}`, kind: 'reply', parentKey: 'a', message }), act: 'edit' };
}

describe('an edit', () => {
  it('of a message that was posted names the message it changes, and is no reply', async () => {
    const { outbox, sent, take } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    await sent('1.1');
    await outbox.enqueue([edit(1, 'new words')], NOW);
    const claim = await take();
    expect(claim).toMatchObject({ key: 'a/edit/1', step: 'post', editTs: '1.1', isBroadcast: false });
    expect(claim.threadTs).toBeUndefined();
    expect(claim.message.text).toBe('new words');
  });

  it('of a message that is not out yet takes its place', async () => {
    const { outbox, take } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    expect(await outbox.enqueue([edit(1, 'new words')], NOW)).toEqual({ added: 0, known: 1 });
    expect((await take()).message.text).toBe('new words');
    expect(await outbox.readCounts()).toMatchObject({ pending: 0, sending: 1 });
  });

  it('of a message that may be out waits until its end is known', async () => {
    const { outbox, take } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    const post = await take();
    await outbox.enqueue([edit(1, 'new words')], NOW);
    expect(await outbox.claim('C1', NOW, LEASE)).toBeUndefined();
    await outbox.settle(post, { to: 'sent', ts: '1.1' }, NOW);
    expect(await take()).toMatchObject({ key: 'a/edit/1', editTs: '1.1' });
  });

  it('replaces an earlier one that still waits, whatever number it has', async () => {
    const { outbox, sent, take } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    await sent('1.1');
    await outbox.enqueue([edit(1, 'first'), edit(2, 'second')], NOW);
    const first = await take();
    expect([first.key, first.message.text]).toEqual(['a/edit/1', 'second']);
    await outbox.enqueue([edit(3, 'third')], NOW);
    await outbox.settle(first, { to: 'sent', ts: '1.1' }, NOW);
    expect((await take()).message.text).toBe('third');
  });

  it('whose sender died is made again, without looking for it', async () => {
    const path = newDatabasePath();
    const { outbox, sent, take } = setUp(path);
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    await sent('1.1');
    await outbox.enqueue([edit(1, 'new words')], NOW);
    await take();
    const next = setUp(path);
    expect(await next.outbox.claim('C1', NOW + LEASE - 1, LEASE)).toBeUndefined();
    expect(await next.take(NOW + LEASE)).toMatchObject({ step: 'post', attempts: 2, editTs: '1.1' });
  });

  it('of a message that was given up is given up as well', async () => {
    const { outbox, take } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    const post = await take();
    await outbox.enqueue([edit(1, 'new words')], NOW);
    await outbox.settle(post, { to: 'refused', reason: 'no_text' }, NOW);
    expect((await outbox.expire(NOW)).map(({ key }) => key)).toEqual(['a/edit/1']);
  });
});

it('a reply may be shown in the channel as well', async () => {
  const { outbox, sent, take } = setUp();
  const reply = {
    ...entryOf({ key: 'a/thread/1', kind: 'reply', parentKey: 'a' }),
    act: 'broadcast',
  } as const;
  await outbox.enqueue([entryOf({ key: 'a' }), reply], NOW);
  await sent('1.1');
  expect(await take()).toMatchObject({ threadTs: '1.1', isBroadcast: true });
});

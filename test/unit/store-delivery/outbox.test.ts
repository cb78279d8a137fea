import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src/store/outbox-steps.ts';
import { nameUuid } from '../../../src/store/delivery-id.ts';
import { createOutbox, enqueueWithin, toEntries } from '../../../src/store/outbox.ts';
import { entryOf, newDatabasePath, openDeliveryStore } from '../../support/delivery-store.ts';

const NOW = Date.parse('2026-03-10T09:00:00Z');
const DAY = 86_400_000;
const LEASE = 45_000;

function setUp(path?: string) {
  const db = openDeliveryStore(path);
  return { db, outbox: createOutbox(db) };
}

async function claimed(outbox: ReturnType<typeof createOutbox>, channel = 'C1', now = NOW): Promise<Claim> {
  const claim = await outbox.claim(channel, now, LEASE);
  if (!claim) throw new Error('nothing to claim');
  return claim;
}

const PLACE = {
  code: 'not_in_channel',
  reason: 'The bot is not in it.',
  fix: 'Invite it.',
  nextProbeAt: NOW + 3_600_000,
};

describe('enqueueing', () => {
  it('says how many messages are new and ignores keys that are known, whatever their state', async () => {
    const { outbox } = setUp();
    expect(await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW)).toEqual({
      added: 2,
      known: 0,
    });
    await outbox.settle(await claimed(outbox), { to: 'sent', ts: '1.1' }, NOW);
    const again = [entryOf({ key: 'a' }), entryOf({ key: 'c' }), entryOf({ key: 'c' })];
    expect(await outbox.enqueue(again, NOW)).toEqual({ added: 1, known: 2 });
    expect(await outbox.readRow('a')).toMatchObject({ state: 'sent', ts: '1.1' });
  });

  it('takes part in the transaction it is called in', () => {
    const { db } = setUp();
    const failing = db.transaction(() => {
      expect(enqueueWithin(db, [entryOf({ key: 'a' })], NOW)).toBe(1);
      throw new Error('the fact could not be recorded');
    });
    expect(failing).toThrow('could not be recorded');
    expect(db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
  });

  it('refuses a reply to a message it does not know', async () => {
    const { outbox } = setUp();
    const reply = entryOf({ key: 'a/thread/1', kind: 'reply', parentKey: 'a' });
    await expect(outbox.enqueue([reply], NOW)).rejects.toThrow(/FOREIGN KEY/);
  });

  it('records silent messages as said, without their words, and never gives them out', async () => {
    const { db, outbox } = setUp();
    const entry = entryOf({ key: 'old', silent: true });
    await outbox.enqueue([entry], NOW);
    expect(await outbox.readRow('old')).toMatchObject({ state: 'baseline' });
    expect(db.prepare('SELECT body FROM outbox').pluck().get()).toBeNull();
    expect(await outbox.readOpenChannels()).toEqual([]);
    expect(await outbox.enqueue([entryOf({ key: 'old' })], NOW)).toEqual({ added: 0, known: 1 });
  });

  it('gives a message the same id in every installation, and each message its own', async () => {
    const ids = [];
    for (const { db, outbox } of [setUp(), setUp()]) {
      await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW);
      ids.push(db.prepare<[], string>('SELECT uuid FROM outbox ORDER BY id').pluck().all());
    }
    const [[first, second] = [], elsewhere] = ids;
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second).not.toBe(first);
    expect(elsewhere).toEqual([first, second]);
  });

  it('derives the id as RFC 9562 says', () => {
    // The namespace of domain names and the example of the RFC's appendix A.4.
    const ofDomains = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    expect(nameUuid(ofDomains, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('puts a thread behind its message', () => {
    const message = {
      text: 'head',
      blocks: [],
      thread: [
        { text: 'one', blocks: [] },
        { text: 'two', blocks: [] },
      ],
    };
    const entries = toEntries({ key: 'd', kind: 'digest', channel: 'C1', notAfterAt: NOW }, message);
    expect(entries.map(({ key, kind, parentKey }) => [key, kind, parentKey])).toEqual([
      ['d', 'digest', undefined],
      ['d/thread/1', 'reply', 'd'],
      ['d/thread/2', 'reply', 'd'],
    ]);
    expect(entries.map(({ message: { text } }) => text)).toEqual(['head', 'one', 'two']);
  });
});

describe('claiming', () => {
  it('gives out the messages of a channel one at a time and in order', async () => {
    const { outbox } = setUp();
    await outbox.enqueue(
      [entryOf({ key: 'a' }), entryOf({ key: 'b' }), entryOf({ key: 'x', channel: 'C2' })],
      NOW,
    );
    const first = await claimed(outbox);
    expect(first).toMatchObject({ key: 'a', step: 'post', attempts: 1, message: { text: 'text of a' } });
    expect(await outbox.claim('C1', NOW, LEASE)).toBeUndefined();
    expect(await claimed(outbox, 'C2')).toMatchObject({ key: 'x' });
    await outbox.settle(first, { to: 'sent', ts: '1.1' }, NOW);
    expect(await claimed(outbox)).toMatchObject({ key: 'b' });
  });

  it('keeps later messages back while an earlier one waits', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW);
    await outbox.settle(
      await claimed(outbox),
      { to: 'pending', nextAt: NOW + 5000, reason: 'ratelimited' },
      NOW,
    );
    expect(await outbox.claim('C1', NOW + 4999, LEASE)).toBeUndefined();
    expect(await claimed(outbox, 'C1', NOW + 5000)).toMatchObject({ key: 'a', attempts: 2 });
  });

  it('gives replies out after their message, with its timestamp', async () => {
    const { outbox } = setUp();
    const reply = entryOf({ key: 'a/thread/1', kind: 'reply', parentKey: 'a' });
    await outbox.enqueue([entryOf({ key: 'a' }), reply], NOW);
    const parent = await claimed(outbox);
    expect(parent.threadTs).toBeUndefined();
    await outbox.settle(parent, { to: 'sent', ts: '17.5' }, NOW);
    expect(await claimed(outbox)).toMatchObject({ key: 'a/thread/1', threadTs: '17.5' });
  });

  it('hands a message whose sender went silent to the next one, to be reconciled first', async () => {
    const path = newDatabasePath();
    const [{ outbox: dead }, { outbox: next }] = [setUp(path), setUp(path)];
    await dead.enqueue([entryOf({ key: 'a' })], NOW);
    const lost = await claimed(dead);
    expect(await next.claim('C1', NOW + LEASE - 1, LEASE)).toBeUndefined();
    const taken = await claimed(next, 'C1', NOW + LEASE);
    expect(taken).toMatchObject({ key: 'a', step: 'reconcile', attempts: 1, checks: 1, firstTryAt: NOW });
    expect(await dead.settle(lost, { to: 'sent', ts: '1.1' }, NOW + LEASE)).toBe(false);
    expect(await next.settle(taken, { to: 'sent', ts: '2.2' }, NOW + LEASE)).toBe(true);
    expect(await dead.readRow('a')).toMatchObject({ state: 'sent', ts: '2.2' });
  });

  it('is won by one of two senders', async () => {
    const path = newDatabasePath();
    const [{ outbox: one }, { outbox: two }] = [setUp(path), setUp(path)];
    await one.enqueue([entryOf({ key: 'a' })], NOW);
    const claims = await Promise.all([one.claim('C1', NOW, LEASE), two.claim('C1', NOW, LEASE)]);
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('does not wait for an instant that only a clock set back made distant', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW + 30 * DAY);
    expect(await claimed(outbox)).toMatchObject({ key: 'a' });
  });

  it('finds the head of a channel by its index', () => {
    const { db } = setUp();
    const plan = db
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT * FROM outbox WHERE outbox.channel = 'C1' AND outbox.state IN ('pending', 'sending', 'parked') ORDER BY outbox.id LIMIT 1",
      )
      .all();
    expect(plan.map(({ detail }) => detail).join()).toMatch(/USING INDEX outbox_open/);
  });
});

describe('settling', () => {
  it('works once per claim', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    const claim = await claimed(outbox);
    expect(await outbox.settle(claim, { to: 'sent', ts: '1.1' }, NOW)).toBe(true);
    expect(await outbox.settle(claim, { to: 'refused', reason: 'late' }, NOW)).toBe(false);
    expect(await outbox.park(claim, PLACE, NOW)).toBe('lost');
  });

  it('in doubt keeps the message as sending until it is read back', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    await outbox.settle(
      await claimed(outbox),
      { to: 'sending', nextAt: NOW + 5000, reason: 'http_500' },
      NOW,
    );
    expect(await outbox.readRow('a')).toMatchObject({ state: 'sending', reason: 'http_500' });
    expect(await outbox.claim('C1', NOW + 4999, LEASE)).toBeUndefined();
    expect(await claimed(outbox, 'C1', NOW + 5000)).toMatchObject({ step: 'reconcile', attempts: 1 });
  });

  it('counts what may have been said twice', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    const again = {
      to: 'pending',
      nextAt: NOW,
      reason: 'it may have arrived',
      possibleDuplicate: true,
    } as const;
    await outbox.settle(await claimed(outbox), again, NOW);
    await outbox.settle(await claimed(outbox), again, NOW);
    expect(await outbox.readCounts()).toMatchObject({ possibleDuplicates: 2, pending: 1, oldestOpenAt: NOW });
  });
});

describe('doubting what waits', () => {
  it('has every message read back before it is posted, in order, edits excepted', async () => {
    const { outbox } = setUp();
    const edit = entryOf({ key: 'a/edit/1', kind: 'reply', parentKey: 'a', act: 'edit' });
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW);
    const posting = await claimed(outbox);
    await outbox.settle(posting, { to: 'sent', ts: '1.1' }, NOW);
    await outbox.enqueue([edit, entryOf({ key: 'c' })], NOW);
    await outbox.doubtWaiting(NOW, NOW);
    const b = await claimed(outbox);
    expect(b).toMatchObject({ key: 'b', step: 'reconcile', attempts: 0, checks: 1, firstTryAt: NOW });
    await outbox.settle(b, { to: 'pending', nextAt: NOW, reason: 'it did not arrive' }, NOW);
    const again = await claimed(outbox);
    expect(again).toMatchObject({ key: 'b', step: 'post', attempts: 1 });
    await outbox.settle(again, { to: 'sent', ts: '2.2' }, NOW);
    const edited = await claimed(outbox);
    expect(edited).toMatchObject({ key: 'a/edit/1', step: 'post', editTs: '1.1' });
    await outbox.settle(edited, { to: 'sent', ts: '1.1' }, NOW);
    expect(await claimed(outbox)).toMatchObject({ key: 'c', step: 'reconcile' });
  });

  it('leaves alone what is being posted, what is settled and what waits for a parked channel', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'p', channel: 'C2' })], NOW);
    await outbox.park(await claimed(outbox, 'C2'), PLACE, NOW);
    const posting = await claimed(outbox);
    await outbox.doubtWaiting(NOW, NOW);
    expect(await outbox.claim('C1', NOW, LEASE)).toBeUndefined();
    expect(await outbox.settle(posting, { to: 'sent', ts: '1.1' }, NOW)).toBe(true);
    expect(await outbox.readCounts()).toMatchObject({ parked: 1, sent: 1, sending: 0 });
  });

  it('keeps nothing from being given up: what is too late, and the replies of what was refused', async () => {
    const { outbox } = setUp();
    const reply = entryOf({ key: 'a/thread/1', kind: 'reply', parentKey: 'a' });
    const late = entryOf({ key: 'late', channel: 'C2', notAfterAt: NOW + 1000 });
    await outbox.enqueue([entryOf({ key: 'a' }), reply, late], NOW);
    await outbox.doubtWaiting(NOW, NOW);
    const absent = { to: 'pending', nextAt: NOW, reason: 'it did not arrive' } as const;
    await outbox.settle(await claimed(outbox), absent, NOW);
    await outbox.settle(await claimed(outbox), { to: 'refused', reason: 'no_text' }, NOW);
    expect((await outbox.expire(NOW + 1001)).map(({ key }) => key).sort()).toEqual(['a/thread/1', 'late']);
    expect(await outbox.readOpenChannels()).toEqual([]);
  });
});

describe('a parked channel', () => {
  it('keeps everything that waits for it, is listed with the fix, and is told apart from a probe', async () => {
    const { outbox } = setUp();
    await outbox.enqueue(
      [entryOf({ key: 'a' }), entryOf({ key: 'b' }), entryOf({ key: 'x', channel: 'C2' })],
      NOW,
    );
    expect(await outbox.park(await claimed(outbox), PLACE, NOW)).toBe('parked');
    await outbox.enqueue([entryOf({ key: 'c' })], NOW);
    expect(await outbox.readCounts()).toMatchObject({ parked: 3, pending: 1 });
    expect(await outbox.readParkedChannels()).toEqual([
      { channel: 'C1', sinceAt: NOW, waiting: 3, ...PLACE },
    ]);
    expect(await outbox.claim('C1', PLACE.nextProbeAt - 1, LEASE)).toBeUndefined();
    const probe = await claimed(outbox, 'C1', PLACE.nextProbeAt);
    expect(probe).toMatchObject({ key: 'a', step: 'post' });
    const later = { ...PLACE, nextProbeAt: PLACE.nextProbeAt + 3_600_000 };
    expect(await outbox.park(probe, later, PLACE.nextProbeAt)).toBe('still-parked');
    expect(await outbox.readParkedChannels()).toMatchObject([
      { sinceAt: NOW, nextProbeAt: later.nextProbeAt },
    ]);
  });

  it('goes on in order once a probe gets through', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW);
    await outbox.park(await claimed(outbox), PLACE, NOW);
    const probe = await claimed(outbox, 'C1', PLACE.nextProbeAt);
    await outbox.settle(probe, { to: 'sent', ts: '1.1' }, PLACE.nextProbeAt);
    expect(await outbox.readParkedChannels()).toEqual([]);
    expect(await claimed(outbox, 'C1', PLACE.nextProbeAt)).toMatchObject({ key: 'b' });
  });

  it('stays parked when a probe ends otherwise, and waits as long as that asks for', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    await outbox.park(await claimed(outbox), PLACE, NOW);
    const at = PLACE.nextProbeAt;
    await outbox.settle(
      await claimed(outbox, 'C1', at),
      { to: 'pending', nextAt: at + 9000, reason: 'ratelimited' },
      at,
    );
    expect(await outbox.readCounts()).toMatchObject({ parked: 1 });
    expect(await outbox.claim('C1', at + 8999, LEASE)).toBeUndefined();
    expect(await claimed(outbox, 'C1', at + 9000)).toMatchObject({ key: 'a' });
  });

  it('is told among those that got a message only once one got through', async () => {
    const { outbox } = setUp();
    await outbox.enqueue(
      ['C1', 'C2', 'C3'].map((channel) => entryOf({ key: channel, channel })),
      NOW,
    );
    await outbox.park(await claimed(outbox, 'C1'), PLACE, NOW);
    await outbox.settle(await claimed(outbox, 'C2'), { to: 'sent', ts: '1.1' }, NOW + 1);
    await outbox.settle(await claimed(outbox, 'C3'), { to: 'sent', ts: '1.1' }, NOW + 2);
    expect(await outbox.readPostedChannels(NOW, 10)).toEqual(['C3', 'C2']);
    expect(await outbox.readPostedChannels(NOW, 1)).toEqual(['C3']);
    expect(await outbox.readPostedChannels(NOW + 1, 10)).toEqual(['C3']);
  });

  it('can be released by hand', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW);
    await outbox.park(await claimed(outbox), PLACE, NOW);
    expect(await outbox.unpark('C1', NOW)).toBe(2);
    expect(await claimed(outbox)).toMatchObject({ key: 'a' });
    expect(await outbox.unpark('C9', NOW)).toBe(0);
  });
});

describe('expiry', () => {
  it('gives up what is too late, with its replies, and nothing else', async () => {
    const { outbox } = setUp();
    const reply = entryOf({ key: 'd/thread/1', kind: 'reply', parentKey: 'd' });
    const digest = entryOf({ key: 'd', kind: 'digest', notAfterAt: NOW + 1000 });
    await outbox.enqueue([digest, reply, entryOf({ key: 'a' })], NOW);
    expect(await outbox.expire(NOW + 1000)).toEqual([]);
    expect((await outbox.expire(NOW + 1001)).map(({ key }) => key)).toEqual(['d', 'd/thread/1']);
    expect(await claimed(outbox, 'C1', NOW + 1001)).toMatchObject({ key: 'a' });
    expect((await outbox.readTroubles(NOW)).map(({ key, state }) => [key, state])).toEqual([
      ['d/thread/1', 'expired'],
      ['d', 'expired'],
    ]);
  });

  it('comes after seven days unless the message says otherwise', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' })], NOW);
    expect(await outbox.expire(NOW + 7 * DAY)).toEqual([]);
    expect(await outbox.expire(NOW + 7 * DAY + 1)).toHaveLength(1);
  });

  it('waits for a message in doubt: it may have arrived', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'd', notAfterAt: NOW + 1000 })], NOW);
    await outbox.settle(
      await claimed(outbox),
      { to: 'sending', nextAt: NOW + 5000, reason: 'http_500' },
      NOW,
    );
    expect(await outbox.expire(NOW + 5000)).toEqual([]);
    expect(await claimed(outbox, 'C1', NOW + 5000)).toMatchObject({ step: 'reconcile' });
  });

  it('takes the replies of a refused message along', async () => {
    const { outbox } = setUp();
    const reply = entryOf({ key: 'a/thread/1', kind: 'reply', parentKey: 'a' });
    await outbox.enqueue([entryOf({ key: 'a' }), reply], NOW);
    await outbox.settle(await claimed(outbox), { to: 'refused', reason: 'no_text' }, NOW);
    expect(await outbox.claim('C1', NOW, LEASE)).toBeUndefined();
    expect((await outbox.expire(NOW)).map(({ key }) => key)).toEqual(['a/thread/1']);
  });
});

describe('afterwards', () => {
  it('a refused or expired message can be tried again, a sent one cannot', async () => {
    const { outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW);
    await outbox.settle(await claimed(outbox), { to: 'refused', reason: 'invalid_blocks' }, NOW);
    await outbox.settle(await claimed(outbox), { to: 'sent', ts: '1.1' }, NOW);
    expect(await outbox.requeue('a', NOW + 8 * DAY)).toBe(true);
    expect(await outbox.requeue('b', NOW)).toBe(false);
    expect(await outbox.expire(NOW + 8 * DAY)).toEqual([]);
    expect(await claimed(outbox, 'C1', NOW + 8 * DAY)).toMatchObject({ key: 'a', degraded: 0 });
  });

  it('the words of settled messages are dropped, their keys stay', async () => {
    const { db, outbox } = setUp();
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], NOW);
    await outbox.settle(await claimed(outbox), { to: 'sent', ts: '1.1' }, NOW);
    expect(await outbox.dropBodies(NOW)).toBe(0);
    expect(await outbox.dropBodies(NOW + 1)).toBe(1);
    expect(db.prepare('SELECT key FROM outbox WHERE body IS NOT NULL').pluck().all()).toEqual(['b']);
    expect(await outbox.enqueue([entryOf({ key: 'a' })], NOW)).toEqual({ added: 0, known: 1 });
  });
});

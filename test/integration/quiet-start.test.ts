import { beforeEach, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/day.ts';
import { planQuietStart, QUIET_MS } from '../../src/slack/quiet-start.ts';
import { createMeta } from '../../src/store/meta.ts';
import type { OutboxEntry } from '../../src/store/outbox.ts';
import { QUIET_START, replaceStore } from '../../src/store/restore.ts';
import { backUp } from '../../src/store/backup.ts';
import { entryOf, newDatabasePath } from '../support/delivery-store.ts';
import { deliverAll, type Sender, startSender, startSlack, until } from '../support/delivering.ts';
import { createVirtualTime, type VirtualTime } from '../support/virtual-time.ts';

const MINUTE = 60_000;

/** When licences and transactions were last read; the first import is long over, unless a test says otherwise. */
let readAt: Instant | undefined;

beforeEach(() => {
  readAt = 0;
});

function optionsOf({ db, outbox }: Pick<Sender, 'db' | 'outbox'>, { clock }: VirtualTime) {
  const read = { readAsOf: async () => readAt };
  return { store: { meta: createMeta(db), outbox, read }, developerIds: ['dev-1'], clock };
}

function planOf(sender: Pick<Sender, 'db' | 'outbox'>, time: VirtualTime, mayOverlap = false) {
  return planQuietStart({ ...optionsOf(sender, time), mayOverlap, quietMs: QUIET_MS });
}

async function setUp(scopes?: readonly string[]) {
  const time = createVirtualTime();
  const slack = await startSlack({ clock: time.clock, ...(scopes && { scopes }) });
  const start = (path = newDatabasePath()) => startSender(path, slack, time, scopes ? { scopes } : {});
  return { time, slack, start, texts: () => slack.messages().map(({ text }) => text) };
}

/** A message with a thread, and one after it. */
const ENTRIES: readonly OutboxEntry[] = [
  entryOf({ key: 'a' }),
  entryOf({ key: 'a/thread/1', kind: 'reply', parentKey: 'a' }),
  entryOf({ key: 'a/thread/2', kind: 'reply', parentKey: 'a' }),
  entryOf({ key: 'b' }),
];
const ALL = ENTRIES.map(({ message }) => message.text);

it('the first bot of a store posts nothing for 40 seconds, and what another posted meanwhile is taken for posted', async () => {
  const { time, slack, start, texts } = await setUp();
  const [old, next] = [start(), start()];
  for (const { outbox } of [old, next]) await outbox.enqueue(ENTRIES, time.clock());
  // The old one ends in the middle of a thread.
  const claims = [];
  for (let count = 0; count < 2; count += 1) {
    const claim = await old.outbox.claim('C1', time.clock(), MINUTE);
    if (!claim) throw new Error('nothing to post');
    const posted = await old.poster.post({ ...claim, isBroadcast: false });
    if (posted.kind !== 'done') throw new Error(posted.kind);
    await old.outbox.settle(claim, { to: 'sent', ts: posted.ts }, time.clock());
    claims.push(posted.ts);
  }
  const startedAt = time.clock();
  next.delivery.start(await planOf(next, time));
  await until(() => texts().length === ENTRIES.length);
  await next.delivery.stop();
  expect(texts()).toEqual(ALL);
  expect(
    slack
      .messages()
      .slice(2)
      .map(({ postedAt }) => postedAt - startedAt >= QUIET_MS),
  ).toEqual([true, true]);
  // The thread goes on below the message of the other.
  expect(slack.messages()[2]?.threadTs).toBe(claims[0]);
  expect(await next.outbox.readCounts()).toMatchObject({ sent: 4, possibleDuplicates: 0 });
});

it('without a history scope everything is posted after the quiet time, and counted as possibly said twice', async () => {
  const { time, start, texts } = await setUp(['commands', 'chat:write']);
  const sender = start();
  await sender.outbox.enqueue(ENTRIES, time.clock());
  await (await planOf(sender, time))?.doubt();
  await deliverAll(sender, time);
  expect(texts()).toEqual(ALL);
  expect(await sender.outbox.readCounts()).toMatchObject({ sent: 4, possibleDuplicates: 4 });
});

it('a bot that is stopped while it is quiet has posted nothing', async () => {
  const { slack, start, time } = await setUp();
  const sender = start();
  await sender.outbox.enqueue(ENTRIES, time.clock());
  sender.delivery.start(await planOf(sender, time));
  await sender.delivery.stop();
  expect(slack.calls('chat.postMessage')).toEqual([]);
  expect(await sender.outbox.readCounts()).toMatchObject({ pending: 4 });
});

it('as long as what waits cannot be put in doubt, nothing is posted', async () => {
  const { time, slack, start, texts } = await setUp();
  const sender = start();
  await sender.outbox.enqueue(ENTRIES, time.clock());
  const postsAtEnd: number[] = [];
  sender.delivery.start({
    forMs: QUIET_MS,
    async doubt() {
      postsAtEnd.push(slack.calls('chat.postMessage').length);
      if (postsAtEnd.length < 4) throw new Error('the disk is full');
      return true;
    },
  });
  await until(() => texts().length === ENTRIES.length);
  await sender.delivery.stop();
  expect(postsAtEnd).toEqual([0, 0, 0, 0]);
});

it('the quiet time is kept once: a restart goes on with it, a later one has none', async () => {
  const { start, time } = await setUp();
  const sender = start();
  expect((await planOf(sender, time))?.forMs).toBe(QUIET_MS);
  time.advance(15_000);
  expect((await planOf(sender, time))?.forMs).toBe(QUIET_MS - 15_000);
  time.advance(MINUTE);
  // Nobody got through it: what waits is still to be read back.
  const late = await planOf(sender, time);
  expect(late?.forMs).toBe(0);
  await late?.doubt();
  expect(await planOf(sender, time)).toBeUndefined();
});

it('what the first import brings is read back too, and what comes due in the five minutes after it', async () => {
  const { start, time } = await setUp();
  const { outbox, ...sender } = start();
  const stepOf = async (key: string) => {
    await outbox.enqueue([entryOf({ key })], time.clock());
    const isOver = await plan?.doubt();
    const claim = await outbox.claim('C1', time.clock(), MINUTE);
    if (claim) await outbox.settle(claim, { to: 'sent', ts: key }, time.clock());
    time.advance(3 * MINUTE);
    return [claim?.step, isOver];
  };
  readAt = undefined;
  const plan = await planOf({ outbox, ...sender }, time);
  time.advance(QUIET_MS);
  expect(await stepOf('1')).toEqual(['reconcile', false]);
  expect(await stepOf('2')).toEqual(['reconcile', false]);
  readAt = time.clock();
  expect(await stepOf('3')).toEqual(['reconcile', false]);
  expect(await stepOf('4')).toEqual(['reconcile', true]);
  expect(await planOf({ outbox, ...sender }, time)).toBeUndefined();
});

it('what was read back once, and did not arrive, is posted and not read back again', async () => {
  const { start, time } = await setUp();
  const sender = start();
  readAt = undefined;
  const plan = await planOf(sender, time);
  await sender.outbox.enqueue([entryOf({ key: 'a' })], time.clock());
  await plan?.doubt();
  const claim = await sender.outbox.claim('C1', time.clock(), MINUTE);
  if (!claim) throw new Error('nothing to read back');
  await sender.outbox.settle(
    claim,
    { to: 'pending', nextAt: time.clock(), reason: 'it did not arrive' },
    time.clock(),
  );
  await plan?.doubt();
  expect(await sender.outbox.claim('C1', time.clock(), MINUTE)).toMatchObject({ step: 'post' });
});

it('a clock that was set back makes it no longer', async () => {
  const { start, time } = await setUp();
  const sender = start();
  await planOf(sender, time);
  time.advance(-24 * 60 * MINUTE);
  expect((await planOf(sender, time))?.forMs).toBe(QUIET_MS);
});

it('where processes overlap every start is quiet, whatever the store says', async () => {
  const { start, time } = await setUp();
  const sender = start();
  await (await planOf(sender, time))?.doubt();
  expect((await planOf(sender, time, true))?.forMs).toBe(QUIET_MS);
  expect((await planOf(sender, time, true))?.forMs).toBe(QUIET_MS);
});

it('a restored store is quiet once more', async () => {
  const { start, time } = await setUp();
  const path = newDatabasePath();
  const sender = start(path);
  await (await planOf(sender, time))?.doubt();
  expect(await createMeta(sender.db).read(QUIET_START)).toBe('over');
  const copy = `${path}.copy`;
  await backUp(path, copy);
  sender.db.close();
  replaceStore(path, copy, time.clock());
  expect((await planOf(start(path), time))?.forMs).toBe(QUIET_MS);
});

it('tests and demos, where nobody else can be, ask for none', async () => {
  const { start, time } = await setUp();
  const options = { ...optionsOf(start(), time), quietMs: 0, mayOverlap: true };
  expect(await planQuietStart(options)).toBeUndefined();
});

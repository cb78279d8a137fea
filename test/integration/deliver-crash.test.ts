import { describe, expect, it } from 'vitest';
import type { FaultMode } from '../../demo/slack/faults.ts';
import type { SlackSimulator } from '../../demo/slack.ts';
import { enqueueWithin, type Outbox, type OutboxEntry } from '../../src/store/outbox.ts';
import { entryOf, newDatabasePath } from '../support/delivery-store.ts';
import {
  deliverAll,
  type Sender,
  startSender,
  startSlack,
  until,
  WITH_HISTORY,
  withoutRepetition,
} from '../support/delivering.ts';
import { createVirtualTime, type VirtualTime } from '../support/virtual-time.ts';

const POST = 'chat.postMessage';
const NO_HISTORY = ['commands', 'chat:write'];

/** A process that is about to die: what it has, and the entries it is to announce. */
interface Dying {
  readonly path: string;
  readonly slack: SlackSimulator;
  readonly time: VirtualTime;
  readonly scopes: readonly string[];
  readonly entries: readonly OutboxEntry[];
}

function start({ path, slack, time, scopes }: Dying, wrapOutbox?: (outbox: Outbox) => Outbox): Sender {
  return startSender(path, slack, time, { scopes, ...(wrapOutbox && { wrapOutbox }) });
}

/** The points at which a process can die, and how it dies there: nothing after the point happens. */
const POINTS: readonly (readonly [name: string, mayRepeat: boolean, die: (dying: Dying) => Promise<void>])[] =
  [
    [
      'before the fact and its announcement are committed',
      false,
      async (dying) => {
        const { db } = start(dying);
        const transaction = db.transaction(() => {
          enqueueWithin(db, dying.entries, dying.time.clock());
          throw new Error('killed');
        });
        expect(transaction).toThrow('killed');
      },
    ],
    [
      'after they are committed',
      false,
      async (dying) => {
        await start(dying).outbox.enqueue(dying.entries, dying.time.clock());
      },
    ],
    [
      'after the message is marked as being sent',
      false,
      async (dying) => {
        const { outbox } = start(dying);
        await outbox.enqueue(dying.entries, dying.time.clock());
        expect(await outbox.claim('C1', dying.time.clock(), 45_000)).toMatchObject({ step: 'post' });
      },
    ],
    ['after the request is written, before Slack posts', false, async (dying) => dieWaiting(dying, false)],
    ['after Slack posted, before it answers', true, async (dying) => dieWaiting(dying, true)],
    [
      'after the answer is read, before it is recorded',
      true,
      async (dying) => {
        const forgetful = start(dying, (outbox) => ({
          ...outbox,
          settle: () => Promise.reject(new Error('killed')),
        }));
        await forgetful.outbox.enqueue(dying.entries, dying.time.clock());
        await forgetful.delivery.tick();
        expect(await forgetful.outbox.readCounts()).toMatchObject({ sending: 1, sent: 0 });
      },
    ],
    [
      'after it is recorded',
      false,
      async (dying) => {
        const killed = start(dying, (outbox) => ({
          ...outbox,
          claim: async (...args) =>
            (await outbox.readCounts()).sent > 0 ? undefined : outbox.claim(...args),
        }));
        await killed.outbox.enqueue(dying.entries, dying.time.clock());
        await killed.delivery.tick();
        expect(await killed.outbox.readCounts()).toMatchObject({ sent: 1 });
      },
    ],
  ];

async function dieWaiting(dying: Dying, accept: boolean): Promise<void> {
  const sender = start(dying);
  await sender.outbox.enqueue(dying.entries, dying.time.clock());
  const fault = dying.slack.fail({ method: POST, mode: { kind: 'hang', accept } });
  const ticking = sender.delivery.tick();
  await until(() => fault.hits === 1);
  await sender.delivery.stop();
  await ticking;
}

const ALERTS = ['a', 'b'].map((key) => entryOf({ key }));
const DIGEST = [
  entryOf({ key: 'd', kind: 'digest' }),
  entryOf({ key: 'd/thread/1', kind: 'reply', parentKey: 'd' }),
];

describe.each([
  ['alerts', ALERTS],
  ['a digest with its thread', DIGEST],
] as const)('a process that dies while it posts %s', (_kind, entries) => {
  it.each(POINTS)('%s: loses nothing and repeats nothing', async (_point, _mayRepeat, die) => {
    const time = createVirtualTime();
    const slack = await startSlack({ clock: time.clock });
    const dying = { path: newDatabasePath(), slack, time, scopes: WITH_HISTORY, entries };
    await die(dying);
    const next = start(dying);
    await next.outbox.enqueue(entries, time.clock());
    await deliverAll(next, time);
    expect(slack.messages().map(({ text }) => text)).toEqual(entries.map(({ message }) => message.text));
    expect(await next.outbox.readCounts()).toMatchObject({ sent: 2, possibleDuplicates: 0 });
  });

  it.each(POINTS)(
    '%s, without a history scope: loses nothing, repeats at most one',
    async (_point, mayRepeat, die) => {
      const time = createVirtualTime();
      const slack = await startSlack({ clock: time.clock, scopes: NO_HISTORY });
      const dying = { path: newDatabasePath(), slack, time, scopes: NO_HISTORY, entries };
      await die(dying);
      const next = start(dying);
      await next.outbox.enqueue(entries, time.clock());
      await deliverAll(next, time);
      const texts = slack.messages().map(({ text }) => withoutRepetition(text));
      expect(new Set(texts)).toEqual(new Set(entries.map(({ message }) => message.text)));
      expect(texts).toHaveLength(mayRepeat ? 3 : 2);
    },
  );
});

describe('a storm', () => {
  const FAULTS: readonly FaultMode[] = [
    { kind: 'status', status: 500, accept: true },
    { kind: 'status', status: 502 },
    { kind: 'reset', accept: true },
    { kind: 'reset' },
    { kind: 'cut', accept: true },
    { kind: 'html' },
    { kind: 'answer', body: '{"ok":true}', accept: true },
    { kind: 'error', error: 'fatal_error', accept: true },
    { kind: 'error', error: 'internal_error' },
    { kind: 'rate-limited', retryAfter: 3 },
    { kind: 'rate-limited' },
    { kind: 'hang', accept: true },
    { kind: 'hang' },
  ];

  it('of faults and kills loses nothing, repeats nothing and keeps the order', async () => {
    const path = newDatabasePath();
    const time = createVirtualTime();
    const slack = await startSlack({ clock: time.clock });
    let seed = 20_260_310;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    let sender = startSender(path, slack, time, { random });
    const channels = ['C1', 'C2', 'C3'];
    const entries = Array.from({ length: 90 }, (_, index) =>
      entryOf({ key: `m${index}`, channel: channels[index % 3] ?? 'C1' }),
    );
    let faults = 0;
    let kills = 0;
    for (let round = 0; round < 400; round += 1) {
      if (round < 30) await sender.outbox.enqueue(entries.slice(round * 3, round * 3 + 3), time.clock());
      const mode = FAULTS[Math.floor(random() * FAULTS.length)] ?? { kind: 'reset' };
      const fault = round < 60 && random() < 0.7 ? slack.fail({ method: POST, times: 2, mode }) : undefined;
      let isOver = false;
      const ticking = sender.delivery.tick().finally(() => {
        isOver = true;
      });
      await until(() => isOver || (mode.kind === 'hang' && (fault?.hits ?? 0) > 0));
      // Whoever waits for an answer that never comes is killed, and every fifth round somebody is killed anyway.
      if (!isOver || round % 5 === 0) {
        await sender.delivery.stop();
        kills += 1;
        sender = startSender(path, slack, time, { random });
      }
      await ticking;
      faults += fault?.hits ?? 0;
      fault?.stop();
      time.advance(5000);
      const { pending, sending } = await sender.outbox.readCounts();
      if (round >= 60 && pending + sending === 0) break;
    }
    expect(faults).toBeGreaterThan(20);
    expect(kills).toBeGreaterThan(10);
    for (const channel of channels) {
      const expected = entries
        .filter((entry) => entry.channel === channel)
        .map(({ message }) => message.text);
      expect(slack.messages({ channel }).map(({ text }) => text)).toEqual(expected);
    }
  });
});

describe('what a dead process was posting', () => {
  it('is taken over by the next one without waiting for the end of its lease, but not before Slack shows it', async () => {
    const time = createVirtualTime();
    const slack = await startSlack({ clock: time.clock });
    const path = newDatabasePath();
    const dying = { path, slack, time, scopes: WITH_HISTORY, entries: ALERTS };
    await dieWaiting(dying, true);
    const next = start(dying);
    await next.delivery.takeOver();
    time.advance(4000);
    await next.delivery.tick();
    expect(slack.calls('conversations.history')).toHaveLength(0);
    time.advance(1000);
    await next.delivery.tick();
    expect(slack.calls('conversations.history')).toHaveLength(1);
    expect(await next.outbox.readCounts()).toMatchObject({ sent: 2 });
    expect(slack.messages()).toHaveLength(2);
  });
});

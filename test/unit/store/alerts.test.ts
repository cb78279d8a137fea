import { describe, expect, it } from 'vitest';
import type { AlertChange } from '../../../src/domain/alert-rules.ts';
import { type AlertFactRow, type AlertMessageRow, NOTHING_TO_SAY } from '../../../src/store/alert-book.ts';
import type { Store } from '../../../src/store/store.ts';
import { openStore } from '../../support/store-on-disk.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const DAY = 86_400_000;

const rule = (changes: object = {}): AlertChange => ({ kind: 'rule', rule: 'refund', app: '', ...changes });

async function settingsAfter(...changes: readonly AlertChange[]): Promise<unknown> {
  const store = await openStore();
  for (const change of changes) await store.alerts.putSettings('C1', [change], 'U1', NOW);
  return store.alerts.readSettings();
}

describe('what a channel wants', () => {
  it('is kept by rule and app, and what a change leaves out stays', async () => {
    expect(await settingsAfter(rule({ threshold: 500 }), rule({ isOn: false }))).toEqual([
      { kind: 'rule', channel: 'C1', rule: 'refund', app: '', isOn: false, threshold: 500 },
    ]);
    expect(await settingsAfter(rule({ isOn: false }), rule({ isOn: true, mutedUntil: 0 }))).toEqual([
      { kind: 'rule', channel: 'C1', rule: 'refund', app: '', isOn: true, mutedUntil: 0 },
    ]);
  });

  it('is as if nobody had said anything after a default', async () => {
    const set = rule({ isOn: false, threshold: 500, mutedUntil: NOW });
    expect(await settingsAfter(set, rule({ isOn: 'default', threshold: 'automatic' }))).toEqual([
      { kind: 'rule', channel: 'C1', rule: 'refund', app: '' },
    ]);
    expect(await settingsAfter(set, rule({ threshold: 'automatic' }))).toEqual([
      { kind: 'rule', channel: 'C1', rule: 'refund', app: '', isOn: false, mutedUntil: NOW },
    ]);
  });

  it('holds quiet hours, days and owners, and what ends them', async () => {
    const owner = { of: 'app', name: 'App 1' } as const;
    const all: AlertChange[] = [
      { kind: 'quiet', hours: { from: 1200, to: 480 } },
      { kind: 'days', days: [1, 2] },
      { kind: 'owner', owner, userId: 'U2' },
    ];
    expect(await settingsAfter(...all)).toEqual([
      { kind: 'days', channel: 'C1', days: [1, 2] },
      { kind: 'owner', channel: 'C1', owner, userId: 'U2' },
      { kind: 'quiet', channel: 'C1', hours: { from: 1200, to: 480 } },
    ]);
    expect(
      await settingsAfter(...all, { kind: 'quiet' }, { kind: 'days' }, { kind: 'owner', owner }),
    ).toEqual([
      { kind: 'days', channel: 'C1' },
      { kind: 'owner', channel: 'C1', owner },
      { kind: 'quiet', channel: 'C1' },
    ]);
  });
});

describe('the configuration', () => {
  const put = (store: Store, ...changes: readonly AlertChange[]) =>
    store.alerts.putEnvironment(
      changes.map((change) => ({ channel: 'C1', change })),
      NOW,
    );

  it('replaces what it said before', async () => {
    const store = await openStore();
    await put(store, rule({ isOn: false }), { kind: 'days', days: [1] });
    await put(store, rule({ threshold: 700 }));
    expect(await store.alerts.readSettings()).toEqual([
      { kind: 'rule', channel: 'C1', rule: 'refund', app: '', threshold: 700 },
    ]);
    await put(store);
    expect(await store.alerts.readSettings()).toEqual([]);
  });

  it('gives way to what was set in Slack, from then on', async () => {
    const store = await openStore();
    await put(store, rule({ isOn: false, threshold: 700 }));
    await store.alerts.putSettings('C1', [rule({ isOn: true })], 'U1', NOW);
    await put(store, rule({ isOn: false, threshold: 900 }));
    expect(await store.alerts.readSettings()).toEqual([
      { kind: 'rule', channel: 'C1', rule: 'refund', app: '', isOn: true, threshold: 700 },
    ]);
  });
});

const FACT: AlertFactRow = {
  key: 'alert/1/C1/refund/dev-1/E-1 2026-03-16',
  developerId: 'dev-1',
  channel: 'C1',
  rule: 'refund',
  fact: 'E-1 2026-03-16',
  entitlement: 'E-1',
  appKey: 'app-1',
  state: 'told',
  marks: ['IN-1 a'],
  title: 'Acme: refund',
  amount: -5,
  toldAmount: -5,
  details: [['Net', '-$0.05']],
  mention: ['U1'],
  messageId: 1,
  firstAt: NOW,
  changedAt: NOW,
};
const MESSAGE: AlertMessageRow = {
  id: 1,
  key: FACT.key,
  threadKey: FACT.key,
  channel: 'C1',
  rule: 'refund',
  title: 'Acme: refund',
  body: { text: 'x', blocks: [] },
  mention: ['U1'],
  revision: 0,
  saidAt: NOW,
};

describe('the book of alerts', () => {
  it('gives back facts and messages as they were written', async () => {
    const store = await openStore();
    const body = { text: 'held', blocks: [] };
    const { messageId: _, toldAmount: __, ...untold } = FACT;
    const held: AlertFactRow = { ...untold, key: 'k', state: 'held', mention: [], body };
    const again: AlertFactRow = { ...FACT, key: 'again', again: body };
    const snoozed = { by: 'U1', until: NOW + DAY };
    const messages = [
      { ...MESSAGE, handled: { by: 'U9', at: NOW } },
      { ...MESSAGE, id: 2, key: 'second', snoozed },
    ];
    await store.alerts.change(() => ({ entries: [], facts: [FACT, held, again], messages }), NOW);
    await store.alerts.change((book) => {
      expect(book.factsAbout('dev-1', ['E-1', 'E-2']).toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual(
        [again, FACT, held].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      );
      expect(book.factsAbout('dev-2', ['E-1'])).toEqual([]);
      expect(book.openFacts().map(({ key }) => key)).toEqual(['again', 'k']);
      expect(book.openFacts('dev-2')).toEqual([]);
      expect(book.factsOfMessage(1).map(({ key }) => key)).toEqual(['again', FACT.key]);
      expect(book.message(1)).toEqual(messages[0]);
      expect(book.message(3)).toBeUndefined();
      expect(book.nextMessageId()).toBe(3);
      expect(book.snoozesOver(NOW + DAY)).toEqual([messages[1]]);
      expect(book.snoozesOver(NOW + DAY - 1)).toEqual([]);
      return NOTHING_TO_SAY;
    }, NOW);
    expect(await store.alerts.readWaiting()).toEqual([{ channel: 'C1', state: 'held', facts: 1 }]);
  });

  it('is written together with what is to be said, or not at all', async () => {
    const store = await openStore();
    const entry = {
      key: FACT.key,
      kind: 'alert',
      channel: 'C1',
      message: { text: 'x', blocks: [] },
    } as const;
    await expect(
      store.alerts.change(
        () => ({ entries: [entry], facts: [{ ...FACT, messageId: 99 }], messages: [] }),
        NOW,
      ),
    ).rejects.toThrow('FOREIGN KEY');
    expect((await store.outbox.readCounts()).pending).toBe(0);
    await store.alerts.change(() => ({ entries: [entry], facts: [FACT], messages: [MESSAGE] }), NOW);
    expect((await store.outbox.readCounts()).pending).toBe(1);
  });

  it('forgets the words of old messages', async () => {
    const store = await openStore();
    await store.alerts.change(() => ({ entries: [], facts: [], messages: [MESSAGE] }), NOW);
    const bodyAt = async (now: number) => {
      let body: unknown;
      await store.alerts.change(() => NOTHING_TO_SAY, now);
      await store.alerts.change((book) => {
        ({ body } = book.message(1) ?? {});
        return NOTHING_TO_SAY;
      }, now);
      return body;
    };
    expect(await bodyAt(NOW + 120 * DAY)).toEqual(MESSAGE.body);
    expect(await bodyAt(NOW + 120 * DAY + 1)).toBeUndefined();
  });
});

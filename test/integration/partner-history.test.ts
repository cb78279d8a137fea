/** Thousands of rows, weeks of them, outages and restored backups: from the API through a sync to what would be posted. */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { CHANNELS, MARKETPLACE } from '../../demo/stage.ts';
import { addDays, type Day, dayOf, startOf } from '../../src/domain/day.ts';
import { createReportingClient } from '../../src/reporting/client.ts';
import { careDaily } from '../../src/schedule/daily-care.ts';
import { runSync } from '../../src/schedule/run-sync.ts';
import { watch } from '../../src/schedule/watch.ts';
import { backUp } from '../../src/store/backup.ts';
import { listBackups } from '../../src/store/kept-backups.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { createStore } from '../../src/store/store.ts';
import { createDirectReader } from '../faults/scenario.ts';
import { createSmallWorld } from '../faults/small-world.ts';
import { entryOf } from '../support/delivery-store.ts';
import { createLogBook } from '../support/log-book.ts';
import { databasePath } from '../support/store-on-disk.ts';

const HOUR = 3_600_000;
/** Whole syncs wait for a disk that others may be using. */
const LONG = 90_000;
const DAY = 24 * HOUR;
const TODAY: Day = '2026-11-24';
const { developerId } = MARKETPLACE;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A partner, the API that serves it, and a bot's store; the clock is the test's. */
async function setUp() {
  const small = createSmallWorld({ seed: 7, today: TODAY });
  let now = startOf(TODAY);
  let today: Day = TODAY;
  const api = await createReportingApi({
    world: small.world,
    ...MARKETPLACE,
    today: () => today,
    exportPolls: 0,
  });
  const client = createReportingClient({
    baseUrl: api.url,
    ...MARKETPLACE,
    token: { reveal: () => MARKETPLACE.token },
    wait: async () => undefined,
    now: () => now,
  });
  closing.push(
    () => api.close(),
    () => client.close(),
  );
  const path = await databasePath();
  const log = createLogBook();
  const clock = () => now;

  async function withStore<Result>(run: (store: Awaited<ReturnType<typeof createStore>>) => Promise<Result>) {
    const store = await createStore(path);
    try {
      return await run(store);
    } finally {
      await store.close();
    }
  }

  /** One sync at an instant by the bot's clock; Atlassian has the right day. */
  function sync(at: number, full = false) {
    now = at;
    return withStore(async (store) => {
      const reader = createDirectReader(client, path);
      const options = {
        contacts: 'masked',
        channels: CHANNELS,
        largeTransaction: 5_000_000,
        zone: 'UTC',
      } as const;
      const deps = { client, reader, store, slash: '/pulse', clock, log, ...options };
      const signal = new AbortController().signal;
      const [report] = await runSync(deps, [developerId], { full, signal });
      return report;
    });
  }

  function read<Row>(sql: string): Row[] {
    const db = new SQLite(path, { readonly: true });
    const rows = db.prepare<[], Row>(sql).all();
    db.close();
    return rows;
  }

  return {
    api,
    small,
    path,
    sync,
    withStore,
    clock,
    log,
    setToday: (day: Day) => {
      today = day;
    },
    /** What is said in channels, replies left out, as keys. */
    said: () =>
      read<{ key: string }>(
        "SELECT key FROM outbox WHERE kind <> 'reply' AND act = 'post' AND state <> 'baseline' ORDER BY id",
      ).map(({ key }) => key),
    facts: () => read<{ key: string }>("SELECT key FROM alert_facts WHERE rule = 'large-transaction'"),
    amounts: () => {
      const lines = read<{ line: string; amount: number }>(
        "SELECT line_id AS line, vendor_amount AS amount FROM transaction_lines WHERE line_id LIKE 'sale-line-%'",
      );
      const byLine = new Map(lines.map(({ amount, line }) => [line, amount]));
      // A line that is stored twice would not be seen in a map.
      expect(lines).toHaveLength(byLine.size);
      return byLine;
    },
  };
}

describe('a first import', () => {
  it(
    'of ten thousand large sales, each sent three times, is one message, and again when the database is lost or emptied',
    async () => {
      const { amounts, api, facts, path, said, small, sync } = await setUp();
      for (let sale = 0; sale < 10_000; sale += 1)
        small.addSale(`Old ${sale}`, 60_000 + sale, addDays(TODAY, -(sale % 60)));
      api.fail({
        kind: 'alter',
        path: /transactions\/async\/export\/[^/]+$/,
        alter: (body) => (Array.isArray(body) ? [...body, ...body.toReversed(), ...body] : body),
      });
      const losses = [
        () => undefined,
        () => rmSync(path),
        () => {
          writeFileSync(path, '');
          for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
        },
      ];
      for (const [index, lose] of losses.entries()) {
        lose();
        await sync(startOf(TODAY) + (9 + index) * HOUR);
        api.clearFaults();
        expect(said()).toEqual([`ops/1/STARTED/${developerId}`]);
        expect(facts()).toEqual([]);
        const stored = [...amounts().values()];
        expect(stored).toHaveLength(10_000);
        // 60,000 to 69,999 dollars, in cents.
        expect(stored.reduce((sum, amount) => sum + amount, 0)).toBe(((60_000 + 69_999) / 2) * 10_000 * 100);
      }
    },
    LONG,
  );
});

describe('five hundred large sales at once', () => {
  it('are one message, are each marked as told, and are not told again', async () => {
    const { facts, said, small, sync } = await setUp();
    await sync(startOf(TODAY) + 9 * HOUR);
    for (let sale = 0; sale < 500; sale += 1) small.addSale(`New ${sale}`, 60_000 + sale, TODAY);
    await sync(startOf(TODAY) + 10 * HOUR);
    const after = said();
    expect(after).toHaveLength(2);
    expect(facts()).toHaveLength(500);
    await sync(startOf(TODAY) + 11 * HOUR, true);
    expect(said()).toEqual(after);
  });
});

describe('five hundred lines restated up to thirty days back', () => {
  // At midnight an hourly pull reaches seven days back, which is the least.
  const midnight = startOf(addDays(TODAY, 1)) + 10 * 60_000;

  it.each([
    ['right', 0, 7],
    ['an hour fast', HOUR, 6],
    ['twenty hours slow', -20 * HOUR, 7],
  ])(
    'are right after the next sync when they are young, after a full one whatever they are, with the clock %s before',
    async (_how, skew, youngDays) => {
      const { amounts, facts, small, sync } = await setUp();
      for (let sale = 0; sale < 500; sale += 1) small.addSale(`S ${sale}`, 500, addDays(TODAY, -40));
      await sync(startOf(TODAY) + 23 * HOUR + skew);
      const ages = Array.from({ length: 500 }, (_, sale) => sale % 31);
      for (const [sale, age] of ages.entries())
        small.restateSale(sale + 1, 60_000 + sale, addDays(TODAY, -age));
      const wrong = () => {
        const stored = amounts();
        return ages.filter((_, sale) => stored.get(`sale-line-${sale + 1}`) !== (60_000 + sale) * 100);
      };
      await sync(midnight);
      expect(wrong().filter((age) => age <= youngDays)).toEqual([]);
      // Without older ones the full pull would prove nothing.
      expect(wrong().length).toBeGreaterThan(300);
      await sync(midnight + DAY, true);
      expect(wrong()).toEqual([]);
      const keys = facts().map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBeLessThanOrEqual(500);
    },
  );
});

describe('an API that is away', () => {
  it(
    'is asked by the first data sets alone, and the sync says so',
    async () => {
      const { api, small, sync, facts } = await setUp();
      await sync(startOf(TODAY) + 5 * 60_000);
      small.addSale('Meanwhile Inc', 70_000, TODAY);
      api.requests.length = 0;
      const mend = api.fail({ kind: 'status', status: 503 });
      const away = await sync(startOf(TODAY) + 25 * HOUR);
      expect(away?.isAway).toBe(true);
      expect(away?.failures.length).toBeGreaterThan(5);
      // At most four at once, five tries each, and the look whether it is there.
      expect(api.requests.splice(0).length).toBeLessThanOrEqual(4 * 6);
      mend();
      const back = await sync(startOf(TODAY) + 25 * HOUR + 60_000);
      expect(back).toMatchObject({ isAway: false, failures: [] });
      expect(facts()).toHaveLength(1);
    },
    LONG,
  );

  it(
    'in one resource is not away: the others are read',
    async () => {
      const { api, sync } = await setUp();
      api.fail({ kind: 'status', status: 503, path: /feedback/ });
      const report = await sync(startOf(TODAY) + 5 * 60_000);
      expect(report?.isAway).toBe(false);
      expect(new Set(report?.failures.map(({ dataset }) => dataset))).toEqual(new Set(['feedback']));
      expect(report?.changes.length).toBeGreaterThan(5);
    },
    LONG,
  );
});

describe('an API that refuses the token for three days', () => {
  it(
    'is told once a day and cause, and afterwards nothing is missing',
    async () => {
      const { api, clock, path, said, small, sync, withStore, setToday } = await setUp();
      await sync(startOf(TODAY) + 5 * 60_000);
      const before = said();
      api.requests.length = 0;
      const mend = api.fail({ kind: 'status', status: 401 });
      for (let hour = 3; hour < 72; hour += 3) {
        const at = startOf(TODAY) + hour * HOUR;
        if (hour % 24 === 12) small.addSale(`During ${hour}`, 70_000, dayOf(at));
        const report = await sync(at);
        expect(new Set(report?.failures.map(({ code }) => code))).toEqual(new Set(['API_UNAUTHORIZED']));
        expect(report?.failures.length).toBeGreaterThan(5);
        // As many as are under way at once: one answer is enough.
        expect(api.requests.splice(0).length).toBeLessThanOrEqual(4);
        await withStore((store) =>
          watch({
            store,
            databasePath: path,
            developerIds: [developerId],
            tokenExpires: undefined,
            clockOffsetMs: () => 0,
            lookForTwin: async () => undefined,
            opsChannel: CHANNELS.ops,
            clock,
          }),
        );
      }
      const told = said().slice(before.length);
      const days = [0, 1, 2].map((day) => addDays(TODAY, day));
      // Older than 26 hours from the second day on.
      expect(told.toSorted()).toEqual([
        ...days.map((day) => `ops/1/API_UNAUTHORIZED/${developerId}/${day}`),
        ...days.slice(1).map((day) => `ops/1/STALE/${developerId}/${day}`),
      ]);
      mend();
      setToday(addDays(TODAY, 3));
      await sync(startOf(addDays(TODAY, 3)));
      const [alert, ...others] = said()
        .slice(before.length + told.length)
        .toSorted();
      expect(alert).toMatch(/^alert\/1\/.*summary$/);
      expect(others).toEqual([`ops/1/RECOVERED/${developerId}/${TODAY}`]);
    },
    LONG,
  );
});

describe('a backup of ten days ago', () => {
  it.each([
    ['says in one message what came since, where nobody knows what was said', true, 1],
    ['says nothing again, where the database it replaces tells what was said', false, 0],
  ])(
    '%s',
    async (_what, isDamaged, messages) => {
      const { path, said, setToday, small, sync } = await setUp();
      await sync(startOf(TODAY) + 9 * HOUR);
      const backup = join(dirname(path), 'backup');
      await backUp(path, backup);
      for (const day of [2, 4, 6, 8, 10]) {
        const date = addDays(TODAY, day);
        setToday(date);
        small.addSale(`Day ${day}`, 60_000 + day, date);
        await sync(startOf(date) + 9 * HOUR);
      }
      const alerts = () => said().filter((key) => key.startsWith('alert/'));
      expect(alerts()).toHaveLength(5);
      if (isDamaged) {
        for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
        writeFileSync(path, 'a disk that failed');
      }
      const at = startOf(addDays(TODAY, 10)) + 10 * HOUR;
      const { knowsWhatWasSaid } = restoreBackup(path, backup, at);
      expect(knowsWhatWasSaid).toBe(!isDamaged);
      const before = alerts();
      await sync(at + HOUR);
      expect(alerts().length - before.length).toBe(messages);
    },
    LONG,
  );
});

/** As SECURITY.md and docs/operations.md say, in days. */
const LIMITS = { bodies: 7, audit: 180, contacts: 400, backups: 30 };

const CONTACT = 'coalesce(technical_name, technical_email, billing_name, billing_email) IS NOT NULL';

/** What a file holds on a day, and how much of it is older than its limit. */
function countOld(file: string, day: Day) {
  const db = new SQLite(file, { readonly: true });
  const count = (table: string, where: string, ...values: (string | number)[]) =>
    Number(
      db
        .prepare(`SELECT count(*) FROM ${table} WHERE ${where}`)
        .pluck()
        .get(...values),
    );
  const since = (days: number): number => startOf(addDays(day, -days));
  const contacts = addDays(day, -LIMITS.contacts);
  const lastDay = (start: string) =>
    `${CONTACT} AND max(coalesce(maintenance_end, ${start}), last_updated) < ?`;
  try {
    return {
      held: {
        bodies: count('outbox', "body IS NOT NULL AND state = 'sent'"),
        audit: count('audit', '1 = 1'),
        contacts: count('licenses', CONTACT) + count('transaction_lines', CONTACT),
      },
      old: {
        bodies: count('outbox', 'body IS NOT NULL AND settled_at < ?', since(LIMITS.bodies)),
        audit: count('audit', 'at < ?', since(LIMITS.audit)),
        contacts:
          count('licenses', lastDay('maintenance_start'), contacts) +
          count('transaction_lines', lastDay('sale_date'), contacts),
      },
    };
  } finally {
    db.close();
  }
}

describe('five hundred days', () => {
  it(
    'leave nothing that is older than its limit, in the store or in a backup, whatever the syncs bring again',
    async () => {
      const { clock, log, path, setToday, small, sync, withStore } = await setUp();
      const asked = {
        teamId: 'T1',
        userId: 'U1',
        channelId: 'C1',
        source: 'command',
        topic: 'lookup',
      } as const;
      const most = { bodies: 0, audit: 0, contacts: 0 };
      let fewest = Infinity;
      const oldestBackups: Day[] = [];
      for (let passed = 0; passed <= 500; passed += 25) {
        const day = addDays(TODAY, passed);
        setToday(day);
        if (passed < 100) small.addSale(`Passed ${passed}`, 500, day);
        await sync(startOf(day) + 9 * HOUR);
        await withStore(async (store) => {
          const now = clock();
          await store.audit.record({ ...asked, at: now, verdict: 'allowed' });
          await store.outbox.enqueue([entryOf({ key: `passed-${passed}` })], now);
          const claim = await store.outbox.claim('C1', now, 1000);
          if (claim) await store.outbox.settle(claim, { to: 'sent', ts: `${passed}.1` }, now);
          await careDaily({ store, databasePath: path, opsChannel: CHANNELS.ops, clock, log });
        });
        // The care of the day is done; this one is given every row once more.
        const report = await sync(startOf(day) + 10 * HOUR, true);
        expect(report?.failures).toEqual([]);
        const [newest, ...others] = listBackups(path);
        expect(newest?.day).toBe(day);
        oldestBackups.push(others.at(-1)?.day ?? day);
        expect(others.filter((backup) => backup.day < addDays(day, -LIMITS.backups))).toEqual([]);
        for (const file of [path, newest?.path ?? '']) {
          const { held, old } = countOld(file, day);
          expect({ file, day, ...old }).toEqual({ file, day, bodies: 0, audit: 0, contacts: 0 });
          for (const name of ['bodies', 'audit', 'contacts'] as const)
            most[name] = Math.max(most[name], held[name]);
          fewest = Math.min(fewest, held.contacts);
        }
      }
      // Without what is young enough, nothing would have grown old.
      expect(most).toMatchObject({ bodies: 1, audit: 8 });
      expect(most.contacts).toBeGreaterThan(10);
      expect(fewest).toBeLessThan(most.contacts - 5);
      expect(oldestBackups.at(-1)).toBe(addDays(TODAY, 475));
    },
    2 * LONG,
  );
});

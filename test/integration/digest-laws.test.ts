import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { median } from '../../src/analytics/order-statistics.ts';
import { EXPLANATIONS } from '../../src/digests/explained/index.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import {
  addDays,
  type Day,
  daysBetween,
  type Instant,
  startOf,
  weeksEndingWith,
} from '../../src/domain/day.ts';
import type { Feedback } from '../../src/domain/feedback.ts';
import type { EventKind, LicenseEvent } from '../../src/domain/license-event.ts';
import type { License } from '../../src/domain/license.ts';
import type { MetricName, MetricSeries } from '../../src/domain/metric-series.ts';
import { sumCents } from '../../src/domain/money.ts';
import type { TracedMessage } from '../../src/domain/traced-number.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';
import type { Store } from '../../src/store/store.ts';
import type { DatasetName } from '../../src/store/sync-runs.ts';
import { expectListedCount, LISTED_COUNTS } from '../support/listed-counts.ts';
import { partnerSeries } from '../support/partner-series.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { type GivenRows, openStore, toPulled } from '../support/store-on-disk.ts';
import { createRandom } from '../unit/analytics/rows.ts';

const WEEK: Day = '2026-03-08';
const MONTH: Day = '2026-02-01';
const TODAY: Day = '2026-03-17';
const SYNCED = startOf(TODAY) + 6 * 3_600_000;
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: WEEK,
  now: startOf(TODAY) + 9 * 3_600_000,
  today: TODAY,
};

type Random = ReturnType<typeof createRandom>;

/** Everything a partner's space holds, as the API would give it. */
interface World {
  readonly licenses: License[];
  readonly lines: TransactionLine[];
  readonly events: Record<EventKind, LicenseEvent[]>;
  readonly feedback: Feedback[];
  readonly series: Partial<Record<DatasetName, MetricSeries[]>>;
}

/** One customer's life: an evaluation, terms, an upgrade billed twice, a cancellation with a reason. */
function addCustomer(world: World, random: Random, number: number, prefix: string): void {
  const app = random.pick(['app-1', 'app-2'] as const);
  const names = {
    appKey: app,
    name: `App ${app.slice(4)}`,
    aliases: { appEntitlementNumber: `E-${prefix}${number}` },
    host: { cloudId: `site-${prefix}${Math.floor(number / 2)}` },
  };
  const who = { customer: { company: `${prefix}${number} Ltd`, country: 'Japan' } };
  const isMonthly = random.whole(0, 1) === 0;
  const length = isMonthly ? 28 : 364;
  const started = addDays(TODAY, -random.whole(10, 700));
  const terms = random.whole(0, Math.floor(daysBetween(started, TODAY) / length) + 1);
  const end = addDays(started, terms * length);
  const isOver = end < TODAY;
  const isBought = terms > 0;
  world.licenses.push(
    aLicense({
      ...names,
      ...who,
      licenseType: isBought ? 'COMMERCIAL' : 'EVALUATION',
      status: isOver ? 'inactive' : random.pick(['active', 'active', 'cancelled']),
      maintenanceStart: isBought ? addDays(end, -length) : addDays(started, -20),
      maintenanceEnd: isBought ? end : addDays(started, 10),
      evaluationStart: addDays(started, -20),
      evaluationEnd: addDays(started, 10),
      ...(isBought && { evaluationSale: started }),
      opportunityUsers: random.pick([10, 100, 5000]),
    }),
  );
  for (let term = 0; term < terms; term += 1) {
    const from = addDays(started, term * length);
    const window = { maintenanceStart: from, maintenanceEnd: addDays(from, length) } as const;
    const cents = random.whole(1_000, 90_000);
    const bill = (suffix: string, changes: Partial<TransactionLine>) =>
      aLine({
        ...names,
        ...who,
        ...window,
        transactionId: `IN-${prefix}${number}-${term}${suffix}`,
        lineId: `line-${prefix}${number}-${term}${suffix}`,
        saleDate: from,
        lastUpdated: from,
        billingPeriod: isMonthly ? 'Monthly' : 'Annual',
        paymentStatus: random.pick(['Paid', 'Paid', 'Open', 'Uncollectible']),
        ...changes,
      });
    world.lines.push(bill('', { saleType: term === 0 ? 'New' : 'Renewal', vendorAmount: cents }));
    if (random.whole(0, 4) === 0) {
      const saleDate = addDays(from, random.whole(0, length - 1));
      const at = { saleDate, lastUpdated: saleDate } as const;
      world.lines.push(
        bill('-back', { ...at, saleType: 'Refund', vendorAmount: -cents }),
        bill('-again', { ...at, saleType: 'Upgrade', vendorAmount: 2 * cents, tier: '100 Users' }),
      );
    }
    if (term > 0 && from >= '2025-12-14' && from <= TODAY)
      world.events.renewal.push(eventOf('renewal', names, from, isMonthly));
  }
  if (isBought && started >= '2025-12-14')
    world.events.conversion.push(eventOf('conversion', names, started, isMonthly));
  if (isBought && isOver) world.events.churn.push(eventOf('churn', names, end, isMonthly));
  // Some say why they stop before they do, and go on paying.
  if (number % 12 === 0)
    world.feedback.push({
      ...names,
      hosting: 'Cloud',
      date: addDays(WEEK, number % 7),
      feedbackType: 'disable',
      reason: number % 24 === 0 ? 'Too expensive' : 'Something else',
    });
  if (isBought && isOver && random.whole(0, 1) === 0)
    world.feedback.push({
      ...names,
      hosting: 'Cloud',
      date: end,
      feedbackType: 'uninstall',
      reason: random.pick(['Too expensive', 'No longer needed']),
    });
}

function eventOf(
  kind: EventKind,
  names: Pick<License, 'appKey' | 'name' | 'aliases' | 'host'>,
  eventDate: Day,
  isMonthly: boolean,
): LicenseEvent {
  const monthsValid = isMonthly ? 1 : 12;
  return { ...names, kind, hosting: 'Cloud', eventDate, monthsValid, lastUpdated: eventDate };
}

function weekly(
  metric: MetricName,
  appKey: string | null,
  dataset: string,
  name: string,
  random: Random,
): MetricSeries {
  const points = weeksEndingWith(WEEK, 60).map((period) => ({ period, value: random.whole(0, 9) }));
  return { metric, appKey, dataset, name, type: '', points };
}

function createWorld(seed: number, prefix = 'c'): World {
  const random = createRandom(seed);
  const world: World = {
    licenses: [],
    lines: [],
    events: { churn: [], conversion: [], renewal: [] },
    feedback: [],
    series: partnerSeries(random, WEEK, MONTH),
  };
  for (let number = 0; number < 60; number += 1) addCustomer(world, random, number, prefix);
  const both = [null, 'app-1', 'app-2'];
  const plans = ['Monthly', 'Annual'];
  const of = (metric: MetricName, datasets: readonly string[], names: readonly string[]) =>
    both.flatMap((appKey) =>
      datasets.flatMap((dataset) => names.map((name) => weekly(metric, appKey, dataset, name, random))),
    );
  world.series.churn = of('churn', plans, ['Customers', 'Cancellations']);
  world.series.renewal = of('renewal', plans, ['Renewal opportunities', 'Renewals']);
  world.series.conversion = of('conversion', [''], ['Evaluations', 'Conversions']);
  world.series.evaluations = of('evaluations', [''], ['Cloud', 'Data Center']);
  return world;
}

async function record(
  store: Store,
  at: Instant,
  dataset: DatasetName,
  rows: GivenRows,
  developerId = 'dev-1',
) {
  const pulled = toPulled(store, rows, { at, mode: 'incremental', silent: true, developerId });
  const runId = await store.syncRuns.start(developerId, dataset, 'incremental', at);
  const pull = { runId, dataset, mode: 'incremental', pulled, silent: true, quarantinedRows: 0 } as const;
  await store.recorder.recordSync({
    developerId,
    at,
    pulls: [{ ...pull, quarantined: [], unmappedFields: new Map() }],
    announce: () => ({ entries: [], facts: [], messages: [] }),
  });
}

const RANGE = { from: '2020-01-01', to: TODAY } as const;

/** Records a part of the world: the rows that `isPart` takes, and all series, which are whole answers. */
async function recordPart(
  store: Store,
  world: World,
  at: Instant,
  isPart: (index: number) => boolean,
  developerId = 'dev-1',
): Promise<void> {
  const part = <T>(rows: readonly T[]) => rows.filter((_, index) => isPart(index));
  await record(store, at, 'licenses', { kind: 'licenses', rows: part(world.licenses) }, developerId);
  await record(store, at, 'transactions', { kind: 'lines', rows: part(world.lines) }, developerId);
  for (const event of ['churn', 'conversion', 'renewal'] as const) {
    const rows = { kind: 'events', event, ...RANGE, rows: part(world.events[event]) } as const;
    await record(store, at, `${event}-events`, rows, developerId);
  }
  await record(
    store,
    at,
    'feedback',
    { kind: 'feedback', ...RANGE, rows: part(world.feedback) },
    developerId,
  );
  for (const [dataset, rows] of Object.entries(world.series)) {
    const metric = [...new Set(rows.map((one) => one.metric))];
    await record(store, at, dataset as DatasetName, { kind: 'series', metric, rows }, developerId);
  }
}

function buildAll(store: Store, changes: Partial<DigestRequest> = {}): Promise<TracedMessage[]> {
  return Promise.all(DIGESTS.map((digest) => digest.build(store.read, { ...REQUEST, ...changes })));
}

/** The digests that tell a month once: of one that is told already they say in a line that it is still the newest. */
const MONTHLY = new Set(['sales-benchmark', 'funnel', 'customers']);

/** The app whose digests the laws about other rows are about. */
const APP = { appKey: 'app-1', name: 'App 1' };

describe.each([1, 2])('the digests of a random partner (%i)', (seed) => {
  it('are the same whether everything came in one sync, or in four, in another order, some rows twice', async () => {
    const world = createWorld(seed);
    const random = createRandom(seed + 100);
    const [one, several] = [await openStore(), await openStore()];
    await recordPart(one, world, SYNCED, () => true);
    const shuffled: World = {
      ...world,
      licenses: random.shuffle(world.licenses),
      lines: random.shuffle(world.lines),
      feedback: random.shuffle(world.feedback),
      events: {
        churn: random.shuffle(world.events.churn),
        conversion: random.shuffle(world.events.conversion),
        renewal: random.shuffle(world.events.renewal),
      },
    };
    for (let part = 0; part < 4; part += 1) {
      const at = SYNCED - (3 - part) * 1000;
      await recordPart(several, shuffled, at, (index) => index % 4 === part || index % 7 === part);
    }
    const expected = await buildAll(one);
    expect(await buildAll(several)).toEqual(expected);
    expect(expected.filter(({ thread }) => thread.length > 0).length).toBeGreaterThan(2);
  });

  it('tell numbers that are exactly what the rows behind them make', async () => {
    const store = await openStore();
    await recordPart(store, createWorld(seed), SYNCED, () => true);
    for (const [index, message] of [
      ...(await buildAll(store)),
      ...(await buildAll(store, { app: APP })),
    ].entries()) {
      const { id } = DIGESTS[index % DIGESTS.length] ?? { id: '' };
      const { numbers } = message;
      expect(new Set(numbers.map((one) => one.id)).size).toBe(numbers.length);
      const explained = EXPLANATIONS.find(({ topic }) => topic === id)?.numbers.map(({ name }) => name) ?? [];
      for (const number of numbers) {
        const amounts = number.rows.map(({ amount }) => amount);
        const made = number.combined === 'sum' ? sumCents(amounts) : median(amounts);
        expect([number.id, made]).toEqual([number.id, number.value]);
        expect(number.id).toMatch(/^[a-z0-9-]{1,30}$/);
        expect(explained).toContain(number.explained);
      }
    }
  });

  it('are not touched by rows of another developer space, nor those of one app by another app', async () => {
    const world = createWorld(seed);
    const [alone, together] = [await openStore(), await openStore()];
    await recordPart(alone, world, SYNCED, () => true);
    await recordPart(together, world, SYNCED, () => true);
    await recordPart(together, createWorld(seed + 50, 'x'), SYNCED, () => true, 'dev-2');
    expect(await buildAll(together)).toEqual(await buildAll(alone));
    const ofOne = await buildAll(alone, { app: APP });
    const more = createWorld(seed + 70, 'y');
    const isOther = ({ appKey }: { readonly appKey: string | null }) => appKey === 'app-2';
    await recordPart(
      together,
      {
        licenses: more.licenses.filter(isOther),
        lines: more.lines.filter(isOther),
        events: {
          churn: more.events.churn.filter(isOther),
          conversion: more.events.conversion.filter(isOther),
          renewal: more.events.renewal.filter(isOther),
        },
        feedback: more.feedback.filter(isOther),
        series: {},
      },
      SYNCED,
      () => true,
    );
    expect(await buildAll(together, { app: APP })).toEqual(ofOne);
  });

  it('tell counts that the rows of their lists add up to', async () => {
    const store = await openStore();
    await recordPart(store, createWorld(seed), SYNCED, () => true);
    const messages = await buildAll(store);
    for (const listed of LISTED_COUNTS) {
      const message = messages[DIGESTS.findIndex(({ id }) => id === listed.digest)];
      if (!message) throw new Error(`no digest ${listed.digest}`);
      expectListedCount(message, listed);
    }
  });

  it('say that nothing changed when nothing did', async () => {
    const store = await openStore();
    await recordPart(store, createWorld(seed), SYNCED, () => true);
    await recordPart(store, createWorld(seed), SYNCED + 1000, () => true);
    const again = await buildAll(store, { lastSpokeAt: SYNCED, lastToldWeek: WEEK });
    for (const [index, { blocks, thread }] of again.entries()) {
      const isMonthly = MONTHLY.has(DIGESTS[index]?.id ?? '');
      const sentence = isMonthly
        ? '*Feb 2026 is still the newest month*, and reads as I told it.'
        : '*Changed since my last digest:* nothing in the weeks I told';
      expect(JSON.stringify(blocks).replaceAll('\u00A0', ' ')).toContain(sentence);
      expect(isMonthly ? thread : []).toEqual([]);
    }
  });
});

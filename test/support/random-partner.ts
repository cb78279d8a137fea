import type { EventKind, LicenseEvent } from '../../src/domain/license-event.ts';
import { addDays, type Day, daysBetween, type Instant, weeksEndingWith } from '../../src/domain/day.ts';
import type { Feedback } from '../../src/domain/feedback.ts';
import type { License } from '../../src/domain/license.ts';
import type { MetricName, MetricSeries } from '../../src/domain/metric-series.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';
import type { Store } from '../../src/store/store.ts';
import type { DatasetName } from '../../src/store/sync-runs.ts';
import { createRandom } from '../unit/analytics/rows.ts';
import { partnerSeries } from './partner-series.ts';
import { aLicense, aLine } from './rows.ts';
import { type GivenRows, toPulled } from './store-on-disk.ts';

/** The week and the month that are told, and the day on which. */
export const WEEK: Day = '2026-03-08';
const MONTH: Day = '2026-02-01';
export const TODAY: Day = '2026-03-17';

type Random = ReturnType<typeof createRandom>;
type NameOf = (number: number) => string;

/** Everything a partner's space holds, as the API would give it. */
export interface World {
  readonly licenses: License[];
  readonly lines: TransactionLine[];
  readonly events: Record<EventKind, LicenseEvent[]>;
  readonly feedback: Feedback[];
  readonly series: Partial<Record<DatasetName, MetricSeries[]>>;
}

/** One customer's life: an evaluation, terms, an upgrade billed twice, a cancellation with a reason. */
function addCustomer(world: World, random: Random, number: number, prefix: string, nameOf: NameOf): void {
  const app = random.pick(['app-1', 'app-2'] as const);
  const names = {
    appKey: app,
    name: `App ${app.slice(4)}`,
    aliases: { appEntitlementNumber: `E-${prefix}${number}` },
    host: { cloudId: `site-${prefix}${Math.floor(number / 2)}` },
  };
  const who = { customer: { company: nameOf(number), country: 'Japan' } };
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

/** A partner with sixty customers. `nameOf` tells how a customer, and what it writes, reads. */
export function createWorld(
  seed: number,
  prefix = 'c',
  nameOf: NameOf = (number) => `${prefix}${number} Ltd`,
): World {
  const random = createRandom(seed);
  const world: World = {
    licenses: [],
    lines: [],
    events: { churn: [], conversion: [], renewal: [] },
    feedback: [],
    series: partnerSeries(random, WEEK, MONTH),
  };
  for (let number = 0; number < 60; number += 1) addCustomer(world, random, number, prefix, nameOf);
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
export async function recordPart(
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

import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { evaluationBenchmark } from '../../src/digests/evaluation-benchmark.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { License } from '../../src/domain/license.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { ThreadedMessage } from '../../src/domain/message.ts';
import type { Store } from '../../src/store/store.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 17 March 2026, 09:00 UTC: the week 8-14 March is told, the newest benchmark month is February. */
const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;
const WEEK: Day = '2026-03-08';

const REQUEST: DigestRequest = { developerId: 'dev-1', app: null, week: WEEK, now: NOW, today: '2026-03-17' };

/** A running 30-day evaluation on a site of its own. */
function evaluated(name: string, start: Day, changes: Partial<License> = {}): License {
  return aLicense({
    aliases: { appEntitlementNumber: `E-${name}` },
    host: { cloudId: `site-${name}` },
    customer: { company: `Company ${name}` },
    licenseType: 'EVALUATION',
    tier: 'Evaluation',
    maintenanceStart: start,
    maintenanceEnd: addDays(start, 30),
    evaluationStart: start,
    evaluationEnd: addDays(start, 30),
    ...changes,
  });
}

const over = { status: 'inactive' } as const;
const { evaluationStart: _, evaluationEnd: __, ...withoutInsights } = evaluated('fresh', '2026-03-14');

const LICENSES: License[] = [
  evaluated('big', '2026-03-09', { opportunityUsers: Number.POSITIVE_INFINITY }),
  evaluated('small', '2026-03-10', { opportunityUsers: 30 }),
  // The same site nine months before: a new evaluation that knows the old one.
  evaluated('again-1', '2025-06-10', { ...over, host: { cloudId: 'site-again' } }),
  evaluated('again-2', '2026-03-11', { host: { cloudId: 'site-again' } }),
  // The same site 51 days before: a second try of one evaluation.
  evaluated('retry-1', '2026-01-20', { ...over, host: { cloudId: 'site-retry' } }),
  evaluated('retry-2', '2026-03-12', { host: { cloudId: 'site-retry' } }),
  withoutInsights,
  evaluated('sandbox', '2026-03-09', { sandbox: 'yes', opportunityUsers: 9000 }),
  // Ended on 3 March at first; extended by 30 days.
  evaluated('extended', '2026-02-01', { evaluationEnd: '2026-03-03', maintenanceEnd: '2026-04-02' }),
  // What the pipeline is priced by: of these three and `again-1`, two were bought within 90 days.
  evaluated('past-1', '2025-05-01', { ...over, licenseType: 'COMMERCIAL', evaluationSale: '2025-05-20' }),
  evaluated('past-2', '2025-06-01', { ...over, licenseType: 'COMMERCIAL', evaluationSale: '2025-07-20' }),
  evaluated('past-3', '2025-07-01', over),
  aLicense({ appKey: 'app-2', name: 'App 2', aliases: { appEntitlementNumber: 'E-app-2' }, host: {} }),
];

/** $3,650.00 and $730.00 for 365 days each: the median first year is $2,190.00. */
const LINES = [
  { name: 'past-1', day: '2025-05-20', vendorAmount: 365_000 },
  { name: 'past-2', day: '2025-07-20', vendorAmount: 73_000 },
].map(({ day, name, vendorAmount }) =>
  aLine({
    aliases: { appEntitlementNumber: `E-${name}` },
    transactionId: `IN-${name}`,
    lineId: `line-${name}`,
    saleDate: day as Day,
    maintenanceStart: day as Day,
    maintenanceEnd: addDays(day as Day, 365),
    vendorAmount,
  }),
);

const WEEKS = weeksEndingWith(WEEK, 57);

/** Ten a week for 56 weeks; in the last one two on Data Center and one upgrade evaluation more. */
const EVALUATIONS: MetricSeries[] = [
  weekly(null, 'Cloud', 'Net new evaluation', WEEKS, 10),
  weekly(null, 'Cloud', 'Upgrade evaluation', [WEEK], 1),
  weekly(null, 'Data Center', 'Net new evaluation', [WEEK], 2),
  weekly('app-1', 'Cloud', 'Net new evaluation', WEEKS, 8),
  weekly('app-2', 'Cloud', 'Net new evaluation', WEEKS, 2),
];

function weekly(
  appKey: string | null,
  name: string,
  type: string,
  weeks: readonly Day[],
  value: number,
): MetricSeries {
  return {
    metric: 'evaluations',
    appKey,
    dataset: '',
    name,
    type,
    points: weeks.map((period) => ({ period, value })),
  };
}

type Fields = Readonly<Record<string, readonly [january: number | null, february: number | null]>>;

/** Atlassian's example numbers, a year later. */
const ALL_APPS: Fields = {
  evaluations: [1422, 1418],
  previousMonth: [1140, 1422],
  growthMoM: [24.74, -0.28],
  gapMoM: [-8.19, 4.1],
  percentile: [99, 99],
  ytd: [1422, 2840],
  ytdLastYear: [1424, 2789],
  growthYoY: [-0.14, 1.83],
  gapYoY: [12.19, 16.04],
  percentileYtd: [99, 99],
};
const APP_1: Fields = {
  evaluations: [322, 268],
  previousMonth: [320, 322],
  growthMoM: [0.63, -16.77],
  gapMoM: [-2, -19.07],
  percentile: [85, 100],
  ytd: [322, 590],
  ytdLastYear: [0, 0],
  growthYoY: [null, null],
};

function benchmark(
  months: readonly ('2026-01-01' | '2026-02-01' | '2026-03-01')[],
  all: Fields = ALL_APPS,
): MetricSeries[] {
  const owners: [string | null, Fields][] = [
    [null, all],
    ['app-1', APP_1],
  ];
  return owners.flatMap(([appKey, fields]) =>
    Object.entries(fields).map(
      ([name, [january, february]]): MetricSeries => ({
        metric: 'evaluation-benchmark',
        appKey,
        dataset: '',
        name,
        type: '',
        points: months.map((period) => ({ period, value: period === '2026-01-01' ? january : february })),
      }),
    ),
  );
}

function recordBenchmark(store: Store, at: number, rows: readonly MetricSeries[]): Promise<void> {
  return recordPulls(store, at, {
    'evaluation-benchmark': { kind: 'series', metric: 'evaluation-benchmark', rows },
  });
}

async function openRecorded(
  months: Parameters<typeof benchmark>[0] = ['2026-01-01', '2026-02-01'],
): Promise<Store> {
  const store = await openStore();
  await recordPulls(store, SYNCED, {
    licenses: { kind: 'licenses', rows: LICENSES },
    transactions: { kind: 'lines', rows: LINES },
    evaluations: { kind: 'series', metric: 'evaluations', rows: EVALUATIONS },
  });
  await recordBenchmark(store, SYNCED, benchmark(months));
  return store;
}

function parentText({ blocks }: ThreadedMessage): string {
  return JSON.stringify(blocks).replaceAll('\u00A0', ' ');
}

/** The rows of the tables in the thread, cells joined by a bar. */
function tableRows({ thread }: ThreadedMessage): string[] {
  const tables = thread.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'data_table'));
  return tables.flatMap(({ rows }) =>
    (rows as { text: string }[][]).map((row) =>
      row
        .map(({ text }) => text)
        .join(' | ')
        .replaceAll('\u00A0', ' '),
    ),
  );
}

describe('the evaluation and benchmark digest from the store', () => {
  it('adds up all hostings and types of the week, beside what is usual and beside a year ago', async () => {
    const store = await openRecorded();
    const message = await evaluationBenchmark.build(store.read, REQUEST);
    // 10 + 2 + 1; the four weeks are 10 + 10 + 10 + 13.
    expect(message.text).toContain('13 evaluations started; usual 10');
    expect(parentText(message)).toContain('*Last 4 weeks*\\n43; usual 40');
    expect(parentText(message)).toContain('*By hosting*\\nCloud 11, Data Center 2');
    expect(parentText(message)).toContain('*By type*\\nNet new evaluation 12, Upgrade evaluation 1');
    expect(parentText(message)).toContain('By app: App 1 8, usual 8; App 2 2, usual 2');
  });

  it('compares with a year ago only weeks that are not filling any more', async () => {
    const store = await openRecorded();
    const filling = await evaluationBenchmark.build(store.read, REQUEST);
    // On Tuesday the week is provisional: 4 x 10 before it, and 4 x 10 a year before that.
    expect(parentText(filling)).toContain('; the 4 weeks before this one: 40, a year ago 40"');
    const settling = await evaluationBenchmark.build(store.read, { ...REQUEST, today: '2026-03-18' });
    expect(parentText(settling)).toContain('; a year ago 40 (+7.5 %)');
  });

  it('says nothing of hostings for an app without Data Center', async () => {
    const store = await openRecorded();
    const app = { appKey: 'app-1', name: 'App 1' };
    const message = await evaluationBenchmark.build(store.read, { ...REQUEST, app });
    expect(message.text).toContain('8 evaluations started');
    expect(parentText(message)).not.toContain('By hosting');
    expect(parentText(message)).not.toContain('By app');
  });

  it('lists what started by size of the site, with second tries and licences still without insights', async () => {
    const store = await openRecorded();
    const message = await evaluationBenchmark.build(store.read, REQUEST);
    const rows = tableRows(message);
    expect(rows).toContain('Company big | App 1 | unlimited | 9 Mar | E-big');
    expect(rows).toContain('Company again-2 | App 1 | not known | 11 Mar, again after Jun 2025 | E-again-2');
    expect(rows).toContain('Company retry-2 | App 1 | not known | 12 Mar, again after Jan 2026 | E-retry-2');
    expect(rows).toContain('Company fresh | App 1 | not known | 14 Mar | E-fresh');
    expect(JSON.stringify(message.thread).replaceAll('\u00A0', ' ')).toContain(
      '5 evaluations started, biggest site first. Atlassian counts 13',
    );
    expect(JSON.stringify(message)).not.toContain('sandbox |');
  });

  it('prices what runs by what was bought before, as a range, and counts extensions', async () => {
    const store = await openRecorded();
    const text = parentText(await evaluationBenchmark.build(store.read, REQUEST));
    // The five that started and the extended one; 6 x 2 of 4 x $2,190, between none and all of them.
    expect(text).toContain('*Running now*\\n6, 1 on a site with more than 500 users');
    expect(text).toContain('$0 to $13.1k in the first year, if they buy as before; expected $6,570');
    expect(text).toContain('1 of 6 running were extended; 2 of 5 that started had tried the app before');
  });

  it('takes a moved end for an extension where Atlassian tells no end of the evaluation', async () => {
    const store = await openRecorded();
    const moved = LICENSES.map(
      (one): License => (one === withoutInsights ? { ...one, maintenanceEnd: '2026-05-13' } : one),
    );
    await recordPulls(store, SYNCED + 1, { licenses: { kind: 'licenses', rows: moved } });
    const text = parentText(await evaluationBenchmark.build(store.read, REQUEST));
    expect(text).toContain('2 of 6 running were extended');
  });

  it('carries what runs today only in the newest digest', async () => {
    const store = await openRecorded();
    const message = await evaluationBenchmark.build(store.read, { ...REQUEST, week: '2026-03-01' });
    expect(parentText(message)).not.toContain('Running now');
  });

  it('tells the benchmark the first time, the Marketplace being own growth minus the gap', async () => {
    const store = await openRecorded();
    const message = await evaluationBenchmark.build(store.read, REQUEST);
    expect(message.text.replaceAll('\u00A0', ' ')).toContain(
      'In Feb you did 4.1 pp better than all partners: they fell 4.4 %, you were flat (-0.3 %)',
    );
    expect(parentText(message)).toContain('Position: 99th percentile (unchanged)');
    expect(tableRows(message)).toContain(
      'App 1 | 268 | -16.8 % from 322 | +2.3 % | -19.1 | top of the Marketplace (up 15) | no comparison (no evaluations a year ago) | -',
    );
  });

  it('keeps to one line while the benchmark stays what it was when the digest last spoke', async () => {
    const store = await openRecorded();
    const message = await evaluationBenchmark.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(parentText(message)).toContain('Benchmark: Feb 2026 is still the newest month');
    expect(JSON.stringify(message)).not.toContain('percentile');
  });

  it('tells a month that came since it last spoke', async () => {
    const store = await openRecorded(['2026-01-01']);
    const before = await evaluationBenchmark.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(parentText(before)).toContain('Benchmark: Jan 2026 is still the newest month');
    await recordBenchmark(store, SYNCED + 2, benchmark(['2026-01-01', '2026-02-01']));
    const message = await evaluationBenchmark.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(message.text.replaceAll('\u00A0', ' ')).toContain('In Feb you did 4.1 pp better');
    expect(parentText(message)).not.toContain('Restated');
  });

  it('tells the benchmark again when an older month of it was restated', async () => {
    const store = await openRecorded();
    const restated: Fields = { ...ALL_APPS, growthMoM: [22.1, -0.28] };
    await recordBenchmark(store, SYNCED + 2, benchmark(['2026-01-01', '2026-02-01'], restated));
    const message = await evaluationBenchmark.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(parentText(message)).toContain(
      '*Restated since my last digest*: Jan 2026, growth from +24.7 % to +22.1 %',
    );
  });

  it('does not tell a month that was not over when the week was told', async () => {
    const store = await openRecorded(['2026-01-01', '2026-02-01', '2026-03-01']);
    const message = await evaluationBenchmark.build(store.read, { ...REQUEST, today: '2026-04-20' });
    expect(parentText(message)).toContain('*Benchmark, Feb 2026*');
  });

  it('says which week reads differently from what it told, and which evaluations came into it', async () => {
    const store = await openRecorded();
    await recordPulls(store, SYNCED + 2, {
      licenses: { kind: 'licenses', rows: [...LICENSES, evaluated('newcomer', '2026-03-03')] },
      evaluations: {
        kind: 'series',
        metric: 'evaluations',
        rows: [weekly(null, 'Cloud', 'Net new evaluation', ['2026-03-01'], 14)],
      },
    });
    const message = await evaluationBenchmark.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(parentText(message)).toContain(
      '*Changed since my last digest*, evaluations started: week 1–7 Mar from 10 to 14 (+Company newcomer)',
    );
  });

  it('knows nothing, rather than zero, before the first sync', async () => {
    const store = await openStore();
    const message = await evaluationBenchmark.build(store.read, REQUEST);
    expect(message.text).toContain("Atlassian has not published this week's evaluations yet");
    expect(parentText(message)).toContain('No data yet');
    expect(message.thread).toEqual([]);
  });
});

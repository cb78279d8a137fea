import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { funnel } from '../../src/digests/funnel.ts';
import { type Day, monthsEndingWith, startOf } from '../../src/domain/day.ts';
import type { LicenseEvent } from '../../src/domain/license-event.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { Store } from '../../src/store/store.ts';
import { chartPoints, parentText, tableRows } from '../support/reading.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 10 March 2026: the week 1 to 7 March is told, the newest month is February. */
const NOW = startOf('2026-03-10') + 9 * 3_600_000;
const SYNCED = startOf('2026-03-10') + 6 * 3_600_000;
const FEBRUARY: Day = '2026-02-01';
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: '2026-03-01',
  now: NOW,
  today: '2026-03-10',
};

type Metric = 'app-requests' | 'conversion-by-month';

/** The same number in each of the 12 months before, then the ones given from February on. */
function months(
  metric: Metric,
  name: string,
  before: number,
  newest: readonly number[],
  appKey: string | null = null,
): MetricSeries {
  const earlier = monthsEndingWith('2026-01-01', 12).map((period) => ({ period, value: before }));
  const later = newest.map((value, index) => ({ period: `2026-0${2 + index}-01` as Day, value }));
  return { metric, appKey, dataset: '', name, type: '', points: [...earlier, ...later] };
}

const REQUESTS = [
  months('app-requests', 'requests', 10, [30]),
  months('app-requests', 'approved', 5, [9]),
  months('app-requests', 'requests', 6, [20], 'app-1'),
  months('app-requests', 'approved', 2, [5], 'app-1'),
];

/** Of the running month too. */
const CONVERSIONS = [
  months('conversion-by-month', 'Evaluations', 20, [25, 4]),
  months('conversion-by-month', 'Conversions', 5, [2, 1]),
  months('conversion-by-month', 'Evaluations', 20, [25, 4], 'app-1'),
  months('conversion-by-month', 'Conversions', 5, [2, 1], 'app-1'),
];

function converted(name: string, eventDate: Day): LicenseEvent {
  const { appKey, host, hosting, name: appName } = aLicense();
  return {
    kind: 'conversion',
    appKey,
    name: appName,
    hosting,
    host,
    aliases: { appEntitlementNumber: `E-${name}` },
    eventDate,
    lastUpdated: eventDate,
  };
}

async function record(
  store: Store,
  metric: Metric,
  rows: readonly MetricSeries[],
  at = SYNCED,
): Promise<void> {
  await recordPulls(store, at, { [metric]: { kind: 'series', metric, rows } });
}

async function openRecorded(): Promise<Store> {
  const store = await openStore();
  await record(store, 'app-requests', REQUESTS);
  await record(store, 'conversion-by-month', CONVERSIONS);
  await recordPulls(store, SYNCED, {
    licenses: { kind: 'licenses', rows: [aLicense()] },
    'conversion-events': {
      kind: 'events',
      event: 'conversion',
      from: '2023-03-05',
      to: '2026-03-10',
      rows: [converted('1', '2026-02-01'), converted('2', '2026-02-28'), converted('3', '2026-03-01')],
    },
  });
  return store;
}

describe('the funnel digest from the store', () => {
  it('tells the newest month that is over, step by step, beside the 12 before it', async () => {
    const store = await openRecorded();
    const message = await funnel.build(store.read, REQUEST);
    // Requests: 120 in 365 days, for the 28 of February 2 to 18 is usual; 30 is more. Conversions: 60: 0 to 11.
    // Evaluations: 240: 8 to 30. Approvals: 9 of 30 against 60 of 120: 7 to 23.
    expect(message.text.replaceAll('\u00A0', ' ')).toContain(
      'Funnel Feb 2026, All apps: In Feb 2026 9 of 30 requests were approved (30 %); 25 evaluations started, 2 were bought. Requests are higher than usual.',
    );
    const text = parentText(message);
    expect(text).toContain('*Requests*\\n30; usual 10 (range 2 to 18): *higher than usual*');
    expect(text).toContain(
      '*Approvals*\\n9 of 30 (30 %); usual 50 % (range 7 to 23 of 30): within the usual range',
    );
    expect(text).toContain('*Evaluations*\\n25; usual 20 (range 8 to 30): within the usual range');
    expect(text).toContain(
      '*Conversions*\\n2; usual 5 (range 0 to 11): within the usual range; 2 of 25 evaluations (8 %)',
    );
    // The list names two in February as well: nothing to say.
    expect(text).not.toContain('Does not add up');
  });

  it('draws the steps beside the usual ones, approvals at their usual share of the requests', async () => {
    const store = await openRecorded();
    expect(chartPoints(await funnel.build(store.read, REQUEST))).toEqual({
      'Feb 2026': ['Requests 30', 'Approvals 9', 'Evaluations 25', 'Conversions 2'],
      Usual: ['Requests 10', 'Approvals 15', 'Evaluations 20', 'Conversions 5'],
    });
  });

  it('says where the list of conversions names another number', async () => {
    const store = await openRecorded();
    const more = CONVERSIONS.map((one) =>
      one.name === 'Conversions'
        ? {
            ...one,
            points: one.points.map((point) => (point.period === FEBRUARY ? { ...point, value: 4 } : point)),
          }
        : one,
    );
    await record(store, 'conversion-by-month', more, SYNCED + 1);
    expect(parentText(await funnel.build(store.read, REQUEST))).toContain(
      '*Does not add up*: Atlassian counts 4 conversions, its list names 2',
    );
  });

  it('says where the apps do not make what all of them together are', async () => {
    const store = await openRecorded();
    const second = (requests: number) => [
      ...REQUESTS,
      months('app-requests', 'requests', 4, [requests], 'app-2'),
      months('app-requests', 'approved', 3, [4], 'app-2'),
    ];
    // 20 + 10 requests and 5 + 4 approvals are the 30 and 9 of all apps; evaluations of the second are not known.
    await record(store, 'app-requests', second(10), SYNCED + 1);
    expect(parentText(await funnel.build(store.read, REQUEST))).not.toContain('Does not add up');
    await record(store, 'app-requests', second(7), SYNCED + 2);
    expect(parentText(await funnel.build(store.read, REQUEST))).toContain(
      '*Does not add up*: Atlassian counts 30 requests of all apps, its apps one by one make 27',
    );
  });

  it('tells one app, and each of several in the thread', async () => {
    const store = await openRecorded();
    const app = { appKey: 'app-1', name: 'App 1' };
    const message = await funnel.build(store.read, { ...REQUEST, app });
    expect(message.text.replaceAll('\u00A0', ' ')).toContain('5 of 20 requests were approved (25 %)');
    const rows = tableRows(message);
    expect(rows[0]).toBe('Month | Requests | Approvals | Evaluations | Conversions');
    expect(rows).toContain('Feb 2026 | 20 | 5 | 25 | 2');
    expect(rows.at(-1)).toBe('Feb 2025 | 6 | 2 | 20 | 5');
  });

  it('keeps to one line while nothing is new, and tells a restated month again', async () => {
    const store = await openRecorded();
    const request = { ...REQUEST, lastSpokeAt: SYNCED + 1 };
    expect((await funnel.build(store.read, request)).text).toContain('Feb 2026 is still the newest month');
    expect((await funnel.build(store.read, { ...request, isAsked: true })).text).toContain('In Feb 2026');
    await record(store, 'app-requests', [months('app-requests', 'requests', 10, [33])], SYNCED + 2);
    const restated = await funnel.build(store.read, request);
    expect(parentText(restated)).toContain(
      '*Restated since my last digest*: Feb 2026, requests from 30 to 33',
    );
  });

  it('waits until a month was over for three days, and until both ends of it are known', async () => {
    const store = await openRecorded();
    const early = { ...REQUEST, week: '2026-02-22', today: '2026-03-03' } as const;
    expect((await funnel.build(store.read, early)).text).toContain('Funnel Jan 2026');
    expect((await funnel.build(store.read, { ...early, today: '2026-03-04' })).text).toContain(
      'Funnel Feb 2026',
    );
    // In April March is over, but its requests are not published.
    const april = { ...REQUEST, week: '2026-04-05', today: '2026-04-14' } as const;
    expect((await funnel.build(store.read, april)).text).toContain('Funnel Feb 2026');
  });

  it('tells what there is where one end is never known', async () => {
    const store = await openStore();
    await record(store, 'conversion-by-month', CONVERSIONS);
    const message = await funnel.build(store.read, REQUEST);
    expect(message.text).toContain(
      'In Feb 2026 requests are not known; 25 evaluations started, 2 were bought',
    );
    expect(message.text).toContain('What is known is within the usual range');
    expect(parentText(message)).toContain('*Not read yet*: requests');
    const empty = await openStore();
    expect((await funnel.build(empty.read, REQUEST)).text).toContain('have not been read yet');
  });

  it('tells the month of a past week when asked for one', async () => {
    const store = await openRecorded();
    const message = await funnel.build(store.read, { ...REQUEST, week: '2025-06-15' });
    expect(message.text).toContain('Funnel Jun 2025');
    expect(message.text).toContain('Too few months before it to say what is usual');
  });
});

import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { installs } from '../../src/digests/installs.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { Store } from '../../src/store/store.ts';
import { toInstallSeries } from '../../src/sync/data-sets/installs.ts';
import { chartPoints, parentText, tableRows } from '../support/reading.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 17 March 2026: the week Sunday 8 March is told, of installations Monday 9 to Sunday 15 March. */
const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;
const MONDAY: Day = '2026-03-09';
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: '2026-03-08',
  now: NOW,
  today: '2026-03-17',
};

/** App 1 grows by 2 and by 4 in turn, in the last week by `last`; app 2 has 50 all the time. 53 weeks, the last is MONDAY. */
function series(last: number): MetricSeries[] {
  const mondays = weeksEndingWith(MONDAY, 53);
  let installs = 100;
  const records = mondays.flatMap((period, index) => {
    if (index > 0) installs += index === 52 ? last : index % 2 === 1 ? 2 : 4;
    return [
      { period, appKey: 'app-1', installs },
      { period, appKey: 'app-2', installs: 50 },
    ];
  });
  return toInstallSeries(records);
}

async function record(store: Store, rows: readonly MetricSeries[], at = SYNCED): Promise<void> {
  await recordPulls(store, at, {
    installs: { kind: 'series', metric: 'installs', rows },
    licenses: {
      kind: 'licenses',
      rows: [
        aLicense(),
        aLicense({ appKey: 'app-2', name: 'App 2', aliases: { appEntitlementNumber: 'E-2' } }),
      ],
    },
  });
}

async function openRecorded(last = 9): Promise<Store> {
  const store = await openStore();
  await record(store, series(last));
  return store;
}

describe('the installs digest from the store', () => {
  it('tells the week that begins on the Monday after the Sunday asked for', async () => {
    const store = await openRecorded();
    const message = await installs.build(store.read, REQUEST);
    // App 1: 51 changes before the last, 26 x 2 + 25 x 4 = 152: 100 + 152 = 252, and 9 are 261.
    // With app 2's 50: 311. Changes 2, 4, 2, 4: usual 3, reach 2.66 x 2 = 5.32: -2 to 8; 9 is more.
    expect(message.text).toContain(
      'Installations 9–15 Mar, All apps: 311 active installations, 9 more than the week before; usual change +3 (range -2 to +8): higher than usual',
    );
    const text = parentText(message);
    // Four weeks before: 261 - 9 - (2 + 4 + 2) = 244, with 50: 294; +17, 5.8 %. 52 weeks before: 100 + 50; +161, 107 %.
    expect(text).toContain('*Four weeks ago*\\n294; +17 since (+5.8 %)');
    expect(text).toContain('*A year ago*\\n150; +161 since (+107 %)');
    expect(text).toContain('1 grew, 0 shrank, 1 did not change');
    expect(tableRows(message)).toEqual([
      'App | Installations | Change | Usual range | Beside it',
      'App 1 | 261 | +9 | -2 to +8 | higher than usual',
      'App 2 | 50 | 0 | 0 to 0 | within the usual range',
    ]);
    expect(chartPoints(message)?.['Change']?.slice(-3)).toEqual(['23 Feb 4', '2 Mar 2', '9 Mar 9']);
  });

  it('tells one app by itself', async () => {
    const store = await openRecorded();
    const app = { appKey: 'app-2', name: 'App 2' };
    const message = await installs.build(store.read, { ...REQUEST, app });
    expect(message.text).toContain('50 active installations, as many as the week before');
    expect(message.thread).toEqual([]);
  });

  it('is not over on the Sunday on which the other weeks are', async () => {
    const store = await openRecorded(-40);
    const sunday = { ...REQUEST, now: startOf('2026-03-15') + 1, today: '2026-03-15' as const };
    const message = await installs.build(store.read, sunday);
    expect(message.text).toContain('still filling, so not called low. So far: the week is not over.');
    expect(parentText(message)).toContain('not over yet, so incomplete');
    // On Thursday it is.
    const thursday = { ...REQUEST, today: '2026-03-19' as const };
    expect((await installs.build(store.read, thursday)).text).toContain('lower than usual');
  });

  it('calls a week unknown, not zero, that is not published', async () => {
    const store = await openRecorded();
    const message = await installs.build(store.read, { ...REQUEST, week: '2026-03-15' });
    expect(message.text).toContain("has not published this week's installations yet");
    expect(message.text).toContain('The newest known week, 9–15 Mar, has 311.');
  });

  it('says which week reads differently from what it told, by its Monday', async () => {
    const store = await openRecorded();
    const restated = series(9).map((one) => ({
      ...one,
      points: one.points.map((point) =>
        point.period === addDays(MONDAY, -7) && one.appKey !== 'app-2'
          ? { ...point, value: (point.value ?? 0) + 5 }
          : point,
      ),
    }));
    await record(store, restated, SYNCED + 2);
    const message = await installs.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    // 252 + 50 = 302.
    expect(parentText(message)).toContain('installations: week 2–8 Mar from 302 to 307');
  });

  it('tells a past week as it tells the newest', async () => {
    const store = await openRecorded();
    const message = await installs.build(store.read, { ...REQUEST, week: '2026-03-01' });
    expect(message.text).toContain('Installations 2–8 Mar, All apps: 302 active installations, 2 more');
    expect(parentText(message)).toContain('settling');
  });

  it('knows nothing, rather than zero, before the first sync', async () => {
    const store = await openStore();
    const message = await installs.build(store.read, REQUEST);
    expect(message.text).toContain('Installations have not been read yet');
    expect(message.thread).toEqual([]);
  });
});

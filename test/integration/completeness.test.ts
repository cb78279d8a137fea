import { describe, expect, it } from 'vitest';
import { churn } from '../../src/digests/churn.ts';
import { addDays, type Day, dayOf, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { Store } from '../../src/store/store.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { openStore } from '../support/store-on-disk.ts';

const HOUR = 3_600_000;

/** The week told, on the Tuesday after it. */
const WEEK: Day = '2026-05-10';
const NOW = startOf('2026-05-19') + 9 * HOUR;

function series(name: string, values: ReadonlyMap<Day, number>): MetricSeries {
  const points = [...values].map(([period, value]) => ({ period, value }));
  return { metric: 'churn', appKey: null, dataset: 'Annual', name, type: '', points };
}

/**
 * Syncs on Sunday, Tuesday and the Tuesday after of so many weeks before the one told: 200 due from the first, of 20 who
 * leave 18 are known on Tuesday and the others a week later. Of the week told `now` are known.
 */
async function openFilled(count: number, now: number): Promise<Store> {
  const store = await openStore();
  const due = new Map<Day, number>();
  const left = new Map<Day, number>();
  const weeks = weeksEndingWith(WEEK, count + 1);
  const sync = async (day: Day) => {
    const rows = [series('Customers', due), series('Cancellations', left)];
    await recordPulls(store, startOf(day) + 6 * HOUR, { churn: { kind: 'series', metric: 'churn', rows } });
  };
  // Weeks from before the first import, whole from the beginning: they tell nothing about how weeks fill.
  for (const week of weeksEndingWith(addDays(weeks[0] ?? WEEK, -7), 20)) {
    due.set(week, 200);
    left.set(week, 20);
  }
  await sync(addDays(weeks[0] ?? WEEK, 5));
  for (const week of weeks) {
    due.set(week, 200);
    await sync(addDays(week, 7));
    left.set(week, week === WEEK ? now : 18);
    if (left.has(addDays(week, -7))) left.set(addDays(week, -7), 20);
    await sync(addDays(week, 9));
  }
  return store;
}

async function parent(store: Store): Promise<string> {
  const request = { developerId: 'dev-1', app: null, week: WEEK, now: NOW, today: dayOf(NOW) };
  return JSON.stringify((await churn.build(store.read, request)).blocks).replaceAll('\u00A0', ' ');
}

describe('how complete a week usually is', () => {
  it('is learned from how the weeks before filled, eight of them that are 28 days old', async () => {
    // 11 weeks: the newest three ended less than 28 days ago; of the eight others 18 of 20 were known on Tuesday.
    expect(await parent(await openFilled(11, 18))).toContain(
      'provisional: late events are still expected; weeks this fresh are usually 90 % complete',
    );
  });

  it('is not said before eight such weeks were seen', async () => {
    const words = await parent(await openFilled(10, 18));
    expect(words).toContain('provisional: late events are still expected');
    expect(words).not.toContain('complete');
  });
});

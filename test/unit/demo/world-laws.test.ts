import { describe, expect, it } from 'vitest';
import type { RawElement, RawSeries } from '../../../demo/world/aggregates.ts';
import { APPS } from '../../../demo/world/apps.ts';
import { createWorld, type WorldSnapshot } from '../../../demo/world/world.ts';
import type { Day } from '../../../src/domain/day.ts';

const TODAY: Day = '2026-03-17';
const world = createWorld({ seed: 7, today: TODAY });
const shown = world.at(TODAY);

function shift(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10) as Day;
}

function sundayOf(day: string): Day {
  return shift(day as Day, -new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** The 26 weeks before the current one, oldest first. */
function completeWeeks(today: Day): Day[] {
  return Array.from({ length: 26 }, (_, index) => shift(sundayOf(today), -7 * (26 - index)));
}

function perWeek(days: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const day of days) counts.set(sundayOf(day), (counts.get(sundayOf(day)) ?? 0) + 1);
  return counts;
}

function countsOf(elements: readonly RawElement[] | undefined): Map<string, number> {
  return new Map((elements ?? []).map(({ date, count }) => [date, count]));
}

function elementsOf(series: readonly RawSeries[] | undefined, name: string): Map<string, number> {
  return countsOf(series?.find((one) => one.name === name)?.elements);
}

function sum(...maps: Map<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const map of maps) for (const [key, count] of map) total[key] = (total[key] ?? 0) + count;
  return total;
}

function runRate(snapshot: WorldSnapshot): number {
  let total = 0;
  for (const { purchaseDetails: line } of snapshot.transactions) {
    if (line.maintenanceStartDate > snapshot.asOf || line.maintenanceEndDate <= snapshot.asOf) continue;
    const days = (Date.parse(line.maintenanceEndDate) - Date.parse(line.maintenanceStartDate)) / 86_400_000;
    total += ((line.vendorAmount / days) * 365) / 12;
  }
  return total;
}

describe('the generated developer space', () => {
  it('is the same for the same seed and day, whatever was asked before', () => {
    const again = createWorld({ seed: 7, today: TODAY });
    again.at(shift(TODAY, -400));
    again.at(shift(TODAY, 20));
    const then = again.at(TODAY);
    expect(JSON.stringify(then.licenses)).toBe(JSON.stringify(shown.licenses));
    expect(JSON.stringify(then.transactions)).toBe(JSON.stringify(shown.transactions));
    expect(JSON.stringify(then.events('churn'))).toBe(JSON.stringify(shown.events('churn')));
    expect(JSON.stringify(then.feedback)).toBe(JSON.stringify(shown.feedback));
    expect(then.churnBenchmark()).toEqual(shown.churnBenchmark());
    expect(then.evaluationBenchmark()).toEqual(shown.evaluationBenchmark());
    expect(then.salesBenchmark()).toEqual(shown.salesBenchmark());
    expect(then.appRequests()).toEqual(shown.appRequests());
    expect(then.customersBy('tier')).toEqual(shown.customersBy('tier'));
    expect(then.topKeywords('marketplace', TODAY)).toEqual(shown.topKeywords('marketplace', TODAY));
    expect(again.landmarks).toEqual(world.landmarks);
  });

  it('differs for another seed', () => {
    const other = createWorld({ seed: 8, today: TODAY }).at(TODAY);
    expect(other.transactions[100]).not.toEqual(shown.transactions[100]);
  });

  it('refuses a day that is none', () => {
    expect(() => createWorld({ seed: 1, today: 'tomorrow' as Day })).toThrow('today must be YYYY-MM-DD');
  });

  it.each<[number, Day]>([
    [7, TODAY],
    [1, '2026-05-31'],
    [42, '2028-02-29'],
    [2026, '2026-11-23'],
    [4, '2026-01-04'],
  ])('looks like a healthy small partner (seed %i, %s)', (seed, today) => {
    const snapshot = createWorld({ seed, today }).at(today);
    const weeks = completeWeeks(today);
    const inRange = (counts: Map<string, number>, min: number, max: number) => {
      const values = weeks.map((week) => counts.get(week) ?? 0);
      expect(Math.min(...values), `lowest of ${values.join(' ')}`).toBeGreaterThanOrEqual(min);
      expect(Math.max(...values), `highest of ${values.join(' ')}`).toBeLessThanOrEqual(max);
      return values.reduce((total, value) => total + value, 0) / values.length;
    };
    expect(snapshot.licenses.length).toBeGreaterThan(2800);
    expect(snapshot.licenses.length).toBeLessThan(4200);
    expect(snapshot.transactions.length).toBeGreaterThan(7000);
    expect(snapshot.transactions.length).toBeLessThan(9500);
    expect(runRate(snapshot)).toBeGreaterThan(60_000);
    expect(runRate(snapshot)).toBeLessThan(120_000);
    expect(new Set(snapshot.licenses.map(({ addonKey }) => addonKey)).size).toBe(6);

    const churn = inRange(perWeek(snapshot.events('churn').map(({ eventDate }) => eventDate)), 2, 16);
    expect(churn).toBeGreaterThan(5);
    const sales = snapshot.transactions.filter(
      ({ purchaseDetails: line }) =>
        line.saleType === 'New' && line.vendorAmount > 0 && line.changeInBillingPeriod !== 'Yes',
    );
    const sold = inRange(
      perWeek(sales.map(({ purchaseDetails }) => purchaseDetails.maintenanceStartDate)),
      6,
      30,
    );
    expect(sold).toBeGreaterThan(12);
    expect(sold).toBeLessThan(20);
    const hosting = snapshot.evaluations('hosting', { aggregation: 'week' }).total.series;
    const begun = sum(elementsOf(hosting, 'Cloud'), elementsOf(hosting, 'Data Center'));
    const evaluations = inRange(new Map(Object.entries(begun)), 30, 60);
    const bought = inRange(perWeek(snapshot.events('conversion').map(({ eventDate }) => eventDate)), 2, 24);
    expect(bought / evaluations).toBeGreaterThan(0.2);
    expect(bought / evaluations).toBeLessThan(0.35);
  });

  it('spans three years', () => {
    const first = shown.transactions
      .map(({ purchaseDetails }) => purchaseDetails.maintenanceStartDate)
      .sort()[0];
    expect(first && first > '2023-03-01' && first < '2023-06-01').toBe(true);
  });
});

describe('the aggregates', () => {
  const scopes = [undefined, ...APPS.filter((app) => !app.alwaysFree).map((app) => app.appKey)];

  it.each(scopes)('count as many cancellations a week as there are churn events (%s)', (appKey) => {
    const answer = shown.retention('churn', { aggregation: 'week' });
    const datasets =
      (appKey ? answer.addons.find(({ addonKey }) => addonKey === appKey) : answer.total)?.datasets ?? [];
    const counted = sum(...datasets.map(({ series }) => elementsOf(series, 'Cancellations')));
    const events = shown.events('churn').filter(({ addonKey }) => !appKey || addonKey === appKey);
    expect(events.length).toBeGreaterThan(3);
    expect(counted).toEqual(sum(perWeek(events.map(({ eventDate }) => eventDate))));
  });

  it.each(['Monthly', 'Annual'])(
    'add up: cancellations and renewals are the customers due, who are the renewal opportunities (%s)',
    (billing) => {
      for (const range of [{ aggregation: 'week' }, { aggregation: 'month' }] as const) {
        const churn = shown.retention('churn', range);
        const renewal = shown.retention('renewal', range);
        for (const scope of [undefined, ...churn.addons.map(({ addonKey }) => addonKey)]) {
          const pick = ({ total, addons }: typeof churn) =>
            (scope ? addons.find(({ addonKey }) => addonKey === scope) : total)?.datasets.find(
              ({ name }) => name === billing,
            )?.series;
          const customers = sum(elementsOf(pick(churn), 'Customers'));
          expect(sum(elementsOf(pick(renewal), 'Renewal opportunities'))).toEqual(customers);
          expect(
            sum(elementsOf(pick(churn), 'Cancellations'), elementsOf(pick(renewal), 'Renewals')),
          ).toEqual(customers);
        }
        expect(
          Object.keys(sum(elementsOf(churn.total.datasets[0]?.series, 'Customers'))).length,
        ).toBeGreaterThan(30);
      }
    },
  );

  it('count every conversion event, and every Cloud evaluation once', () => {
    const { series } = shown.conversion({ aggregation: 'week' }).total;
    expect(sum(elementsOf(series, 'Conversions'))).toEqual(
      sum(perWeek(shown.events('conversion').map(({ eventDate }) => eventDate))),
    );
    const hosting = shown.evaluations('hosting', { aggregation: 'week' }).total.series;
    expect(sum(elementsOf(series, 'Evaluations'))).toEqual(sum(elementsOf(hosting, 'Cloud')));
  });

  it('count the evaluations that the licences show', () => {
    const begun = new Map<string, string>();
    for (const row of shown.licenses) {
      if (row.licenseSourceType !== 'Non-Atlassian' || row.installedOnSandbox === 'Yes') continue;
      if (row.cloudComplianceBoundaries?.includes('fedramp_moderate')) continue;
      const { evaluationStartDate: start, evaluationLicense } = row;
      if (start !== undefined && start !== 'NA') begun.set(evaluationLicense ?? '', start);
    }
    const answer = shown.evaluations('hosting', { aggregation: 'week' }).total.series;
    expect(sum(...answer.map(({ elements }) => countsOf(elements)))).toEqual(
      sum(perWeek([...begun.values()])),
    );
  });

  it('have totals that are the sum of their apps', () => {
    const answer = shown.evaluations('country', { aggregation: 'month' });
    const all = (series: readonly RawSeries[]) => series.map(({ elements }) => countsOf(elements));
    expect(sum(...answer.addons.flatMap(({ series }) => all(series)))).toEqual(
      sum(...all(answer.total.series)),
    );
  });

  it('leave out weeks without anything, and start weeks on Sunday', () => {
    const answer = shown.retention('churn', { aggregation: 'week' });
    const elements = answer.addons.flatMap(({ datasets }) =>
      datasets.flatMap(({ series }) => series.flatMap((one) => one.elements)),
    );
    expect(elements.length).toBeGreaterThan(100);
    expect(elements.every(({ count }) => count > 0)).toBe(true);
    expect(elements.every(({ date }) => sundayOf(date) === date)).toBe(true);
  });

  it('begin with the whole week of a start date in its middle, and end with the end date', () => {
    const range = { aggregation: 'week', startDate: '2026-02-18', endDate: '2026-03-03' } as const;
    const { series } = shown.conversion(range).total;
    expect([...elementsOf(series, 'Evaluations').keys()]).toEqual(['2026-02-15', '2026-02-22', '2026-03-01']);
    const days = shown.events('conversion').map(({ eventDate }) => eventDate);
    const expected = perWeek(days.filter((day) => day >= '2026-02-15' && day <= '2026-03-03'));
    expect(sum(elementsOf(series, 'Conversions'))).toEqual(sum(expected));
  });

  it('count an entitlement once in uniqueTotal, however often it fell due', () => {
    const monthly = shown
      .retention('churn', { aggregation: 'week' })
      .total.datasets.find(({ name }) => name === 'Monthly');
    const customers = monthly?.series.find(({ name }) => name === 'Customers');
    const due = [...shown.events('churn'), ...shown.events('renewal')]
      .filter(({ licenseDetails }) => licenseDetails.monthsValid === 1)
      .map(({ licenseDetails }) => licenseDetails.appEntitlementId);
    expect(customers?.uniqueTotal).toBe(new Set(due).size);
    expect(customers?.uniqueTotal).toBeLessThan(due.length / 3);
  });
});

describe('the events', () => {
  it('name entitlements that the licences name too, and that have ended where they churned', () => {
    const licenses = new Map(shown.licenses.map((row) => [row.appEntitlementNumber, row]));
    const strangers = shown.events('churn').filter(({ licenseDetails, addonKey }) => {
      const license = licenses.get(licenseDetails.appEntitlementNumber);
      return license !== undefined && license.addonKey !== addonKey;
    });
    expect(strangers).toEqual([]);
    const found = shown
      .events('churn')
      .map((event) => licenses.get(event.licenseDetails.appEntitlementNumber)?.status);
    expect(found.filter((status) => status === 'inactive').length / found.length).toBeGreaterThan(0.98);
  });

  it('name transactions of the same entitlement', () => {
    const orders = new Set(
      shown.transactions.map((row) => `${row.transactionId} ${String(row.appEntitlementNumber)}`),
    );
    const events = [...shown.events('conversion'), ...shown.events('renewal'), ...shown.events('churn')];
    const known = events.filter((event) =>
      orders.has(`${String(event.transactionId)} ${event.licenseDetails.appEntitlementNumber}`),
    );
    expect(known.length / events.length).toBeGreaterThan(0.98);
  });

  it('concern paying Cloud customers only', () => {
    const counted = new Set(['COMMERCIAL', 'ACADEMIC', 'EVALUATION']);
    const hidden = new Set(
      shown.licenses
        .filter(
          (row) =>
            row.hosting !== 'Cloud' ||
            row.licenseSourceType !== 'Non-Atlassian' ||
            row.installedOnSandbox === 'Yes' ||
            row.cloudComplianceBoundaries?.includes('fedramp_moderate') ||
            !counted.has(row.licenseType),
        )
        .map(({ appEntitlementId }) => appEntitlementId),
    );
    const paying = new Set(
      shown.transactions
        .filter(({ purchaseDetails }) => purchaseDetails.vendorAmount > 0)
        .map(({ appEntitlementId }) => appEntitlementId),
    );
    const named = [...shown.events('conversion'), ...shown.events('renewal'), ...shown.events('churn')].map(
      ({ licenseDetails }) => licenseDetails.appEntitlementId,
    );
    expect(hidden.size).toBeGreaterThan(200);
    expect(named.filter((id) => hidden.has(id))).toEqual([]);
    expect(named.filter((id) => paying.has(id)).length / named.length).toBeGreaterThan(0.995);
  });
});

describe('the benchmarks', () => {
  it('publish the churn of a month two to three months later, newest first', () => {
    const newest = (today: Day) => world.at(today).churnBenchmark()[0]?.churnBenchmarkPerMonth[0];
    expect(newest('2026-03-17')).toMatchObject({ year: '2025', month: '12' });
    expect(newest('2026-03-04')).toMatchObject({ year: '2025', month: '11' });
    expect(newest('2026-04-05')).toMatchObject({ year: '2026', month: '01' });
    const months = shown
      .churnBenchmark()[0]
      ?.churnBenchmarkPerMonth.map(({ year, month }) => `${year}-${month}`);
    expect(months).toEqual([...(months ?? [])].sort().reverse());
  });

  it('give churn rates in percent of the licences exposed, isolated churn being a part of it', () => {
    const rows = shown.churnBenchmark().flatMap(({ churnBenchmarkPerMonth }) => churnBenchmarkPerMonth);
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) {
      expect(row.churnRate).toBeCloseTo((100 * row.churnedLicenses) / row.totalLicenses, 2);
      expect(row.isolatedChurnRate).toBeLessThanOrEqual(row.churnRate);
    }
    const large = rows.filter(({ totalLicenses }) => totalLicenses > 50).map((row) => row.churnRateBenchmark);
    expect(Math.max(...large)).toBeLessThan(5);
    expect(Math.min(...large)).toBeLessThan(1);
  });

  it('give evaluation growth in percent and the lead over the market in points', () => {
    const { totals, addons } = shown.evaluationBenchmark();
    const [newest, before] = totals.evaluationBenchmarkPerVendorPerMonth;
    if (!newest || !before) throw new Error('no benchmark');
    expect([newest.date, before.date]).toEqual(['2026-02-01', '2026-01-01']);
    const growth =
      (100 * (newest.evaluationCount - newest.previousMonthEvaluationCount)) /
      newest.previousMonthEvaluationCount;
    expect(newest.evaluationMoMGrowth).toBeCloseTo(growth, 1);
    const market = growth - (newest.evaluationMoMGrowthBenchmarkAllPartners ?? Number.NaN);
    expect(Math.abs(market)).toBeLessThan(12);
    expect(newest.evaluationCountYTD).toBeGreaterThan(newest.evaluationCount);
    expect(before.evaluationCountYTD).toBe(before.evaluationCount);
    expect(addons.map(({ addonKey }) => addonKey)).toHaveLength(5);
    const ofApps = addons.map(
      ({ evaluationBenchmarkPerAppPerMonth }) => evaluationBenchmarkPerAppPerMonth[0],
    );
    expect(ofApps.reduce((total, row) => total + (row?.evaluationCount ?? 0), 0)).toBe(
      newest.evaluationCount,
    );
    expect(ofApps[0]).toHaveProperty('evaluationYTDYoYGrowthBenchmarkAllAppsOnBaseProduct');
  });

  it('have no growth where there is no base', () => {
    const rows = world
      .at('2025-12-20')
      .evaluationBenchmark()
      .addons.flatMap(({ evaluationBenchmarkPerAppPerMonth }) => evaluationBenchmarkPerAppPerMonth);
    const baseless = rows.filter(({ evaluationCountYTDLastYear }) => evaluationCountYTDLastYear === 0);
    expect(baseless.length).toBeGreaterThan(0);
    expect(baseless.every((row) => row.evaluationYTDYoYGrowth === null)).toBe(true);
    expect(baseless.every((row) => row.evaluationYTDYoYGrowthBenchmarkAllAppsOnBaseProduct === null)).toBe(
      true,
    );
  });
});

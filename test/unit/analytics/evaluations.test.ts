import { describe, expect, it } from 'vitest';
import { boughtBetween, buildCohorts, cohortRates, isMature } from '../../../src/analytics/cohorts.ts';
import { buildCoverage } from '../../../src/analytics/coverage.ts';
import { readEvaluations } from '../../../src/analytics/evaluations.ts';
import { openEvaluations, runningOut } from '../../../src/analytics/open-evaluations.ts';
import { pipelineValue } from '../../../src/analytics/pipeline.ts';
import { assessRate } from '../../../src/analytics/unusual-rate.ts';
import { addDays, type Day, weeksEndingWith } from '../../../src/domain/day.ts';
import { createRandom, evaluation, license, line } from './rows.ts';

const START: Day = '2026-02-03'; // a Tuesday of the week of 1 February

describe('readEvaluations', () => {
  it('takes the sale from the licence, else from the first paid line since the start', () => {
    const licenses = [
      evaluation('E-1', START, { evaluationSale: '2026-02-20' }),
      evaluation('E-2', START),
      evaluation('E-3', START),
    ];
    const paid = [
      line({ entitlement: 'E-1', saleDate: '2026-03-01' }),
      line({ entitlement: 'E-2', saleDate: '2026-03-09' }),
      line({ entitlement: 'E-2', saleDate: '2026-03-04' }),
      line({ entitlement: 'E-2', saleDate: '2026-02-10', vendorAmount: -5 }),
    ];
    const { list } = readEvaluations(licenses, paid);
    expect(list.map(({ entitlement, sale }) => [entitlement, sale])).toEqual([
      ['E-1', '2026-02-20'],
      ['E-2', '2026-03-04'],
      ['E-3', undefined],
    ]);
  });

  it('follows Data Center to the licence that grew from the evaluation, and counts it once', () => {
    const dataCenter = { hosting: 'Data Center', host: {} } as const;
    const licenses = [
      evaluation('SEN-1', START, { ...dataCenter, aliases: { licenseId: 'SEN-1' } }),
      license({
        ...dataCenter,
        entitlement: 'SEN-2',
        aliases: { licenseId: 'SEN-2' },
        evaluationLicense: 'SEN-1',
        evaluationStart: START,
      }),
    ];
    const { list } = readEvaluations(licenses, [line({ entitlement: 'SEN-2', saleDate: '2026-02-25' })]);
    expect(list).toMatchObject([{ entitlement: 'SEN-1', sale: '2026-02-25', paidEntitlement: 'SEN-2' }]);
  });

  it('takes the earliest of several sales', () => {
    const buyer = (entitlement: string, evaluationSale: Day) =>
      license({ entitlement, host: {}, evaluationLicense: 'SEN-1', evaluationSale });
    const tried = evaluation('SEN-1', START, { host: {}, aliases: { licenseId: 'SEN-1' } });
    const buyers = [buyer('SEN-2', '2026-03-05'), buyer('SEN-3', '2026-02-25'), buyer('SEN-4', '2026-03-01')];
    expect(readEvaluations([tried, ...buyers], []).list).toMatchObject([
      { sale: '2026-02-25', paidEntitlement: 'SEN-3' },
    ]);
  });

  it('counts a Cloud licence that names itself, or one whose evaluation is not there, as its own', () => {
    const aliases = { appEntitlementId: 'uuid-1' };
    const bought = license({
      aliases,
      evaluationStart: START,
      evaluationLicense: 'uuid-1',
      evaluationSale: '2026-02-25',
    });
    expect(readEvaluations([bought], []).list).toMatchObject([{ start: START, sale: '2026-02-25' }]);
    expect(readEvaluations([{ ...bought, evaluationLicense: 'uuid-gone' }], []).list).toHaveLength(1);
  });

  it('starts a licence without insights at its maintenance, and knows no other licence types without a start', () => {
    const { evaluationStart: _, ...young } = evaluation('E-1', START);
    expect(readEvaluations([young, license({ entitlement: 'E-2' })], []).list).toMatchObject([
      { start: START },
    ]);
  });

  it('leaves out Atlassian, sandboxes and those who had paid before', () => {
    const licenses = [
      evaluation('E-1', START, { isAtlassian: true }),
      evaluation('E-2', START, { sandbox: 'yes' }),
      evaluation('E-3', START),
      evaluation('E-4', START),
    ];
    const paid = [
      line({ entitlement: 'E-3', saleDate: '2026-02-02' }),
      line({ entitlement: 'E-4', saleDate: START }),
    ];
    const { list, excluded } = readEvaluations(licenses, paid);
    expect(list.map(({ entitlement }) => entitlement)).toEqual(['E-4']);
    expect(list[0]?.sale).toBe(START);
    expect(excluded).toEqual({ atlassian: 1, sandbox: 1, partner: 0, existing: 1 });
  });

  it('leaves out what a partner tries itself, however it writes its name, and keeps what it starts for a customer', () => {
    const partner = { name: 'Solutión Partners, Inc.', type: 'Expert' };
    const licenses = [
      evaluation('E-1', START, { partner, customer: { company: 'SOLUTION PARTNERS INC' } }),
      evaluation('E-2', START, { partner, customer: { company: 'Acme GmbH' } }),
      evaluation('E-3', START, { partner: { name: '...' }, customer: { company: '!' } }),
      evaluation('E-4', START, { customer: { company: 'Solution Partners Inc' } }),
    ];
    const { list, excluded } = readEvaluations(licenses, []);
    expect(list.map(({ entitlement }) => entitlement)).toEqual(['E-2', 'E-3', 'E-4']);
    expect(excluded).toMatchObject({ partner: 1 });
  });

  it('counts tries of one site and app within 90 days once, bought when any of them was', () => {
    const site = { host: { cloudId: 'site-1' } };
    const licenses = [
      evaluation('E-1', START, { ...site, opportunityUsers: 100 }),
      evaluation('E-2', addDays(START, 89), {
        ...site,
        evaluationSale: addDays(START, 95),
        opportunityUsers: 120,
      }),
      evaluation('E-3', addDays(START, 90), site),
      evaluation('E-4', addDays(START, 10), { ...site, appKey: 'app-2' }),
      evaluation('E-5', addDays(START, 10), { host: { cloudId: 'site-2' } }),
    ];
    const { list } = readEvaluations(licenses, []);
    expect(list).toMatchObject([
      {
        entitlement: 'E-1',
        retries: 1,
        sale: addDays(START, 95),
        paidEntitlement: 'E-2',
        users: 120,
        previousStart: undefined,
      },
      { entitlement: 'E-4', retries: 0 },
      { entitlement: 'E-5', retries: 0 },
      { entitlement: 'E-3', retries: 0, sale: undefined, previousStart: START },
    ]);
  });

  it('takes a sale for what it is only after the start, and the earlier one of two tries', () => {
    const site = { host: { cloudId: 'site-1' } };
    const before = evaluation('E-1', START, { evaluationSale: addDays(START, -1) });
    expect(readEvaluations([before], []).list).toMatchObject([
      { sale: undefined, paidEntitlement: undefined },
    ]);
    const tries = [
      evaluation('E-1', START, { ...site, evaluationSale: addDays(START, 80) }),
      evaluation('E-2', addDays(START, 20), { ...site, evaluationSale: addDays(START, 40) }),
      evaluation('E-3', addDays(START, 30), { ...site, evaluationSale: addDays(START, 60) }),
      evaluation('E-4', addDays(START, 35), site),
    ];
    expect(readEvaluations(tries, []).list).toMatchObject([
      { sale: addDays(START, 40), paidEntitlement: 'E-2', retries: 3 },
    ]);
  });

  it('keeps evaluations without a cloud site apart', () => {
    const licenses = [evaluation('E-1', START, { host: {} }), evaluation('E-2', START, { host: {} })];
    expect(readEvaluations(licenses, []).list).toHaveLength(2);
  });

  it('counts a licence that comes twice, with and without insights, once', () => {
    const { evaluationStart: _, ...bare } = evaluation('E-1', START, { sandbox: 'unknown' });
    expect(readEvaluations([bare, evaluation('E-1', START)], []).list).toHaveLength(1);
    expect(readEvaluations([bare, evaluation('E-1', START, { sandbox: 'yes' })], []).list).toHaveLength(0);
  });

  it('holds: order does not matter and unrelated licences change nothing', () => {
    const random = createRandom(31);
    for (let example = 0; example < 30; example += 1) {
      const licenses = Array.from({ length: 30 }, (_, index) =>
        evaluation(`E-${index}`, addDays(START, random.whole(0, 300)), {
          host: { cloudId: `site-${random.whole(1, 6)}` },
          ...(random.whole(0, 2) === 0 && { evaluationSale: addDays(START, 300 + random.whole(0, 60)) }),
        }),
      );
      const found = readEvaluations(licenses, []);
      expect(readEvaluations(random.shuffle(licenses), [])).toEqual(found);
      expect(readEvaluations([...licenses, license({ entitlement: 'E-other' })], []).list).toEqual(
        found.list,
      );
      const tries = found.list.reduce((sum, one) => sum + 1 + one.retries, 0);
      expect(tries).toBe(licenses.length);
    }
  });
});

describe('buildCohorts', () => {
  // Week of 1 February 2026: bought after 30, 31, 60 and 90 days and never.
  const licenses = [30, 31, 60, 90, undefined].map((days, index) =>
    evaluation(`E-${index}`, START, days === undefined ? {} : { evaluationSale: addDays(START, days) }),
  );
  const { list } = readEvaluations([...licenses, evaluation('E-next', '2026-02-08')], []);

  it('counts those bought within 30, 60 and 90 days of their start', () => {
    expect(buildCohorts(list, ['2026-01-25', '2026-02-01', '2026-02-08'], '2026-12-01')).toEqual([
      { week: '2026-01-25', evaluations: 0, converted: { 30: 0, 60: 0, 90: 0 } },
      { week: '2026-02-01', evaluations: 5, converted: { 30: 1, 60: 3, 90: 4 } },
      { week: '2026-02-08', evaluations: 1, converted: { 30: 0, 60: 0, 90: 0 } },
    ]);
  });

  it('is silent until the last evaluation had its days and three more for the data', () => {
    // Saturday 7 February + 30 + 3 = 12 March.
    expect(isMature('2026-02-01', 30, '2026-03-11')).toBe(false);
    expect(isMature('2026-02-01', 30, '2026-03-12')).toBe(true);
    const [cohort] = buildCohorts(list, ['2026-02-01'], '2026-03-12');
    expect(cohort).toEqual({
      week: '2026-02-01',
      evaluations: 5,
      converted: { 30: 1, 60: undefined, 90: undefined },
    });
    expect(cohortRates(cohort ? [cohort] : [], 30)).toEqual([{ week: '2026-02-01', part: 1, whole: 5 }]);
    expect(cohortRates(cohort ? [cohort] : [], 60)).toEqual([
      { week: '2026-02-01', part: undefined, whole: undefined },
    ]);
  });

  it('can be judged like any rate', () => {
    const rates = cohortRates(buildCohorts(list, weeksEndingWith('2026-02-01', 13), '2026-12-01'), 90);
    expect(assessRate(rates, '2026-02-01', { provisional: false })).toMatchObject({ value: 4, whole: 5 });
  });

  it('tells who bought in a week, and the median of their days', () => {
    const { bought, medianDays } = boughtBetween(list, addDays(START, 30), addDays(START, 60));
    expect(bought.map(({ entitlement }) => entitlement)).toEqual(['E-0', 'E-1', 'E-2']);
    expect(medianDays).toBe(31);
    expect(boughtBetween(list, '2030-01-01', '2030-01-07').medianDays).toBeUndefined();
  });
});

describe('openEvaluations', () => {
  const TODAY = addDays(START, 20);
  const { list } = readEvaluations(
    [
      evaluation('E-1', START),
      evaluation('E-2', START, { opportunityUsers: 100 }),
      evaluation('E-3', START, {
        opportunityUsers: Number.POSITIVE_INFINITY,
        maintenanceEnd: addDays(START, 44),
      }),
      evaluation('E-4', START, { opportunityUsers: 100, maintenanceEnd: addDays(START, 20) }),
      evaluation('E-5', START, { evaluationSale: addDays(START, 5) }),
      evaluation('E-6', START, { status: 'cancelled' }),
      evaluation('E-7', START, { maintenanceEnd: addDays(START, 19) }),
      evaluation('E-8', START, { licenseType: 'COMMUNITY' }),
    ],
    [],
  );
  const open = openEvaluations(list, TODAY);

  it('are running, not bought and not over; biggest first, unknown size last', () => {
    expect(open.map(({ entitlement }) => entitlement)).toEqual(['E-3', 'E-4', 'E-2', 'E-1']);
  });

  it('know by how many days they were extended', () => {
    expect(open.map(({ endsOn, extendedDays }) => [endsOn, extendedDays])).toEqual([
      [addDays(START, 44), 14],
      [addDays(START, 20), 0],
      [addDays(START, 30), 0],
      [addDays(START, 30), 0],
    ]);
  });

  it('are not called extended where no evaluation end is known', () => {
    const { evaluationEnd: _, ...endless } = evaluation('E-1', START);
    expect(openEvaluations(readEvaluations([endless], []).list, TODAY)).toMatchObject([{ extendedDays: 0 }]);
  });

  it('run out today at the earliest and on the last day at the latest', () => {
    const within = (days: number) => runningOut(open, TODAY, days).map(({ entitlement }) => entitlement);
    expect(within(0)).toEqual(['E-4']);
    expect(within(9)).toEqual(['E-4']);
    expect(within(10)).toEqual(['E-4', 'E-2', 'E-1']);
  });
});

describe('pipelineValue', () => {
  const TODAY: Day = '2026-11-01';
  const past = (count: number, users: number, prefix: string, sold: number) =>
    Array.from({ length: count }, (_, index) =>
      evaluation(`${prefix}-${index}`, '2026-02-03', {
        opportunityUsers: users,
        ...(index < sold && { evaluationSale: '2026-02-20' }),
      }),
    );
  const sales = (prefix: string, amounts: readonly number[]) =>
    amounts.map((vendorAmount, index) =>
      line({
        entitlement: `${prefix}-${index}`,
        vendorAmount,
        maintenanceStart: '2026-02-20',
        maintenanceEnd: '2027-02-20',
        saleDate: '2026-02-20',
      }),
    );
  const running = (count: number, users: number) =>
    Array.from({ length: count }, (_, index) =>
      evaluation(`open-${users}-${index}`, '2026-10-20', { opportunityUsers: users }),
    );
  const price = (licenses: ReturnType<typeof past>, lines: ReturnType<typeof sales>) => {
    const { list } = readEvaluations(licenses, lines);
    return pipelineValue(openEvaluations(list, TODAY), list, buildCoverage(lines), TODAY);
  };

  it('multiplies the running evaluations by the own rate and the own median value of their size', () => {
    // Small (to 10 users): 4 of 20 bought, median of 100, 200, 300, 400 = $250; large (to 500): 10 of 20 at $9,000.
    // Running: 5 small, 2 large. Expected 5 x .2 x 250 + 2 x .5 x 9,000 = 250 + 9,000.
    // All 5 small ones would be unusual, C(9,5) / C(25,5) = 126 / 53,130 = .0024; 4 are not: 70 x 17 / 53,130 = .022.
    const licenses = [
      ...past(20, 10, 'small', 4),
      ...past(20, 300, 'large', 10),
      ...running(5, 8),
      ...running(2, 500),
    ];
    const lines = [
      ...sales('small', [10_000, 20_000, 30_000, 40_000]),
      ...sales('large', Array<number>(10).fill(900_000)),
    ];
    const pipeline = price(licenses, lines);
    expect(pipeline).toMatchObject({ expected: 925_000, low: 0, high: 4 * 25_000 + 2 * 900_000 });
    expect(pipeline?.buckets).toEqual([
      { upTo: 10, open: 5, history: { part: 4, whole: 20 }, firstYear: 25_000, borrowed: false },
      { upTo: 500, open: 2, history: { part: 10, whole: 20 }, firstYear: 900_000, borrowed: false },
    ]);
  });

  it('borrows the history of all sizes for a size with too little of its own', () => {
    // 5 of 30 bought in all; unlimited has 10 evaluations and 1 sale of its own.
    const unlimited = Number.POSITIVE_INFINITY;
    const licenses = [
      ...past(20, 10, 'small', 4),
      ...past(10, unlimited, 'huge', 1),
      ...running(3, unlimited),
    ];
    const lines = [...sales('small', [10_000, 20_000, 30_000, 40_000]), ...sales('huge', [50_000])];
    expect(price(licenses, lines)).toMatchObject({
      expected: 15_000, // 3 x 5/30 x 30,000
      buckets: [
        { upTo: unlimited, open: 3, history: { part: 5, whole: 30 }, firstYear: 30_000, borrowed: true },
      ],
    });
  });

  it('has nothing to say before anything was bought, or from evaluations that are too young', () => {
    expect(price([...past(20, 10, 'small', 0), ...running(5, 8)], [])).toBeUndefined();
    const young = evaluation('young-0', addDays(TODAY, -92), { evaluationSale: addDays(TODAY, -90) });
    expect(price([young, ...running(1, 8)], sales('young', [10_000]))).toBeUndefined();
  });

  it('takes evaluations of unknown size as a size of their own', () => {
    const { opportunityUsers: _, ...unknown } = evaluation('open-x', '2026-10-20');
    const pipeline = price(
      [...past(20, 10, 'small', 4), unknown],
      sales('small', [10_000, 20_000, 30_000, 40_000]),
    );
    expect(pipeline?.buckets).toMatchObject([{ upTo: undefined, open: 1, borrowed: true }]);
  });
});

import { describe, expect, it } from 'vitest';
import { buildCoverage } from '../../../src/analytics/coverage.ts';
import { readEvaluations } from '../../../src/analytics/evaluations.ts';
import { openEvaluations } from '../../../src/analytics/open-evaluations.ts';
import { pipelineValue } from '../../../src/analytics/pipeline.ts';
import { addDays, type Day } from '../../../src/domain/day.ts';
import { evaluation, line } from './rows.ts';

const START: Day = '2026-02-03';

describe('the size of an evaluation that was bought', () => {
  it('is the tier first paid for, because the API gives the site no size any more', () => {
    const bought = evaluation('E-1', START, { licenseType: 'COMMERCIAL', tier: '900 Users' });
    const paid = [
      line({ entitlement: 'E-1', saleDate: '2026-06-03', tier: '900 Users' }),
      line({ entitlement: 'E-1', saleDate: '2026-02-20', tier: '200 Users' }),
    ];
    expect(readEvaluations([bought], paid).list).toMatchObject([{ users: 200 }]);
  });

  it("is the licence's tier where no line is known, and the site's size where it is given", () => {
    const bought = evaluation('E-1', START, { tier: '25 Users', evaluationSale: '2026-02-20' });
    expect(readEvaluations([bought], []).list).toMatchObject([{ users: 25 }]);
    expect(readEvaluations([{ ...bought, opportunityUsers: 40 }], []).list).toMatchObject([{ users: 40 }]);
  });
});

describe('the pipeline value of evaluations of which some have no known size', () => {
  const TODAY: Day = '2026-11-01';
  const many = (count: number, prefix: string, changes: Parameters<typeof evaluation>[2]) =>
    Array.from({ length: count }, (_, index) => evaluation(`${prefix}-${index}`, START, changes));
  const bought = many(10, 'bought', {
    licenseType: 'COMMERCIAL',
    tier: '10 Users',
    evaluationSale: '2026-02-20',
  });
  const unsold = many(40, 'unsold', { opportunityUsers: 8, status: 'inactive' });
  const unknown = many(50, 'unknown', { status: 'inactive' });
  const lines = bought.map(({ entitlement }) =>
    line({
      entitlement,
      tier: '10 Users',
      saleDate: '2026-02-20',
      maintenanceStart: '2026-02-20',
      maintenanceEnd: '2027-02-20',
    }),
  );
  const running = evaluation('open', addDays(TODAY, -5), { opportunityUsers: 9 });
  const { opportunityUsers: _, ...blank } = evaluation('blank', addDays(TODAY, -5), { opportunityUsers: 9 });

  it('counts the unsold of unknown size among those of known size, so that no size sells better than it does', () => {
    const { list } = readEvaluations([...bought, ...unsold, ...unknown, running], lines);
    const pipeline = pipelineValue(openEvaluations(list, TODAY), list, buildCoverage(lines), TODAY);
    // 10 bought; the 40 unsold stand for all 90: 10 of 100, as of all together, and not 10 of 50.
    expect(pipeline?.buckets).toMatchObject([
      { upTo: 10, history: { part: 10, whole: 100 }, borrowed: false },
    ]);
  });

  it('prices a running one of unknown size by all sizes, even where others of unknown size were bought', () => {
    const nameless = many(5, 'nameless', { licenseType: 'COMMERCIAL', evaluationSale: '2026-02-20' });
    const { tier: _, ...bare } = line({
      saleDate: '2026-02-20',
      maintenanceStart: '2026-02-20',
      maintenanceEnd: '2027-02-20',
    });
    const sold = [
      ...lines,
      ...nameless.map(({ entitlement }, index) => ({ ...bare, entitlement, lineId: `bare-${index}` })),
    ];
    const { list } = readEvaluations([...bought, ...nameless, ...unsold, ...unknown, blank], sold);
    const pipeline = pipelineValue(openEvaluations(list, TODAY), list, buildCoverage(sold), TODAY);
    expect(pipeline?.buckets).toMatchObject([
      { upTo: undefined, history: { part: 15, whole: 105 }, borrowed: true },
    ]);
  });
});

describe('an extension', () => {
  it('is known from the first end ever seen where the evaluation tells none, or has moved its own', () => {
    const { evaluationEnd: _, ...endless } = evaluation('E-1', START, { maintenanceEnd: addDays(START, 60) });
    const moved = evaluation('E-2', START, {
      maintenanceEnd: addDays(START, 60),
      evaluationEnd: addDays(START, 60),
    });
    const { list } = readEvaluations([endless, moved], []);
    const firstEnds = new Map([
      ['E-1', addDays(START, 30)],
      ['E-2', addDays(START, 45)],
    ]);
    const open = openEvaluations(list, START, firstEnds);
    expect(open.map(({ extendedDays }) => extendedDays)).toEqual([30, 15]);
    expect(openEvaluations(list, START).map(({ extendedDays }) => extendedDays)).toEqual([0, 0]);
  });
});

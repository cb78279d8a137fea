import { describe, expect, it } from 'vitest';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf, notes, posts } from '../../support/alerting.ts';
import { license, line } from '../analytics/rows.ts';

const DAY: Day = '2026-03-16';
const HOUR = 3_600_000;
const at = (hours: number): number => startOf('2026-03-17') + hours * HOUR;

type Change = Partial<RecordedLine>;

/** A term that began long ago: the old plan is given back for all of it, and the new one billed for all of it. */
const WHOLE: Change = { maintenanceStart: addDays(DAY, -183), maintenanceEnd: addDays(DAY, 182) };
/** What is left of a term: half a year, so that a net amount is half of the change a year. */
const REST: Change = { maintenanceStart: DAY, maintenanceEnd: addDays(DAY, 182) };

const DOWN: Change = { saleType: 'Downgrade', oldTier: '50 Users', tier: '10 Users' };
const SAME_TIER: Change = { tier: '50 Users' };
const TO_ANNUAL: Change = { ...SAME_TIER, oldBillingPeriod: 'Monthly', billingPeriod: 'Annual' };
const TO_MONTHLY: Change = { ...SAME_TIER, oldBillingPeriod: 'Annual', billingPeriod: 'Monthly' };

/** The two lines of a change of plan. */
function change(from: number, to: number, bill: Change = {}, window = WHOLE): [RecordedLine, RecordedLine] {
  const base = { saleDate: DAY, transactionId: 'IN-900', ...window };
  return [
    line({ ...base, lineId: 'refund', saleType: 'Refund', vendorAmount: -from, purchasePrice: -from }),
    line({
      ...base,
      lineId: 'bill',
      saleType: 'Upgrade',
      tier: '100 Users',
      vendorAmount: to,
      purchasePrice: to,
      ...bill,
    }),
  ];
}

function fresh() {
  const world = createAlertWorld();
  world.sync(at(-24), { licenses: [license()] }, { silent: true });
  return world;
}

const told = (lines: readonly RecordedLine[]): string[] => posts(fresh().sync(at(0), { lines }));

describe('an upgrade', () => {
  it('is told by its change a year, and what it brings now where that is another amount', () => {
    expect(told(change(500_000, 590_000, {}, REST))).toEqual([
      'Acme GmbH went from 50 to 100 users: +$1,805 a year our share, +$900 net now (refund -$5,000 and new bill +$5,900, netted)',
    ]);
  });

  it.each([
    [49_862, 0],
    [49_863, 1],
  ])('is judged by the change a year: %d cents for half a year give %d alerts', (net, alerts) => {
    expect(told(change(500_000, 500_000 + net, {}, REST))).toHaveLength(alerts);
  });

  it('of so much that it is a large transaction too is told once, as the large transaction', () => {
    const said = fresh().sync(at(0), { lines: change(500_000, 900_000) });
    expect(keysOf(said)).toEqual(['alert/1/C1/large-transaction/dev-1/E-1 2026-03-16']);
  });

  it('is the step to annual billing, by what the new plan brings a year', () => {
    expect(told(change(10_000, 99_000, TO_ANNUAL))).toEqual([]);
    expect(told(change(30_000, 120_000, TO_ANNUAL))).toEqual([
      'Acme GmbH switched from monthly to annual billing: $1,200 a year our share, +$900 net now (refund -$300 and new bill +$1,200, netted)',
    ]);
  });
});

describe('a downgrade', () => {
  it('is told by what it costs a year', () => {
    expect(told(change(500_000, 380_000, DOWN))).toEqual([
      'Acme GmbH went from 50 to 10 users: -$1,200 a year our share (refund -$5,000 and new bill +$3,800, netted)',
    ]);
  });

  it.each([
    [99_999, 0],
    [100_000, 1],
  ])('of %d cents a year gives %d alerts', (less, alerts) => {
    expect(told(change(500_000, 500_000 - less, DOWN))).toHaveLength(alerts);
  });

  it('is the step to monthly billing, by what the new plan brings a year', () => {
    const month = { maintenanceStart: DAY, maintenanceEnd: addDays(DAY, 30) };
    const [refund, bill] = change(120_000, 10_000, { ...TO_MONTHLY, ...month });
    expect(told([refund, bill])).toEqual([
      'Acme GmbH switched from annual to monthly billing: $1,217 a year our share, -$1,100 net now (refund -$1,200 and new bill +$100, netted)',
    ]);
  });

  it('that the API signs wrongly, as a refund line with a positive amount, still nets to one movement', () => {
    const [refund, bill] = change(500_000, 380_000, DOWN);
    expect(told([{ ...refund, vendorAmount: 500_000 }, bill])).toHaveLength(1);
  });
});

describe('the two halves of a change of plan', () => {
  it.each([
    ['refund first', [0, 1]],
    ['bill first', [1, 0]],
  ] as const)('are one message when the second comes within a day: %s', (_, [one, other]) => {
    const lines = change(500_000, 380_000, DOWN);
    const world = fresh();
    const [first, second] = [lines[one], lines[other]];
    expect(world.sync(at(0), { lines: first ? [first] : [] }).entries).toEqual([]);
    expect(posts(world.sync(at(5), { lines: second ? [second] : [] }))).toHaveLength(1);
    expect(world.sync(at(30), { lines }).entries).toEqual([]);
  });

  it('the bill alone is told after a day for what it looks like, and corrected when the refund comes', () => {
    const [refund, bill] = change(500_000, 380_000, DOWN);
    const world = fresh();
    expect(world.sync(at(0), { lines: [bill] }).entries).toEqual([]);
    expect(world.sync(at(23), {}).entries).toEqual([]);
    expect(posts(world.sync(at(24), {}))).toEqual([expect.stringContaining('+$3,800 our share')]);
    const corrected = world.sync(at(40), { lines: [refund] });
    expect(posts(corrected)).toEqual([]);
    expect(notes(corrected)).toEqual([expect.stringContaining('AGAIN Changed since I told it')]);
    expect([...world.shown.said.values()]).toEqual([
      'Acme GmbH went from 50 to 10 users: -$1,200 a year our share (refund -$5,000 and new bill +$3,800, netted)',
    ]);
  });

  it('a bill for the rest of a term is nobody’s half, and is told at once', () => {
    const [, bill] = change(0, 90_000, {}, REST);
    expect(told([{ ...bill, oldTier: '50 Users' }])).toEqual([
      'Acme GmbH went from 50 to 100 users: +$1,805 a year our share, +$900 net now',
    ]);
  });

  it('of which the new one is billed two days later are one movement of the first day', () => {
    const [refund, bill] = change(500_000, 380_000, DOWN);
    const later = { ...bill, saleDate: addDays(DAY, 1), transactionId: 'IN-901' };
    const world = fresh();
    expect(world.sync(at(0), { lines: [refund] }).entries).toEqual([]);
    const said = world.sync(at(24), { lines: [refund, later] });
    expect(keysOf(said)).toEqual(['alert/1/C1/refund/dev-1/E-1 2026-03-16']);
    expect(posts(said)).toEqual([expect.stringContaining('went from 50 to 10 users: -$1,200 a year')]);
  });
});

describe('amounts that are restated', () => {
  const [refund, small] = change(500_000, 450_000, DOWN);
  const big = { ...small, vendorAmount: 380_000 };

  it('past the threshold are told then, once', () => {
    const world = fresh();
    expect(world.sync(at(0), { lines: [refund, small] }).entries).toEqual([]);
    const said = world.sync(at(2), { lines: [refund, big] });
    expect(posts(said)).toHaveLength(1);
    expect(world.sync(at(4), { lines: [refund, small] }).entries.map(({ act }) => act)).toEqual([
      'edit',
      'broadcast',
    ]);
    expect(posts(world.sync(at(6), { lines: [refund, big] }))).toEqual([]);
  });

  it('below the threshold change the message, which says so', () => {
    const world = fresh();
    world.sync(at(0), { lines: [refund, big] });
    const said = world.sync(at(2), { lines: [refund, small] });
    expect(JSON.stringify(said.entries)).toContain('Less than the threshold of $1,000 now');
    expect([...world.shown.said.values()]).toEqual([expect.stringContaining('-$500 a year')]);
  });

  it('by less than a tenth are noted in the thread alone', () => {
    const world = fresh();
    world.sync(at(0), { lines: [refund, big] });
    const little = { ...small, vendorAmount: 370_001 };
    expect(notes(world.sync(at(2), { lines: [refund, little] }))).toEqual([
      'Changed: Net, our share: -$1,200, now -$1,300; A year: -$1,200, now -$1,300',
    ]);
    const much = { ...small, vendorAmount: 368_000 };
    expect(notes(world.sync(at(4), { lines: [refund, much] }))).toEqual([
      expect.stringMatching(/^AGAIN Changed since I told it: Acme GmbH: downgrade, -\$1,320 a year/),
    ]);
  });
});

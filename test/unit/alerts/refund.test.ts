import { describe, expect, it } from 'vitest';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf, notes, posts } from '../../support/alerting.ts';
import { createRandom, license, line } from '../analytics/rows.ts';

const DAY: Day = '2026-03-16';
const HOUR = 3_600_000;
const at = (hours: number): number => startOf('2026-03-17') + hours * HOUR;
const WINDOW = { maintenanceStart: addDays(DAY, -100), maintenanceEnd: addDays(DAY, 265) };

const given = (vendorAmount = -300_000, changes: Partial<RecordedLine> = {}): RecordedLine =>
  line({
    ...WINDOW,
    saleDate: DAY,
    transactionId: 'IN-900',
    lineId: 'refund',
    saleType: 'Refund',
    vendorAmount,
    purchasePrice: vendorAmount,
    refundReason: 'CUSTOMER_REQUEST',
    ...changes,
  });
const billed = (vendorAmount: number, changes: Partial<RecordedLine> = {}): RecordedLine =>
  line({
    ...WINDOW,
    saleDate: DAY,
    transactionId: 'IN-901',
    lineId: 'bill',
    saleType: 'Upgrade',
    oldTier: '50 Users',
    tier: '100 Users',
    vendorAmount,
    ...changes,
  });

function fresh() {
  const world = createAlertWorld();
  world.sync(at(-24), { licenses: [license()] }, { silent: true });
  return world;
}

describe('a refund', () => {
  it('waits a day for the bill that may replace it, and is told at the next sync', () => {
    const world = fresh();
    expect(world.sync(at(0), { lines: [given()] })).toMatchObject({
      entries: [],
      happenings: [{ what: 'waits', rule: 'refund' }],
    });
    for (const hours of [1, 2, 12, 23]) expect(world.sync(at(hours), {}).entries).toEqual([]);
    expect(posts(world.sync(at(24), {}))).toEqual([
      'Acme GmbH got $3,000 back (our share), and nothing was billed in its place within 24 hours',
    ]);
    expect(world.sync(at(25), {}).entries).toEqual([]);
  });

  it('waits a day where syncs are a day apart and a little early', () => {
    const world = fresh();
    world.sync(at(0), { lines: [given()] });
    expect(posts(world.sync(at(24) - 60_000, {}))).toHaveLength(1);
  });

  it.each([
    [-99_999, 0],
    [-100_000, 1],
  ])('of %d cents gives %d alerts', (amount, alerts) => {
    const world = fresh();
    world.sync(at(0), { lines: [given(amount)] });
    expect(posts(world.sync(at(24), {}))).toHaveLength(alerts);
  });

  it('that is a discount of as much as it gives back, signed the other way, is still money given back', () => {
    const world = fresh();
    world.sync(at(0), { lines: [given(-300_000, { saleType: 'New' })] });
    expect(keysOf(world.sync(at(24), {}))).toEqual(['alert/1/C1/refund/dev-1/E-1 2026-03-16']);
  });

  it('of a sale of the same week names what it gives back', () => {
    const sale = billed(300_000, { saleType: 'New', saleDate: addDays(DAY, -3), oldTier: '100 Users' });
    const world = fresh();
    world.sync(at(-2), { lines: [sale] });
    world.sync(at(0), { lines: [given(-300_000, { originalTransactionId: 'IN-901' })] });
    const said = world.sync(at(24), {});
    expect(posts(said)).toHaveLength(1);
    expect(JSON.stringify(said.entries)).toContain('$3,000 on 13 Mar 2026');
  });
});

describe('a refund that is billed again', () => {
  it('within the day to the same amount was nothing', () => {
    const world = fresh();
    world.sync(at(0), { lines: [given()] });
    const said = world.sync(at(5), { lines: [billed(300_000)] });
    expect(said).toMatchObject({ entries: [], happenings: [{ what: 'dropped' }] });
    expect(world.sync(at(48), {}).entries).toEqual([]);
  });

  it('before it comes itself was never a refund', () => {
    const world = fresh();
    expect(world.sync(at(0), { lines: [billed(300_000)] }).entries).toEqual([]);
    expect(world.sync(at(5), { lines: [given()] }).entries).toEqual([]);
    expect(world.sync(at(48), {}).entries).toEqual([]);
  });

  it('after it was told changes what was said, in its place', () => {
    const world = fresh();
    world.sync(at(0), { lines: [given()] });
    world.sync(at(24), {});
    const said = world.sync(at(30), { lines: [billed(420_000)] });
    expect(posts(said)).toEqual([]);
    expect([...world.shown.said.values()]).toEqual([
      'Acme GmbH: upgrade, +$1,200 our share (refund -$3,000 and new bill +$4,200, netted)',
    ]);
    expect(notes(said)).toEqual([
      expect.stringMatching(/^AGAIN Changed since I told it: Acme GmbH: upgrade, \+\$1,200\. /),
    ]);
    expect(JSON.stringify(said.entries)).toContain('First told as a refund: the new bill came later');
  });

  it('to the same amount after it was told takes it back', () => {
    const world = fresh();
    world.sync(at(0), { lines: [given()] });
    world.sync(at(24), {});
    const said = world.sync(at(30), { lines: [billed(300_000)] });
    expect([...world.shown.said.values()]).toEqual([expect.stringContaining('$0')]);
    expect(notes(said)).toHaveLength(1);
    expect(posts(said)).toEqual([]);
  });

  it('gives one message in whatever order and syncs the lines come', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = createRandom(seed);
      const lines = random.shuffle([
        given(),
        billed(420_000, { saleDate: addDays(DAY, random.pick([0, 0, 1])) }),
      ]);
      const world = fresh();
      let hours = 0;
      for (const [index] of lines.entries()) {
        hours += random.pick([0, 3, 12, 30]);
        world.sync(at(hours) + index, { lines: random.shuffle(lines.slice(0, index + 1)) });
      }
      for (const later of [25, 50, 75]) world.sync(at(hours + later), { lines: random.shuffle(lines) });
      expect([...world.shown.posts.keys()], `seed ${seed}`).toHaveLength(1);
      expect([...world.shown.said.values()][0], `seed ${seed}`).toContain('+$1,200');
    }
  });
});

import { describe, expect, it } from 'vitest';
import { startOf } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf, notes, posts } from '../../support/alerting.ts';
import { license, line } from '../analytics/rows.ts';

const HOUR = 3_600_000;
const at = (hours: number): number => startOf('2026-03-17') + hours * HOUR;

/** A bill of January, $2,000 for us: long ago told, or too small to be. */
function bill(changes: Partial<RecordedLine> = {}): RecordedLine {
  return line({
    saleDate: '2026-01-15',
    saleType: 'Renewal',
    transactionId: 'IN-900',
    lineId: 'bill',
    vendorAmount: 200_000,
    purchasePrice: 240_000,
    paymentStatus: 'Open',
    ...changes,
  });
}

function known(...lines: readonly RecordedLine[]) {
  const world = createAlertWorld();
  world.sync(at(-24), { licenses: [license()], lines }, { silent: true });
  return world;
}

describe('a bill', () => {
  it.each([
    ['Uncollectible', 0, 1],
    ['uncollectible', 3, 1],
    ['Open', 1, 0],
    ['Open', 2, 1],
    ['Paid', 4, 0],
    ['Refunded', 4, 0],
  ])('that turns %s after %d attempts gives %d alerts', (paymentStatus, dunningAttempts, alerts) => {
    const world = known(bill());
    expect(posts(world.sync(at(0), { lines: [bill({ paymentStatus, dunningAttempts })] }))).toHaveLength(
      alerts,
    );
  });

  it.each([
    [99_999, 0],
    [100_000, 1],
  ])('of %d cents is judged as a whole: %d alerts', (amount, alerts) => {
    const lines = [bill({ vendorAmount: 50_000 }), bill({ lineId: 'other', vendorAmount: amount - 50_000 })];
    const world = known(...lines);
    const said = world.sync(at(0), {
      lines: lines.map((one) => ({ ...one, paymentStatus: 'Uncollectible' })),
    });
    expect(posts(said)).toHaveLength(alerts);
  });

  it('first seen as uncollectible is told if it is young, and is history if it is old', () => {
    const young = bill({ saleDate: '2026-03-10', vendorAmount: 150_000, paymentStatus: 'Uncollectible' });
    // Nobody pays it, so it is no sale.
    expect(keysOf(known().sync(at(0), { lines: [young] }))).toEqual([
      'alert/1/C1/payment-problem/dev-1/E-1 IN-900',
    ]);
    const old = bill({ paymentStatus: 'Uncollectible' });
    expect(known().sync(at(0), { lines: [old] }).entries).toEqual([]);
  });

  it('of an evaluation, a sandbox or Atlassian itself is nobody’s problem', () => {
    for (const changes of [{ isAtlassian: true }, { sandbox: 'yes' as const }]) {
      const world = createAlertWorld();
      world.sync(at(-24), { licenses: [license(changes)], lines: [bill()] }, { silent: true });
      expect(world.sync(at(0), { lines: [bill({ paymentStatus: 'Uncollectible' })] }).entries).toEqual([]);
    }
  });

  it('that is paid after all, or given up after it failed, changes its message', () => {
    const world = known(bill());
    world.sync(at(0), { lines: [bill({ dunningAttempts: 2 })] });
    expect([...world.shown.said.values()]).toEqual([
      'Acme GmbH: the bill of $2,000 (our share) could not be collected 2 times so far',
    ]);
    const third = world.sync(at(24), { lines: [bill({ dunningAttempts: 3 })] });
    expect(posts(third)).toEqual([]);
    expect(notes(third)).toEqual(['Changed: Attempts to collect: 2, now 3']);
    world.sync(at(48), { lines: [bill({ paymentStatus: 'Uncollectible', dunningAttempts: 4 })] });
    expect([...world.shown.said.values()]).toEqual([
      'Acme GmbH: the bill of $2,000 (our share) is uncollectible after 4 attempts to collect it',
    ]);
    const paid = world.sync(at(72), { lines: [bill({ paymentStatus: 'Paid', dunningAttempts: 4 })] });
    expect(posts(paid)).toEqual([]);
    expect([...world.shown.said.values()]).toEqual([
      'Acme GmbH: the bill of $2,000 (our share) is paid after all',
    ]);
  });

  it('fails once, however often it is read', () => {
    const world = known(bill());
    const failing = bill({ dunningAttempts: 2 });
    expect(posts(world.sync(at(0), { lines: [failing] }))).toHaveLength(1);
    for (const hours of [1, 2, 3]) expect(world.sync(at(hours), { lines: [failing] }).entries).toEqual([]);
  });

  it('without a subscription is one of its own', () => {
    const world = known();
    const nameless = (transactionId: string) =>
      bill({ entitlement: '', transactionId, saleDate: '2026-03-10', paymentStatus: 'Uncollectible' });
    const said = world.sync(at(0), { lines: [nameless('AT-1'), nameless('AT-2')] });
    expect(keysOf(said)).toEqual([
      'alert/1/C1/payment-problem/dev-1/nameless AT-1',
      'alert/1/C1/payment-problem/dev-1/nameless AT-2',
    ]);
  });
});

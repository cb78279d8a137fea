/** Amounts that are restated again and again, across the threshold and back, and by mistakes of currency and sign. */
import { describe, expect, it } from 'vitest';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { type Answer, createAlertWorld } from '../../support/alert-world.ts';
import { churn, createRandom, license, line } from '../analytics/rows.ts';

const DAY: Day = '2026-03-16';
const HOUR = 3_600_000;
const THRESHOLD = 100_000;
const WALKS = 150;
const STEPS = 7;

const base = { saleDate: DAY, lastUpdated: DAY, maintenanceStart: DAY, maintenanceEnd: addDays(DAY, 365) };
const of = (vendorAmount: number, changes: Partial<RecordedLine> = {}) =>
  line({
    ...base,
    transactionId: 'IN-1',
    lineId: 'one',
    vendorAmount,
    purchasePrice: vendorAmount,
    ...changes,
  });

const LAST_TERM = { saleDate: '2025-03-16', maintenanceStart: '2025-03-16', maintenanceEnd: DAY } as const;

/** A sale of the same line would be told first. */
const OTHERS_OFF = { kind: 'rule', channel: 'C1', rule: 'large-transaction', app: '', isOn: false } as const;

/** What the API answers when a fact is worth so many cents. */
const FACTS: Readonly<Record<string, (cents: number) => Answer>> = {
  'large-transaction': (cents) => ({ lines: [of(cents)] }),
  upgrade: (cents) => ({
    lines: [
      of(-90_000, { lineId: 'back', saleType: 'Refund', tier: '50 Users' }),
      of(90_000 + cents, { saleType: 'Upgrade', oldTier: '50 Users', tier: '100 Users' }),
    ],
  }),
  downgrade: (cents) => ({
    lines: [
      of(-3_000_000, { lineId: 'back', saleType: 'Refund', tier: '100 Users' }),
      of(3_000_000 - cents, { saleType: 'Downgrade', oldTier: '100 Users', tier: '50 Users' }),
    ],
  }),
  refund: (cents) => ({ lines: [of(-cents, { saleType: 'Refund' })] }),
  'payment-problem': (cents) => ({ lines: [of(cents, { paymentStatus: 'Uncollectible' })] }),
  'customer-leaving': (cents) => ({
    lines: [of(cents, LAST_TERM)],
    licenses: [license({ ...LAST_TERM, status: 'inactive' })],
    events: [churn({ eventDate: DAY, maintenanceEnd: DAY })],
  }),
};

/** Amounts around the threshold and far from it: $10 as if it were cents, $1,500 in another currency. */
const AMOUNTS = [1_000, 20_000, 99_999, 100_000, 104_000, 150_000, 1_500_000] as const;

describe.each(Object.entries(FACTS))('%s, restated', (rule, answer) => {
  /** Plays amounts, one a day, into a channel that knows the customer. */
  function play(amounts: readonly number[]) {
    const world = createAlertWorld({}, rule === 'large-transaction' ? [] : [OTHERS_OFF]);
    world.sync(startOf(DAY) - HOUR, { licenses: [license(base)] }, { silent: true });
    amounts.forEach((cents, step) => world.sync(startOf(DAY) + (1 + 25 * step) * HOUR, answer(cents)));
    return world.shown;
  }

  it('across the threshold and back is one message, and none while it is below', () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= WALKS; seed += 1) {
      const random = createRandom(seed);
      const amounts = Array.from({ length: STEPS }, () => random.pick(AMOUNTS));
      // Read twice at the end: what waited for its other half is told by then.
      const { said } = play([...amounts, amounts.at(-1) ?? 0]);
      const isEver = amounts.some((cents) => cents >= THRESHOLD);
      const isLast = (amounts.at(-1) ?? 0) >= THRESHOLD;
      if (said.size > 1 || (!isEver && said.size > 0) || (isLast && said.size === 0))
        wrong.push(`${amounts.join(' ')}: ${said.size} messages`);
    }
    expect(wrong).toEqual([]);
  });

  it('is told again exactly when it moved by a tenth and $100 since readers were last alerted', () => {
    for (let seed = 1; seed <= WALKS; seed += 1) {
      const random = createRandom(seed);
      const amounts = Array.from({ length: STEPS }, () =>
        random.pick([150_000, 155_000, 161_000, 171_000, 400_000]),
      );
      const first = amounts[0] ?? 0;
      const { notes, said } = play([first, first, ...amounts]);
      let told = first;
      let again = 0;
      for (const cents of amounts) {
        if (Math.abs(cents - told) < Math.max(told / 10, 10_000)) continue;
        told = cents;
        again += 1;
      }
      expect({ amounts, again: notes.filter((note) => note.again).length }).toEqual({ amounts, again });
      expect(said.size).toBe(1);
    }
  });

  it('with the wrong sign for a day is still one message, of the amount it has in the end', () => {
    const { said } = play([200_000, 200_000, -200_000, 200_000, 300_000, 300_000]);
    expect([...said.keys()].filter((key) => key.includes(`/${rule}/`))).toHaveLength(1);
    expect([...said.values()].join('\n')).toContain('3,000');
    expect(said.size).toBe(1);
  });
});

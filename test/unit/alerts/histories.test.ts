import { describe, expect, it } from 'vitest';
import { addDays, type Day, dayOf, type Instant, startOf } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { createRandom, license, line } from '../analytics/rows.ts';

const HISTORIES = 10_000;
const START: Day = '2026-03-02';
const HOUR = 3_600_000;
/** What alerting uses here, for every rule. */
const THRESHOLD = 100_000;

type Random = ReturnType<typeof createRandom>;

/** A business fact as the generator knows it, and the lines the API makes of it, each with the hour it becomes visible. */
interface Fact {
  readonly what: string;
  readonly entitlement: string;
  readonly day: Day;
  readonly lines: readonly { readonly hour: number; readonly line: RecordedLine }[];
  /** What it is worth in the end: net, or the change a year, in cents. */
  readonly worth: number;
  /** What the half of it is worth that stands alone for more than a day. */
  readonly half?: number;
  readonly isLate: boolean;
}

let number = 0;

/** A line of its own customer's term, one year from the day of sale. */
function of(entitlement: string, day: Day, changes: Partial<RecordedLine>): RecordedLine {
  number += 1;
  return line({
    entitlement,
    transactionId: `IN-${number}`,
    lineId: `L-${number}`,
    saleDate: day,
    lastUpdated: day,
    maintenanceStart: day,
    maintenanceEnd: addDays(day, 365),
    customer: { company: `Company ${entitlement}` },
    ...changes,
  });
}

/** Hours after the start at which lines appear: some at once, some a day later, some in one sync, some in several. */
function hours(random: Random, day: Day, count: number): number[] {
  const begin = (startOf(day) - startOf(START)) / HOUR + 24;
  return Array.from({ length: count }, () => begin + random.pick([0, 0, 0, 1, 5, 20]));
}

function sale(random: Random, entitlement: string, day: Day): Fact {
  const pieces = random.whole(1, 3);
  const amounts = Array.from({ length: pieces }, () =>
    random.pick([20_000, 45_000, 99_900, 150_000, 900_000]),
  );
  const shown = hours(random, day, pieces);
  const isLate = random.whole(0, 9) === 0;
  const lateness = isLate ? 20 * 24 : 0;
  return {
    what: 'sale',
    entitlement,
    day,
    lines: amounts.map((amount, index) => ({
      hour: (shown[index] ?? 0) + lateness,
      line: of(entitlement, day, { vendorAmount: amount, purchasePrice: amount }),
    })),
    worth: amounts.reduce((sum, amount) => sum + amount, 0),
    isLate,
  };
}

/** Refund of the old plan and bill of the new one: in any order, on one day or a few apart, together or days apart. */
function change(random: Random, entitlement: string, day: Day): Fact {
  const [from, to] = random.pick([
    [100_000, 250_000],
    [500_000, 1_120_000],
    [400_000, 430_000],
    [900_000, 300_000],
  ]);
  const grows = to > from;
  const window = { maintenanceStart: addDays(day, -100), maintenanceEnd: addDays(day, 265) };
  const refund = of(entitlement, day, {
    ...window,
    saleType: 'Refund',
    tier: grows ? '50 Users' : '500 Users',
    vendorAmount: -from,
    purchasePrice: -from,
    originalTransactionId: 'what was sold last year',
  });
  const bill = of(entitlement, addDays(day, random.pick([0, 0, 0, -3, 2])), {
    ...window,
    saleType: grows ? 'Upgrade' : 'Downgrade',
    tier: grows ? '500 Users' : '50 Users',
    oldTier: grows ? '50 Users' : '500 Users',
    vendorAmount: to,
    purchasePrice: to,
  });
  const [first = 0, second = 0] = hours(random, day, 2);
  const isSlow = random.whole(0, 3) === 0;
  const [early, late] = random.shuffle([refund, bill]);
  const lines = isSlow
    ? [
        { hour: first, line: early ?? refund },
        { hour: first + 40, line: late ?? bill },
      ]
    : [
        { hour: first, line: refund },
        { hour: second, line: bill },
      ];
  return {
    what: 'change',
    entitlement,
    day,
    lines,
    // The net of two equal windows is also the change a year.
    worth: to - from,
    // After a day the half that is there is told for what it is.
    ...(isSlow && { half: early?.vendorAmount ?? 0 }),
    isLate: false,
  };
}

function refundAlone(random: Random, entitlement: string, day: Day): Fact {
  const amount = random.pick([30_000, 99_999, 100_000, 324_000]);
  const [hour = 0] = hours(random, day, 1);
  const given = of(entitlement, day, { saleType: 'Refund', vendorAmount: -amount, purchasePrice: -amount });
  return {
    what: 'refund',
    entitlement,
    day,
    lines: [{ hour, line: given }],
    worth: -amount,
    isLate: false,
  };
}

function life(random: Random, index: number): Fact[] {
  const count = random.whole(1, 4);
  return Array.from({ length: count }, (_, turn) => {
    // Far enough apart that no two facts of one customer are one movement.
    const entitlement = `E-${index}-${random.whole(1, 2)}-${turn}`;
    const day = addDays(START, random.whole(0, 6));
    return random.pick([sale, sale, change, refundAlone])(random, entitlement, day);
  });
}

/** A line as it reads in an hour: restatements move its amount a little, now and then. */
function restated(random: Random, one: RecordedLine): RecordedLine {
  if (random.whole(0, 14) > 0) return one;
  return { ...one, vendorAmount: one.vendorAmount + Math.sign(one.vendorAmount) * random.whole(1, 400) };
}

const isDue = ({ half = 0, isLate, worth }: Fact): boolean =>
  !isLate && Math.max(Math.abs(worth), Math.abs(half)) >= THRESHOLD;

describe(`${HISTORIES.toLocaleString('en-US')} generated histories`, () => {
  it('have one message per fact that is worth one, whatever the order and the syncs its lines come in', () => {
    const wrong: string[] = [];
    let messages = 0;
    let due = 0;
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const random = createRandom(seed);
      const facts = life(random, seed);
      const world = createAlertWorld();
      world.sync(
        startOf(START),
        { licenses: facts.map(({ entitlement }) => license({ entitlement })) },
        { silent: true },
      );
      const everything = facts.flatMap(({ lines }) => lines);
      const last = Math.max(...everything.map(({ hour }) => hour));
      // A sale waits for nothing.
      const waiting = facts.filter(({ what }) => what !== 'sale').flatMap(({ lines }) => lines);
      const held = waiting.map(({ hour }) => hour + 25);
      const stops = [
        ...new Set([...everything.map(({ hour }) => hour), ...held, random.whole(1, last), last + 30]),
      ];
      for (const hour of stops.toSorted((a, b) => a - b)) {
        const visible = everything.filter((one) => one.hour <= hour).map(({ line }) => line);
        world.sync(startOf(START) + hour * HOUR, { lines: random.shuffle(visible) });
      }
      for (const fact of facts) {
        const said = [...world.shown.said.keys()].filter((key) => key.includes(`/${fact.entitlement} `));
        const expected = isDue(fact) ? 1 : 0;
        due += expected;
        messages += said.length;
        if (said.length !== expected)
          wrong.push(`seed ${seed}: ${fact.what} of ${fact.worth} cents: ${said.length} messages`);
      }
      if (wrong.length > 5) break;
    }
    expect(wrong).toEqual([]);
    expect(messages).toBe(due);
    expect(due).toBeGreaterThan(HISTORIES);
  }, 120_000);

  it('whose amounts are restated a little change the messages, and alert nobody again', () => {
    let changes = 0;
    for (let seed = 1; seed <= HISTORIES / 10; seed += 1) {
      const random = createRandom(seed);
      const facts = life(random, seed).filter(isDue);
      const world = createAlertWorld();
      world.sync(startOf(START), {}, { silent: true });
      const everything = facts.flatMap(({ lines }) => lines);
      if (everything.length === 0) continue;
      const at = (hour: number): Instant => startOf(START) + hour * HOUR;
      const last = Math.max(...everything.map(({ hour }) => hour));
      world.sync(at(last), { lines: everything.map(({ line }) => line) });
      world.sync(at(last + 25), {});
      const before = world.shown.said.size;
      for (let hour = last + 26; hour < last + 32; hour += 1)
        world.sync(at(hour), { lines: everything.map(({ line }) => restated(random, line)) });
      expect(world.shown.said.size).toBe(before);
      expect(world.shown.notes.filter(({ again }) => again)).toEqual([]);
      expect(world.shown.edits).toBe(world.shown.notes.length);
      changes += world.shown.edits;
      expect(dayOf(at(last)) >= START).toBe(true);
    }
    expect(changes).toBeGreaterThan(100);
  }, 60_000);
});

/** Every rule against generated lives: rows in any order, restated, repeated, vanished and back. */
import { describe, expect, it } from 'vitest';
import type { AlertId } from '../../../src/domain/alert-rules.ts';
import { addDays, type Day, dayOf, startOf, weeksEndingWith } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import type {
  RecordedEvent,
  RecordedFeedback,
  RecordedLicense,
  RecordedLine,
} from '../../../src/domain/recorded.ts';
import { type Answer, createAlertWorld } from '../../support/alert-world.ts';
import { churn, createRandom, evaluation, feedback, license, line } from './../analytics/rows.ts';

const LIVES = 2_000;
const START: Day = '2026-03-02';
const HOUR = 3_600_000;
/** What alerting uses here, for every rule about money. */
const THRESHOLD = 100_000;
const BIG = 500;

type Random = ReturnType<typeof createRandom>;

/** A row of some table as it reads from an hour on, or its absence. */
type Row =
  | { readonly table: 'lines'; readonly row: RecordedLine }
  | { readonly table: 'licenses'; readonly row: RecordedLicense }
  | { readonly table: 'events'; readonly row: RecordedEvent }
  | { readonly table: 'feedback'; readonly row: RecordedFeedback };
type Step = Row & { readonly hour: number; readonly isGone?: boolean };

/** What happens to one customer, and how many messages of which rules it is worth. */
interface Life {
  readonly what: string;
  readonly entitlement: string;
  readonly known: readonly Row[];
  readonly steps: readonly Step[];
  readonly due: Readonly<Partial<Record<AlertId, number>>>;
}

const dayAt = (hour: number): Day => dayOf(startOf(START) + hour * HOUR);
const later = (random: Random): number => random.pick([1, 3, 8, 20, 30, 70]);

let number = 0;
function bill(entitlement: string, day: Day, changes: Partial<RecordedLine>): RecordedLine {
  number += 1;
  return line({
    entitlement,
    transactionId: `IN-${number}`,
    lineId: `L-${number}`,
    saleDate: day,
    lastUpdated: day,
    maintenanceStart: day,
    maintenanceEnd: addDays(day, 365),
    ...changes,
  });
}

/** One row that reads differently from time to time, and is away for a while now and then if it may be. */
function story<R extends Row>(
  random: Random,
  from: number,
  table: R['table'],
  states: readonly R['row'][],
  mayVanish = true,
): Step[] {
  const steps: Step[] = [];
  let hour = from;
  for (const row of states) {
    steps.push({ table, row, hour } as Step);
    hour += later(random);
    if (!mayVanish || random.whole(0, 5) > 0) continue;
    steps.push({ table, row, hour, isGone: true } as Step);
    hour += later(random);
    steps.push({ table, row, hour } as Step);
    hour += later(random);
  }
  return steps;
}

function bigEvaluation(random: Random, entitlement: string): Life {
  const hour = random.whole(24, 120);
  const isLate = random.whole(0, 6) === 0;
  const isOwn = random.whole(0, 6) === 0;
  const start = addDays(dayAt(hour), isLate ? -20 : 0);
  const users = random.pick([100, BIG - 1, BIG, 2_000, Number.POSITIVE_INFINITY]);
  const of = (changes: Partial<RecordedLicense>) =>
    evaluation(entitlement, start, { isAtlassian: isOwn, ...changes });
  const sized = of({ opportunityUsers: users });
  const longer = of({ opportunityUsers: users, maintenanceEnd: addDays(start, 60) });
  const [smaller, larger] = [of({ opportunityUsers: users / 2 }), of({ opportunityUsers: users * 1.2 })];
  const bought = license({
    entitlement,
    host: sized.host,
    evaluationStart: start,
    maintenanceStart: start,
    maintenanceEnd: addDays(start, 365),
    isAtlassian: isOwn,
  });
  const states = [
    ...random.pick([[], [of({})]]),
    sized,
    ...random.pick([[], [longer], [smaller, sized], [larger], [longer, bought]]),
  ];
  const isDue = !isLate && !isOwn && (users >= BIG || (states.includes(larger) && users * 1.2 >= BIG));
  return {
    what: `evaluation of ${users} users${isLate ? ', late' : ''}`,
    entitlement,
    known: [],
    steps: story<{ table: 'licenses'; row: RecordedLicense }>(random, hour, 'licenses', states),
    due: { 'big-evaluation': isDue ? 1 : 0 },
  };
}

function words(random: Random, entitlement: string): Life {
  const hour = random.whole(24, 120);
  const isLate = random.whole(0, 6) === 0;
  const date = addDays(dayAt(hour), isLate ? -20 : 0);
  const value = random.pick([0, 20_000, 365_000]);
  const texts = random.pick([[' '], ['Too slow'], ['Too slow', 'and too dear'], ['Too slow', ' ', 'Sorry']]);
  const paid = bill(entitlement, addDays(START, -100), { vendorAmount: value });
  const isDue = !isLate && value > 0 && texts.some((text) => text.trim() !== '');
  return {
    what: `${texts.length} pieces of feedback of ${value} cents a year${isLate ? ', late' : ''}`,
    entitlement,
    known: [
      { table: 'lines', row: paid },
      { table: 'licenses', row: license({ entitlement }) },
    ],
    steps: random
      .shuffle(texts)
      .flatMap((message) =>
        story<{ table: 'feedback'; row: RecordedFeedback }>(
          random,
          hour + random.pick([0, 0, 2, 9]),
          'feedback',
          [feedback({ entitlement, date, message })],
        ),
      ),
    due: { feedback: isDue ? 1 : 0 },
  };
}

function payment(random: Random, entitlement: string): Life {
  const hour = random.whole(24, 120);
  const isNew = random.whole(0, 1) === 0;
  const day = isNew ? dayAt(hour) : addDays(START, -40);
  const amounts = random.pick([[99_900], [100_000], [60_000, 60_000], [30_000, 40_000], [900_000]]);
  const sum = amounts.reduce((all, amount) => all + amount, 0);
  const turns = random.pick([
    ['tried'],
    ['tried', 'failing'],
    ['failing', 'failing more', 'given up'],
    ['given up', 'paid'],
    ['failing', 'paid', 'failing more'],
  ]);
  const lines = amounts.map((vendorAmount) =>
    bill(entitlement, day, { vendorAmount, paymentStatus: 'Open' }),
  );
  const first = lines[0]?.transactionId ?? '';
  const STATES: Readonly<Record<string, Partial<RecordedLine>>> = {
    tried: { dunningAttempts: 1 },
    failing: { dunningAttempts: 2 },
    'failing more': { dunningAttempts: 3 },
    'given up': { paymentStatus: 'Uncollectible' },
    paid: { paymentStatus: 'Paid' },
  };
  const opened = lines.map((one) => ({ ...one, transactionId: first }));
  const isBad = turns.some((turn) => turn !== 'tried' && turn !== 'paid');
  return {
    what: `bill of ${amounts.join(' + ')}: ${turns.join(', ')}`,
    entitlement,
    known: [
      { table: 'licenses', row: license({ entitlement }) },
      ...(isNew ? [] : opened.map((row) => ({ table: 'lines' as const, row }))),
    ],
    // The lines of a bill are restated one after the other. A half that is away while the other comes is no bill.
    steps: opened.flatMap((row) =>
      story<{ table: 'lines'; row: RecordedLine }>(
        random,
        hour + random.pick([0, 0, 1, 9]),
        'lines',
        [row, ...turns.map((turn) => ({ ...row, ...STATES[turn] }))],
        opened.length === 1,
      ),
    ),
    due: {
      'payment-problem': isBad && sum >= THRESHOLD ? 1 : 0,
      'large-transaction': isNew && sum >= THRESHOLD ? 1 : 0,
    },
  };
}

function leaving(random: Random, entitlement: string): Life {
  const signal = random.whole(72, 160);
  const value = random.pick([90_000, 100_000, 365_000]);
  const end = addDays(dayAt(signal), random.pick([0, 0, 20]));
  const term = { maintenanceStart: addDays(end, -365), maintenanceEnd: end };
  const paid = bill(entitlement, term.maintenanceStart, { vendorAmount: value, ...term });
  const running = license({ entitlement, ...term });
  const cancelled = { ...running, status: 'cancelled' as const };
  const ended = { ...running, status: 'inactive' as const };
  const event = churn({ entitlement, eventDate: dayAt(signal), maintenanceEnd: end });
  const ofLicense = random.pick([[cancelled], [ended], [cancelled, ended]]);
  const after = random.pick([0, 2, 26, 60]);
  const extra = random.pick(['words', 'refund', 'restated', 'nothing']);
  const [first, second] = random.shuffle([
    (hour: number) => story<{ table: 'licenses'; row: RecordedLicense }>(random, hour, 'licenses', ofLicense),
    (hour: number) =>
      // Without its event, and with a licence that is active, a customer stays: its refund is a fact of its own.
      story<{ table: 'events'; row: RecordedEvent }>(random, hour, 'events', [event], extra !== 'refund'),
  ]);
  const hour = signal + random.pick([-20, -3, 0, 2, 26, 60]);
  const steps: Step[] = [...(first?.(signal) ?? []), ...(second?.(signal + after) ?? [])];
  const back = bill(entitlement, dayAt(hour), {
    saleType: 'Refund',
    vendorAmount: -value,
    ...term,
    originalTransactionId: paid.transactionId,
  });
  if (extra === 'words')
    steps.push({
      table: 'feedback',
      row: feedback({ entitlement, date: dayAt(hour), message: 'Bye' }),
      hour,
    });
  if (extra === 'refund') steps.push({ table: 'lines', row: back, hour });
  if (extra === 'restated') steps.push({ table: 'lines', row: { ...paid, vendorAmount: value + 300 }, hour });
  const isDue = value >= THRESHOLD;
  // Words that come before anybody knows that it leaves are told when they come.
  const isOwn = extra === 'words' && (!isDue || hour < signal);
  return {
    what: `customer of ${value} cents that leaves, with ${extra} after ${hour - signal} hours`,
    entitlement,
    known: [
      { table: 'lines', row: paid },
      { table: 'licenses', row: running },
    ],
    steps,
    due: { 'customer-leaving': isDue ? 1 : 0, feedback: isOwn ? 1 : 0 },
  };
}

function sale(random: Random, entitlement: string): Life {
  const hour = random.whole(24, 120);
  const amount = random.pick([99_900, THRESHOLD, 700_000]);
  const row = bill(entitlement, dayAt(hour), { vendorAmount: amount });
  return {
    what: `sale of ${amount} cents`,
    entitlement,
    known: [{ table: 'licenses', row: license({ entitlement }) }],
    steps: story<{ table: 'lines'; row: RecordedLine }>(random, hour, 'lines', [
      row,
      { ...row, tier: '60 Users' },
    ]),
    due: { 'large-transaction': amount >= THRESHOLD ? 1 : 0 },
  };
}

function toAnswer(random: Random, rows: readonly Row[]): Answer {
  const of = <R extends Row>(table: R['table']) =>
    random.shuffle(rows.filter((one) => one.table === table).map(({ row }) => row)) as R['row'][];
  return {
    lines: of<{ table: 'lines'; row: RecordedLine }>('lines'),
    licenses: of<{ table: 'licenses'; row: RecordedLicense }>('licenses'),
    events: of<{ table: 'events'; row: RecordedEvent }>('events'),
    feedback: of<{ table: 'feedback'; row: RecordedFeedback }>('feedback'),
  };
}

/** The messages of lives, by entitlement and rule. */
function live(random: Random, lives: readonly Life[]): Map<string, number> {
  const world = createAlertWorld();
  world.sync(
    startOf(START),
    toAnswer(
      random,
      lives.flatMap(({ known }) => known),
    ),
    { silent: true },
  );
  const steps = lives.flatMap((life) => life.steps).toSorted((a, b) => a.hour - b.hour);
  const last = steps.at(-1)?.hour ?? 0;
  const hours = [...new Set([...steps.map(({ hour }) => hour), random.whole(1, last), last + 30])];
  for (const hour of hours.toSorted((a, b) => a - b)) {
    const due = steps.filter((step) => step.hour === hour);
    // An answer brings again what an earlier one brought.
    const repeated = steps.filter(
      (step) => step.hour === hour - 1 && !step.isGone && random.whole(0, 1) === 0,
    );
    const isRestated = (one: Step) => due.some(({ row }) => row.entitlement === one.row.entitlement);
    world.sync(startOf(START) + hour * HOUR, {
      ...toAnswer(random, [
        ...due.filter(({ isGone }) => !isGone),
        ...repeated.filter((one) => !isRestated(one)),
      ]),
      vanished: toAnswer(
        random,
        due.filter(({ isGone }) => isGone),
      ),
    });
  }
  const said = new Map<string, number>();
  for (const key of world.shown.said.keys()) {
    const [, , , rule = '', , fact = ''] = key.split('/');
    const name = `${fact.split(' ')[0]} ${rule}`;
    said.set(name, (said.get(name) ?? 0) + 1);
  }
  return said;
}

const RULES: readonly AlertId[] = [
  'large-transaction',
  'upgrade',
  'downgrade',
  'refund',
  'payment-problem',
  'customer-leaving',
  'big-evaluation',
  'feedback',
];

describe(`${LIVES.toLocaleString('en-US')} generated lives`, () => {
  it('have one message per fact and rule, whatever the order and the syncs their rows come in', () => {
    const wrong: string[] = [];
    const told = new Map<string, number>();
    for (let seed = 1; seed <= LIVES && wrong.length < 6; seed += 1) {
      const random = createRandom(seed);
      const lives = Array.from({ length: random.whole(1, 3) }, (_, turn) =>
        random.pick([bigEvaluation, words, payment, leaving, leaving, sale])(random, `E-${seed}-${turn}`),
      );
      const said = live(random, lives);
      for (const { due, entitlement, what } of lives) {
        for (const rule of RULES) {
          const found = said.get(`${entitlement} ${rule}`) ?? 0;
          told.set(rule, (told.get(rule) ?? 0) + found);
          if (found !== (due[rule] ?? 0)) wrong.push(`seed ${seed}: ${what}: ${found} of ${rule}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    const rare = [
      'large-transaction',
      'payment-problem',
      'customer-leaving',
      'big-evaluation',
      'feedback',
    ].filter((rule) => (told.get(rule) ?? 0) < LIVES / 20);
    expect(rare).toEqual([]);
  }, 60_000);
});

describe('generated weeks', () => {
  const WEEK: Day = '2026-03-08';

  function cancellations(random: Random, last: Day, values: ReadonlyMap<Day, number>): MetricSeries[] {
    const weeks = weeksEndingWith(last, 45);
    const base = { metric: 'churn' as const, appKey: 'app-1', dataset: 'Annual', type: '' };
    const value = (week: Day, index: number) => values.get(week) ?? 18 + ((index * 7) % 5);
    return random.shuffle([
      {
        ...base,
        name: 'Customers',
        points: random.shuffle(weeks.map((period) => ({ period, value: 2_000 }))),
      },
      {
        ...base,
        name: 'Cancellations',
        points: random.shuffle(weeks.map((period, index) => ({ period, value: value(period, index) }))),
      },
    ]);
  }

  it('are told once where they are unusual, however often they are read, restated or gone', () => {
    let due = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = createRandom(seed);
      const jump = random.pick([20, 21, 60, 90]);
      const next = random.pick([20, 75]);
      const world = createAlertWorld();
      world.sync(startOf('2026-01-01'), {}, { silent: true });
      const values = new Map<Day, number>();
      for (const [week, value] of [
        [WEEK, jump],
        [addDays(WEEK, 7), next],
      ] as const) {
        let hour = 0;
        for (let read = random.whole(3, 6); read > 0; read -= 1) {
          values.set(week, value + random.whole(0, value > 30 ? 3 : 1));
          hour += random.whole(1, 30);
          const series = random.whole(0, 5) === 0 && read > 1 ? [] : cancellations(random, week, values);
          world.sync(startOf(addDays(week, 10)) - 72 * HOUR + hour * HOUR, { series });
        }
      }
      // After the first alert the number is left alone for four weeks.
      const expected = jump > 30 ? [WEEK] : next > 30 ? [addDays(WEEK, 7)] : [];
      due += expected.length;
      const keys = [...world.shown.said.keys()];
      expect(keys, `seed ${seed}`).toEqual(
        expected.map((week) => `alert/1/C1/unusual-week/dev-1/churn app-1 ${week}`),
      );
    }
    expect(due).toBeGreaterThan(15);
  });
});

describe('generated trouble with old rows', () => {
  it('is told once per day and row, whether it vanishes, changes or is back', () => {
    let due = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = createRandom(seed);
      const world = createAlertWorld();
      const rows = Array.from({ length: 3 }, (_, index) =>
        bill(`E-${seed}-${index}`, addDays(START, -60 - index), { vendorAmount: 50_000 }),
      );
      world.sync(startOf(START), { lines: rows }, { silent: true });
      const expected = new Set<string>();
      const away = new Set<number>();
      let hour = 0;
      for (let step = 0; step < 12; step += 1) {
        hour += random.pick([1, 2, 7, 15, 24]);
        const at = startOf(START) + hour * HOUR;
        const index = random.whole(0, 2);
        const row = rows[index];
        if (!row) continue;
        const others = random.shuffle(rows.filter((_, other) => other !== index && !away.has(other)));
        const act = away.has(index) ? 'back' : random.pick(['vanish', 'restate', 'repeat']);
        if (act === 'vanish' || act === 'restate') expected.add(`${dayOf(at)} ${row.transactionId}`);
        if (act === 'vanish') {
          away.add(index);
          world.sync(at, { lines: others, vanished: { lines: [row] } });
          continue;
        }
        away.delete(index);
        const now =
          act === 'restate' ? { ...row, vendorAmount: row.vendorAmount + random.whole(1, 500) } : row;
        rows[index] = now;
        world.sync(at, { lines: random.shuffle([now, ...others]) });
      }
      due += expected.size;
      const said = [...world.shown.said.keys()].filter((key) => key.startsWith('alert/1/C9/data-problem/'));
      expect(said, `seed ${seed}`).toHaveLength(expected.size);
    }
    expect(due).toBeGreaterThan(150);
  });
});

import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type {
  RecordedEvent,
  RecordedFeedback,
  RecordedLicense,
  RecordedLine,
} from '../../../src/domain/recorded.ts';

const RECORDED = {
  developerId: 'dev-1',
  firstSeenAt: startOf('2025-01-02'),
  changedAt: startOf('2025-01-02'),
};

let lines = 0;

/** A paid annual Cloud line over 2025 (365 days) of $365.00 for us: $1.00 a day. Every call is a line of its own. */
export function line(changes: Partial<RecordedLine> = {}): RecordedLine {
  lines += 1;
  const saleDate = changes.saleDate ?? '2025-01-01';
  return {
    ...RECORDED,
    entitlement: 'E-1',
    appKey: 'app-1',
    name: 'App 1',
    aliases: {},
    host: { cloudId: 'site-1' },
    hosting: 'Cloud',
    transactionId: `IN-${lines}`,
    lineId: `line-${lines}`,
    saleDate,
    saleType: 'New',
    licenseType: 'COMMERCIAL',
    billingPeriod: 'Annual',
    tier: '50 Users',
    purchasePrice: 48_000,
    vendorAmount: 36_500,
    discounts: [],
    maintenanceStart: '2025-01-01',
    maintenanceEnd: '2026-01-01',
    paymentStatus: 'Paid',
    dunningAttempts: 0,
    isManualInvoice: false,
    customer: { company: 'Acme GmbH', country: 'Germany' },
    lastUpdated: saleDate,
    bookedOn: saleDate,
    ...changes,
  };
}

/** A refund of $365.00 for the same window as `line()`. */
export function refund(changes: Partial<RecordedLine> = {}): RecordedLine {
  return line({ saleType: 'Refund', vendorAmount: -36_500, purchasePrice: -48_000, ...changes });
}

/** An active commercial Cloud licence over 2025. */
export function license(changes: Partial<RecordedLicense> = {}): RecordedLicense {
  return {
    ...RECORDED,
    entitlement: 'E-1',
    appKey: 'app-1',
    name: 'App 1',
    aliases: {},
    host: { cloudId: 'site-1' },
    hosting: 'Cloud',
    licenseType: 'COMMERCIAL',
    status: 'active',
    tier: '50 Users',
    maintenanceStart: '2025-01-01',
    maintenanceEnd: '2026-01-01',
    customer: { company: 'Acme GmbH', country: 'Germany' },
    isAtlassian: false,
    sandbox: 'no',
    inGracePeriod: false,
    lastUpdated: '2025-01-02',
    ...changes,
  };
}

/** A running 30-day evaluation of app 1 on a site of its own, named after its entitlement. */
export function evaluation(
  entitlement: string,
  start: Day,
  changes: Partial<RecordedLicense> = {},
): RecordedLicense {
  return license({
    entitlement,
    host: { cloudId: `site ${entitlement}` },
    licenseType: 'EVALUATION',
    tier: 'Evaluation',
    maintenanceStart: start,
    maintenanceEnd: addDays(start, 30),
    evaluationStart: start,
    evaluationEnd: addDays(start, 30),
    ...changes,
  });
}

/** A churn event of E-1 on 2026-01-01. */
export function churn(changes: Partial<RecordedEvent> = {}): RecordedEvent {
  return {
    ...RECORDED,
    kind: 'churn',
    entitlement: 'E-1',
    appKey: 'app-1',
    name: 'App 1',
    aliases: {},
    host: {},
    hosting: 'Cloud',
    eventDate: '2026-01-01',
    lastUpdated: '2026-01-02',
    ...changes,
  };
}

/** Feedback of E-1 on 2025-12-20. */
export function feedback(changes: Partial<RecordedFeedback> = {}): RecordedFeedback {
  return {
    ...RECORDED,
    entitlement: 'E-1',
    appKey: 'app-1',
    name: 'App 1',
    aliases: {},
    host: {},
    hosting: 'Cloud',
    date: '2025-12-20',
    feedbackType: 'uninstall',
    ...changes,
  };
}

/** Seeded random numbers (mulberry32), so that a failing example can be repeated. */
export function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    /** An integer from `from` to `to`, both included. */
    whole,
    pick: <T>(choices: readonly [T, ...T[]]): T => choices[whole(0, choices.length - 1)] ?? choices[0],
    shuffle: <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, rank: next() }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
  };
}

type Random = ReturnType<typeof createRandom>;

/** Lines as a billing system could make them: terms, refunds with and without re-bill, $0 lines, lines without window. */
export function randomLines(random: Random, count: number): RecordedLine[] {
  return Array.from({ length: count }, () => {
    const saleDate = addDays('2025-01-01', random.whole(0, 400));
    const isRefund = random.whole(0, 4) === 0;
    const amount = random.pick([0, 990, 12_345, 36_500, 250_001]) + random.whole(0, 99);
    const monthly = random.whole(0, 1) === 0;
    return line({
      entitlement: random.pick(['', 'E-1', 'E-2', 'E-3', 'E-4', 'E-5']),
      saleDate,
      saleType: isRefund ? 'Refund' : random.pick(['New', 'Renewal', 'Upgrade', 'Downgrade']),
      vendorAmount: isRefund ? -amount : amount,
      purchasePrice: isRefund ? -2 * amount : 2 * amount,
      billingPeriod: monthly ? 'Monthly' : 'Annual',
      tier: random.pick(['10 Users', '50 Users', '500 Users', 'Unlimited Users']),
      maintenanceStart: saleDate,
      maintenanceEnd: addDays(saleDate, random.pick([0, 1, 30, 31, 365, 366])),
      paymentStatus: random.pick(['Paid', 'Paid', 'Paid', 'Open', 'Uncollectible', 'Refunded']),
      firstSeenAt: startOf(saleDate),
    });
  });
}

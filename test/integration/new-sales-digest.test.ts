import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { newSales } from '../../src/digests/new-sales.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { License } from '../../src/domain/license.ts';
import type { ThreadedMessage } from '../../src/domain/message.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';
import type { Store } from '../../src/store/store.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { openStore, recordRows } from '../support/store-on-disk.ts';

/** Tuesday 17 March 2026, 09:00 UTC: the week of 8 to 14 March is told. */
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: '2026-03-08',
  now: startOf('2026-03-17') + 9 * 3_600_000,
  today: '2026-03-17',
};

const SIX = 6 * 3_600_000;

interface Sale {
  readonly on: Day;
  readonly cents: number;
  readonly from: Day;
  readonly to: Day;
}

let transactions = 0;

/** A line of the company with that letter; a transaction of its own. */
function bill(
  letter: string,
  { cents, from, on, to }: Sale,
  changes: Partial<TransactionLine> = {},
): TransactionLine {
  transactions += 1;
  return aLine({
    aliases: { appEntitlementNumber: `E-${letter}` },
    host: { cloudId: `site-${letter}` },
    customer: { company: `Company ${letter}` },
    transactionId: `IN-${transactions}`,
    lineId: `line-${transactions}`,
    saleDate: on,
    lastUpdated: on,
    vendorAmount: cents,
    purchasePrice: Math.round(cents * 1.2),
    maintenanceStart: from,
    maintenanceEnd: to,
    ...changes,
  });
}

function ofCompany(letter: string, changes: Partial<License> = {}): License {
  return aLicense({
    aliases: { appEntitlementNumber: `E-${letter}` },
    host: { cloudId: `site-${letter}` },
    customer: { company: `Company ${letter}` },
    ...changes,
  });
}

const MONTHLY = { billingPeriod: 'Monthly' } as const;
const C_TERM = { from: '2025-06-01', to: '2026-06-01' } as const;
const F_TERM = { from: '2026-02-20', to: '2026-03-20' } as const;
const G_TERM = { from: '2026-02-10', to: '2027-02-10' } as const;
const H_SALE = { on: '2026-03-03', from: '2026-03-03', to: '2027-03-03' } as const;
const S_SALE = { on: '2026-03-04', cents: 7_000, from: '2026-03-04', to: '2027-03-04' } as const;

const cOld = bill('C', { on: '2025-06-01', cents: 120_000, ...C_TERM });
const fOld = bill('F', { on: '2026-02-20', cents: 10_000, ...F_TERM }, { ...MONTHLY, tier: '100 Users' });
const gSale = bill('G', { on: '2026-02-10', cents: 60_000, ...G_TERM });
const hSale = bill('H', { ...H_SALE, cents: 50_000 }, { paymentStatus: 'Open' });

/** What the first import brought. */
const FIRST = [
  bill('A', { on: '2026-01-10', cents: 100_000, from: '2026-01-10', to: '2027-01-10' }),
  cOld,
  bill('D', { on: '2026-02-01', cents: 4_800, from: '2026-02-01', to: '2026-03-01' }, MONTHLY),
  bill('E', { on: '2025-05-01', cents: 4_800, from: '2025-05-01', to: '2025-06-01' }, MONTHLY),
  fOld,
  gSale,
  hSale,
  bill('S', S_SALE),
];

const refunded = (line: TransactionLine, on: Day): Partial<TransactionLine> => ({
  saleType: 'Refund',
  saleDate: on,
  vendorAmount: -line.vendorAmount,
  purchasePrice: -line.purchasePrice,
  originalTransactionId: line.transactionId,
});

/** What a later sync brought, on Thursday 12 March. */
const THURSDAY = [
  bill(
    'B',
    { on: '2026-03-11', cents: 240_000, from: '2026-03-11', to: '2027-03-11' },
    {
      paymentStatus: 'Open',
      paymentTerms: 'Net30',
      tier: '200 Users',
      discounts: [{ type: 'LOYALTY_DISCOUNT', amount: 10_000 }],
    },
  ),
  { ...cOld, transactionId: 'IN-C-back', lineId: 'c-back', ...refunded(cOld, '2026-03-10') },
  bill(
    'C',
    { on: '2026-03-10', cents: 240_000, ...C_TERM },
    { saleType: 'Upgrade', tier: '100 Users', oldTier: '50 Users' },
  ),
  bill('E', { on: '2026-03-12', cents: 6_000, from: '2026-03-12', to: '2026-04-12' }, MONTHLY),
  { ...fOld, transactionId: 'IN-F-back', lineId: 'f-back', ...refunded(fOld, '2026-03-11') },
  bill(
    'F',
    { on: '2026-03-11', cents: 4_000, ...F_TERM },
    { ...MONTHLY, saleType: 'Downgrade', tier: '40 Users', oldTier: '100 Users' },
  ),
  // Sold on 1 February, seen on 12 March: 39 days late.
  bill(
    'L',
    { on: '2026-02-01', cents: 36_500, from: '2026-02-01', to: '2027-02-01' },
    { saleType: 'Renewal' },
  ),
  // None of these four is part of the figures.
  bill('A', { on: '2026-03-12', cents: 0, from: '2026-03-12', to: '2026-03-12' }),
  bill('S', { ...S_SALE, on: '2026-03-11' }),
  bill('X', { on: '2026-03-11', cents: 70_000, from: '2026-03-11', to: '2027-03-11' }),
  bill(
    'Y',
    { on: '2026-03-11', cents: 1_000, from: '2026-03-11', to: '2027-03-11' },
    { licenseType: 'COMMUNITY' },
  ),
  // A line of the week before, changed in amount and paid since.
  { ...hSale, vendorAmount: 45_000, paymentStatus: 'Paid' },
];

const SATURDAY = [
  {
    ...gSale,
    transactionId: 'IN-G-back',
    lineId: 'g-back',
    refundReason: 'Not needed',
    ...refunded(gSale, '2026-03-13'),
  },
];

async function openRecorded(until: Day = '2026-03-17'): Promise<Store> {
  const store = await openStore();
  const licenses = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'L'].map((letter) => ofCompany(letter));
  await recordPulls(store, startOf('2026-03-09') + SIX, {
    licenses: { kind: 'licenses', rows: [...licenses, ofCompany('S', { sandbox: 'unknown' })] },
    transactions: { kind: 'lines', rows: FIRST },
  });
  const sync = (day: Day, rows: readonly TransactionLine[]) =>
    recordRows(store, { kind: 'lines', rows }, { at: startOf(day) + SIX, mode: 'incremental' });
  await sync('2026-03-12', THURSDAY);
  await sync('2026-03-14', SATURDAY);
  if (until > '2026-03-14') await sync(until, []);
  const late = [ofCompany('S', { sandbox: 'yes' }), ofCompany('X', { isAtlassian: true }), ofCompany('Y')];
  await recordPulls(store, startOf(until) + SIX, {
    licenses: { kind: 'licenses', rows: [...licenses, ...late] },
  });
  return store;
}

function parentText({ blocks }: ThreadedMessage): string {
  return JSON.stringify(blocks).replaceAll('\u00A0', ' ');
}

/** The rows of the table whose reply begins with these words, cells joined by a bar. */
function rowsOf({ thread }: ThreadedMessage, start: string): string[] {
  const reply = thread.find(({ text }) => text.startsWith(start));
  const table = reply?.blocks.find(({ type }) => type === 'data_table');
  const rows = (table?.['rows'] ?? []) as { text: string }[][];
  return rows.slice(1).map((row) => row.map(({ text }) => text).join(' | '));
}

describe('the new-sales digest from the store', () => {
  it('tells how the run-rate moved, customer by customer, to the cent', async () => {
    const store = await openRecorded();
    const message = await newSales.build(store.read, REQUEST);
    // A month, in cents. Saturday 7 March: A 100,000/12 = 8,333, C 10,000, D 4,800 (ended on 1 March, in its 7 days of
    // grace), F 10,000, G 5,000, H 3,750, L 3,042: 44,925. Saturday 14 March: A 8,333, B 20,000, C 20,000, E 6,000,
    // F 4,000, H 3,750, L 3,042: 65,125. The upgrade of C and the downgrade of F count from their day, not from the
    // start of their terms.
    expect(message.text).toContain(
      '+$202 a month of run-rate this week (higher than usual), to $651: new $200, bigger plans $100, smaller plans -$60, left -$98, back $60.',
    );
    expect(JSON.stringify(message.thread)).toContain('$449.25 a month before this week, $651.25 after it');
  });

  it('names the gains and the losses, and their sums are those of the rows', async () => {
    const message = await newSales.build((await openRecorded()).read, REQUEST);
    expect(rowsOf(message, 'Gains of run-rate: 3 subscriptions, $360.00 a month')).toEqual([
      'Company B | App 1 | new, 200 users, annual | $200.00 | $200.00',
      'Company C | App 1 | from 50 users to 100 users | $100.00 | $200.00',
      // Paid until 1 June 2025, long before the weeks of the chart; back on 12 March 2026: 284 days, 9.3 months.
      'Company E | App 1 | back after 9 months, 50 users, monthly | $60.00 | $60.00',
    ]);
    expect(rowsOf(message, 'Losses of run-rate: 3 subscriptions, -$158.00 a month')).toEqual([
      'Company F | App 1 | from 100 users to 40 users | -$60.00 | $40.00',
      'Company G | App 1 | left, 50 users, annual | -$50.00 | $0.00',
      'Company D | App 1 | left, 50 users, monthly | -$48.00 | $0.00',
    ]);
  });

  it('tells what was invoiced, without sandboxes, Atlassian, unpaid types and $0 lines, and how many those are', async () => {
    const message = await newSales.build((await openRecorded()).read, REQUEST);
    // B 240,000 + C 240,000 - 120,000 + E 6,000 + F 4,000 - 10,000 + G -60,000 + L 36,500 = 336,500 in 8 lines.
    expect(message.text).toContain('Invoiced (our share) $3,365 in 8 lines to 5 customers');
    const parent = parentText(message);
    expect(parent).toContain('*Payment, of 8 lines*\\nnot paid yet $2,400 in 1 line"');
    expect(parent).toContain('*Refunds without a new bill*\\n-$600 in 1 line');
    expect(parent).toContain("*Discounts, off customers' prices*\\n$100 ");
    expect(parent).toContain(
      'Sold before this week, counted in it because they appeared now: 1 line ($365), all of them more than 14 days late',
    );
    expect(parent).toContain(
      "Lines left out: 1 Atlassian's own, 1 of licence types nobody pays for, 1 at $0, 1 on sandboxes",
    );
  });

  it('lists the new sales and the refunds that stay', async () => {
    const message = await newSales.build((await openRecorded()).read, REQUEST);
    expect(rowsOf(message, '2 new sales, $2,460.00 our share')).toEqual([
      'Company B | App 1 | 200 users | Annual | $2,400.00 | 11 Mar 2026 | Open, Net30',
      'Company E | App 1 | 50 users | Monthly | $60.00 | 12 Mar 2026 | Paid',
    ]);
    expect(rowsOf(message, 'Refunds that nothing was billed in place of: 1 line, -$600.00')).toEqual([
      'Company G | App 1, 50 users | -$600.00 | Not needed | 13 Mar 2026',
    ]);
  });

  it('says which weeks told before are different now, and why', async () => {
    const store = await openRecorded();
    const lastSpokeAt = startOf('2026-03-10') + 9 * 3_600_000;
    const message = await newSales.build(store.read, { ...REQUEST, lastSpokeAt });
    // Told on 10 March for 1 to 7 March: H 50,000 + S 7,000 = 57,000, because nobody knew yet that S is a sandbox.
    // Now H is 45,000 and paid, and S does not count.
    expect(parentText(message)).toContain(
      '*Changed since my last digest*\\nInvoiced: week 1–7 Mar from $570.00 to $450.00 (Company S -$70.00, Company H -$50.00); 1 line is Paid now ($450)',
    );
    // And of the run-rate, a month: H new with 4,167 and S with 583, now 3,750 and nothing. L was seen on 12 March for a term
    // that began on 1 February, as D's 4,800 did: 3,042 more in that week.
    expect(parentText(message)).toContain(
      '\\nRun-rate a month: week 1–7 Mar from +$47.50 to +$37.50 (Company S -$5.83, Company H -$4.17); week 1–7 Feb from +$48.00 to +$78.42 (Company L +$30.42)',
    );
    const silent = await newSales.build(store.read, REQUEST);
    expect(parentText(silent)).not.toContain('Changed since');
  });

  it('tells what was invoiced in the weeks that no digest told', async () => {
    const store = await openRecorded();
    const told = { lastSpokeAt: startOf('2026-02-24') + SIX, lastToldWeek: '2026-02-15' } as const;
    const message = await newSales.build(store.read, { ...REQUEST, ...told });
    // F 10,000 in the week of 15 February, that was told; nothing after it, then H 45,000, as it is known now.
    expect(parentText(message)).toContain(
      '*Not told before, because no digest was posted*, invoiced: week 1–7 Mar $450; week 22–28 Feb $0',
    );
  });

  it('tells what is kept of the run-rate over four weeks', async () => {
    const message = await newSales.build((await openRecorded()).read, REQUEST);
    // On 14 February a month: A 8,333, C 10,000, D 4,800, G 5,000, L 3,042, together 31,175. On 14 March D and G (9,800) are
    // gone: 21,375 / 31,175 = 68.6 %; C pays 10,000 more: 31,375 / 31,175 = 100.6 %. A year ago nobody paid.
    expect(parentText(message)).toContain(
      '*Kept of run-rate (GRR, NRR)*\\n4 weeks: 68.6 % gross, 100.6 % net"',
    );
  });

  it('tells what is kept over twelve months', async () => {
    const store = await openStore();
    const year = (letter: string, from: Day, to: Day, cents: number) =>
      bill(letter, { on: from, cents, from, to });
    await recordPulls(store, startOf('2026-03-17') + SIX, {
      licenses: { kind: 'licenses', rows: [] },
      transactions: {
        kind: 'lines',
        rows: [
          year('P', '2024-06-01', '2025-06-01', 12_000),
          year('P', '2025-06-01', '2026-06-01', 18_000),
          year('Q', '2025-01-01', '2026-01-01', 24_000),
          year('R', '2025-09-01', '2026-09-01', 99_000),
          year('T', '2026-03-11', '2027-03-11', 12_000),
        ],
      },
    });
    // On 14 March 2025 P 1,000 and Q 2,000 a month; a year later P 1,500, Q nothing: 1,000 and 1,500 of 3,000. R and T are new.
    expect(parentText(await newSales.build(store.read, REQUEST))).toContain(
      '12 months: 33.3 % gross, 50.0 % net, of $30 a month in 2 subscriptions',
    );
  });

  it('lists all that was invoiced by kind of line, to the cent and to the line', async () => {
    const message = await newSales.build((await openRecorded()).read, REQUEST);
    // New: B 240,000 + E 6,000; upgrade C 240,000; renewal L 36,500; downgrade F 4,000; refunds -120,000 - 10,000 - 60,000.
    expect(rowsOf(message, 'Invoiced: $3,365.00 our share in 8 lines')).toEqual([
      'New | 2 | $2,460.00',
      'Upgrade | 1 | $2,400.00',
      'Renewal | 1 | $365.00',
      'Downgrade | 1 | $40.00',
      'Refund | 3 | -$1,900.00',
    ]);
  });

  it('finds nothing changed when nothing was', async () => {
    const store = await openRecorded();
    const message = await newSales.build(store.read, { ...REQUEST, lastSpokeAt: REQUEST.now - 1 });
    expect(parentText(message)).toContain('*Changed since my last digest:* nothing in the weeks I told');
  });

  it('says first how far transactions are known when that is not to the end of the week', async () => {
    const message = await newSales.build((await openRecorded('2026-03-14')).read, REQUEST);
    expect(message.text).toContain('Transactions are known only until Sat 14 Mar 06:00 UTC');
    expect(message.text).not.toContain('lower than usual');
  });

  it('does not call a week low when its sales appeared after it, and says so', async () => {
    const store = await openStore();
    const sale = (week: Day, number: number) =>
      bill(`${week}-${number}`, {
        on: addDays(week, number % 5),
        cents: 1_000,
        from: week,
        to: addDays(week, 365),
      });
    // Twelve weeks of 20 lines, then a week of which the first sync after it, nine days later, brought all but one.
    const before = weeksEndingWith('2026-02-22', 12).flatMap((week) =>
      Array.from({ length: 20 }, (_, index) => sale(week, index)),
    );
    const missed = Array.from({ length: 19 }, (_, index) => sale('2026-03-01', index));
    const rows = [...before, sale('2026-03-01', 0)];
    await recordPulls(store, startOf('2026-03-02') + SIX, {
      licenses: { kind: 'licenses', rows: [] },
      transactions: { kind: 'lines', rows },
    });
    await recordRows(
      store,
      { kind: 'lines', rows: missed },
      { at: startOf('2026-03-11') + SIX, mode: 'incremental' },
    );
    const message = await newSales.build(store.read, { ...REQUEST, week: '2026-03-01' });
    expect(message.text).toContain('in 1 line to 1 customer; usual 20');
    expect(message.text).toContain('so not called low');
    expect(parentText(message)).toContain(
      'Sold in this week, counted later because they appeared later: 19 lines ($190)',
    );
  });

  it('tells one app alone', async () => {
    const message = await newSales.build((await openRecorded()).read, {
      ...REQUEST,
      app: { appKey: 'app-2', name: 'App 2' },
    });
    expect(message.text).toContain('New sales 8–14 Mar, App 2: Nothing was invoiced');
    expect(message.thread).toEqual([]);
  });

  it('says that nothing is known in an empty store', async () => {
    const store = await openStore();
    const { text } = await newSales.build(store.read, REQUEST);
    expect(text).toBe('New sales 8–14 Mar, All apps: No transactions are known yet.');
  });
});

import { describe, expect, it } from 'vitest';
import type { CommandContext, SentFile } from '../../src/commands/command.ts';
import { type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { LicenseEvent } from '../../src/domain/license-event.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { Store } from '../../src/store/store.ts';
import { expectSendable } from '../support/golden.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';
import { answerTo, asked, buttonsOf } from '../unit/commands/asking.ts';

const WEEK: Day = '2026-03-08';
const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;
const RANGE = { from: '2026-01-01', to: '2026-03-17' } as const;
const APP = { appKey: 'app-1', name: 'App 1' };

/** Two of ten monthly customers leave every week; in the week told 4 of 12 do, of whom Atlassian names three. */
function weekly(name: string, before: number, now: number): MetricSeries {
  const points = weeksEndingWith(WEEK, 30).map((week) => ({
    period: week,
    value: week === WEEK ? now : before,
  }));
  return { metric: 'churn', appKey: null, dataset: 'Monthly', name, type: '', points };
}

function left(name: string, eventDate: Day): LicenseEvent {
  return {
    ...APP,
    kind: 'churn',
    hosting: 'Cloud',
    aliases: { appEntitlementNumber: `E-${name}` },
    host: {},
    eventDate,
    lastUpdated: eventDate,
    monthsValid: 1,
  };
}

const NAMES = ['acme', 'bolt', 'core'] as const;

async function recordWeek(store: Store, at = SYNCED, counted = 4): Promise<void> {
  await recordPulls(store, at, {
    licenses: {
      kind: 'licenses',
      rows: NAMES.map((name) =>
        aLicense({
          ...APP,
          aliases: { appEntitlementNumber: `E-${name}` },
          host: { cloudId: `site-${name}` },
          customer: { company: `${name} Ltd` },
          status: 'inactive',
        }),
      ),
    },
    transactions: {
      kind: 'lines',
      // 28 days at $28, $56 and $84: a year of 365 days brings $365, $730 and $1,008.
      rows: NAMES.map((name, index) =>
        aLine({
          ...APP,
          aliases: { appEntitlementNumber: `E-${name}` },
          customer: { company: `${name} Ltd` },
          transactionId: `IN-${name}`,
          lineId: `line-${name}`,
          saleDate: '2026-02-10',
          lastUpdated: '2026-02-10',
          maintenanceStart: '2026-02-10',
          maintenanceEnd: '2026-03-10',
          billingPeriod: 'Monthly',
          vendorAmount: 2800 * (index + 1),
        }),
      ),
    },
    churn: {
      kind: 'series',
      metric: 'churn',
      rows: [weekly('Customers', 10, 12), weekly('Cancellations', 2, counted)],
    },
    'churn-events': {
      kind: 'events',
      event: 'churn',
      ...RANGE,
      rows: NAMES.map((name) => left(name, '2026-03-10')),
    },
    'renewal-events': { kind: 'events', event: 'renewal', ...RANGE, rows: [] },
  });
}

/** What the button of a churn digest opens. */
async function openNumbers(store: Store): Promise<string> {
  const { 'Behind the Numbers': asks = '' } = buttonsOf(await answerTo(store, 'churn'));
  expect(asks).toMatch(/^numbers [0-9a-f]{12}$/);
  return asks;
}

describe('the rows behind a number', () => {
  it('are opened from the digest, number by number', async () => {
    const store = await openStore();
    await recordWeek(store);
    const asks = await openNumbers(store);
    const list = await answerTo(store, asks);
    expectSendable(list);
    const text = await asked(store, asks);
    expect(text).toContain('Left: 4');
    expect(text).toContain('Due: 12');
    expect(text).toContain('Lost revenue, a year: $2,016');
    const menu = list.blocks.flatMap(({ elements, type }) =>
      type === 'actions' ? (elements as { options?: { value: string }[] }[]) : [],
    );
    const choices = menu.flatMap(({ options = [] }) => options.map(({ value }) => value));
    expect(choices).toContain(`${asks} left`);
    for (const choice of choices) expectSendable(await answerTo(store, choice));
  });

  it('add up to it: what a list leaves open is a row of its own', async () => {
    const store = await openStore();
    await recordWeek(store);
    const text = await asked(store, `${await openNumbers(store)} left`);
    expect(text).toContain('Left: 4, the sum of 4 rows');
    expect(text).toContain('4 of 12 (33 %) left');
    expect(text).toMatch(/acme Ltd +App 1, left +10 Mar 2026 +1 +E-acme/);
    expect(text).toMatch(/- +Counted by Atlassian, not in its list +- +1/);
    expect(text).toContain('how many stopped paying');
  });

  it('have the amounts the digest adds up', async () => {
    const store = await openStore();
    await recordWeek(store);
    const text = await asked(store, `${await openNumbers(store)} lost`);
    expect(text).toContain('Lost revenue, a year: $2,016.00, the sum of 3 rows');
    expect(text.indexOf('$1,008.00')).toBeLessThan(text.indexOf('$672.00'));
    expect(text.indexOf('$672.00')).toBeLessThan(text.indexOf('$336.00'));
  });

  it('stay as they were told when the numbers are corrected', async () => {
    const store = await openStore();
    await recordWeek(store);
    const before = await openNumbers(store);
    await recordWeek(store, SYNCED + 60_000, 3);
    const after = await openNumbers(store);
    expect(after).not.toBe(before);
    expect(await asked(store, `${before} left`)).toContain('Left: 4, the sum of 4 rows');
    expect(await asked(store, `${after} left`)).toContain('Left: 3, the sum of 3 rows');
  });

  it('keep no name: a customer is called what it is called today', async () => {
    const store = await openStore();
    await recordWeek(store);
    const asks = await openNumbers(store);
    const kept = JSON.stringify(await store.numbers.read(asks.split(' ')[1] ?? ''));
    expect(kept).toContain('E-acme');
    expect(kept).not.toContain('acme Ltd');
  });

  it('are kept for two years', async () => {
    const store = await openStore();
    await recordWeek(store);
    const [, ref = ''] = (await openNumbers(store)).split(' ');
    const trace = await store.numbers.read(ref);
    if (!trace) throw new Error('the digest was shown');
    await store.numbers.keep({ ...trace, ref: 'another' }, SYNCED + 733 * 86_400_000);
    expect(await store.numbers.read(ref)).toBeUndefined();
    expect(await asked(store, `numbers ${ref}`)).toContain('kept for two years');
  });

  it('are sent as a file whose amounts add up to the number', async () => {
    const store = await openStore();
    await recordWeek(store);
    const asks = await openNumbers(store);
    const sent: SentFile[] = [];
    const sendFiles: CommandContext['sendFiles'] = async (files) => {
      sent.push(...files);
      return { kind: 'sent' };
    };
    const { 'Send Me the CSV': exports = '' } = buttonsOf(await answerTo(store, `${asks} lost`));
    await answerTo(store, exports, { sendFiles });
    const [file] = sent;
    const lines = file?.content.trim().split('\r\n').slice(1) ?? [];
    expect(lines.map((line) => line.split(',').slice(-3))).toEqual([
      ['2026-03-10', '1008', 'E-core'],
      ['2026-03-10', '672', 'E-bolt'],
      ['2026-03-10', '336', 'E-acme'],
    ]);
  });

  it('of a number that a digest does not have are said to be none, with those it has', async () => {
    const store = await openStore();
    await recordWeek(store);
    const asks = await openNumbers(store);
    expect(await asked(store, `${asks} nonsense`)).toContain('has no number "nonsense"');
    expect(await asked(store, 'numbers')).toContain('I do not have these numbers');
    expect(await asked(store, 'numbers <!channel>')).toContain('I do not have these numbers');
  });
});

import { describe, expect, it } from 'vitest';
import type { AlertSetting } from '../../../src/domain/alert-rules.ts';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf } from '../../support/alerting.ts';
import { license, line } from '../analytics/rows.ts';

const DAY: Day = '2026-03-16';
const NOW = startOf('2026-03-17') + 9 * 3_600_000;

type Rule = Extract<AlertSetting, { readonly kind: 'rule' }>;

const rule = (changes: Partial<Rule>): Rule => ({
  kind: 'rule',
  channel: 'C1',
  rule: 'large-transaction',
  app: '',
  ...changes,
});

const sale = (changes: Partial<RecordedLine> = {}): RecordedLine =>
  line({
    saleDate: DAY,
    transactionId: 'IN-1',
    lineId: 'sale',
    maintenanceStart: DAY,
    maintenanceEnd: addDays(DAY, 365),
    vendorAmount: 200_000,
    ...changes,
  });

/** An upgrade that is also a large transaction. */
const upgrade = sale({ saleType: 'Upgrade', oldTier: '10 Users' });

/** The channels and rules that hear of lines, under these settings. */
function heard(settings: readonly AlertSetting[], ...lines: readonly RecordedLine[]): string[] {
  const world = createAlertWorld({}, settings);
  world.sync(NOW - 86_400_000, { licenses: [license()] }, { silent: true });
  return keysOf(world.sync(NOW, { lines })).map((key) => key.split('/').slice(2, 4).join(' '));
}

describe('without settings', () => {
  it('alerts go to the channel for alerts, what is wrong with the data to the operator', () => {
    expect(heard([], sale())).toEqual(['C1 large-transaction']);
  });
});

describe('a rule', () => {
  it('that is off is not heard, and the next one that sees the same fact tells it', () => {
    expect(heard([rule({ isOn: false })], sale())).toEqual([]);
    expect(heard([rule({ isOn: false })], upgrade)).toEqual(['C1 upgrade']);
    expect(heard([rule({ rule: 'upgrade', isOn: false })], upgrade)).toEqual(['C1 large-transaction']);
  });

  it('is muted until its time, to the millisecond', () => {
    expect(heard([rule({ mutedUntil: NOW + 1 })], sale())).toEqual([]);
    expect(heard([rule({ mutedUntil: NOW })], sale())).toEqual(['C1 large-transaction']);
  });

  it.each([
    [200_000, 1],
    [200_001, 0],
    [0, 1],
  ])('has its own threshold here: %d cents, %d alerts', (threshold, alerts) => {
    expect(heard([rule({ threshold })], sale())).toHaveLength(alerts);
  });

  it('of an app goes before that of all apps, whether the app is called by name or key', () => {
    for (const app of ['App 1', 'app-1', 'APP  1'.replace('  ', ' ')]) {
      expect(heard([rule({ isOn: false }), rule({ app, isOn: true })], sale())).toHaveLength(1);
      expect(heard([rule({ app, threshold: 200_001 })], sale())).toEqual([]);
    }
    const other = sale({ appKey: 'app-2', name: 'App 2' });
    expect(heard([rule({ app: 'App 1', isOn: false })], other)).toHaveLength(1);
  });

  it('can be on in further channels, each with a threshold of its own', () => {
    const other = rule({ channel: 'C2', isOn: true, threshold: 250_000 });
    expect(heard([other], sale())).toEqual(['C1 large-transaction']);
    expect(heard([other], sale({ vendorAmount: 250_000 }))).toEqual([
      'C1 large-transaction',
      'C2 large-transaction',
    ]);
    // A threshold that was set and turned off again is no wish to hear anything.
    expect(heard([rule({ channel: 'C2', isOn: false, threshold: 1 })], sale())).toEqual([
      'C1 large-transaction',
    ]);
  });
});

describe('an owner', () => {
  const mentions = (owners: readonly AlertSetting[], changes: Partial<RecordedLine> = {}): string[] => {
    const world = createAlertWorld({}, owners);
    const known = license({ customer: { company: 'Acme GmbH', country: 'Germany', region: 'EMEA' } });
    world.sync(NOW - 86_400_000, { licenses: [known] }, { silent: true });
    const { entries } = world.sync(NOW, { lines: [sale(changes)] });
    return [...JSON.stringify(entries).matchAll(/<@(\w+)>/g)].map(([, id = '']) => id);
  };
  const owner = (of: 'all' | 'app' | 'region', name: string, userId = 'U123'): AlertSetting => ({
    kind: 'owner',
    channel: 'C1',
    owner: { of, name },
    userId,
  });

  it('is mentioned only where somebody asked for it', () => {
    expect(mentions([])).toEqual([]);
    expect(mentions([owner('all', '')])).toEqual(['U123']);
    expect(mentions([{ ...owner('all', ''), channel: 'C2' }])).toEqual([]);
  });

  it.each([
    ['app', 'App 1', 1],
    ['app', 'app-1', 1],
    ['app', 'App 2', 0],
    ['region', 'emea', 1],
    ['region', 'GERMANY', 1],
    ['region', 'APAC', 0],
  ] as const)('of %s %s is mentioned %d times', (of, name, times) => {
    expect(mentions([owner(of, name)])).toHaveLength(times);
  });

  it('is mentioned once, together with others', () => {
    expect(mentions([owner('all', ''), owner('app', 'App 1'), owner('region', 'EMEA', 'U456')])).toEqual([
      'U123',
      'U456',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { startOf } from '../../../src/domain/day.ts';
import type { AlertSetting } from '../../../src/domain/alert-rules.ts';
import type { RecordedLicense } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf, notes, posts } from '../../support/alerting.ts';
import { churn, createRandom, feedback, license, line } from '../analytics/rows.ts';

const HOUR = 3_600_000;
const at = (hours: number): number => startOf('2026-03-17') + hours * HOUR;

const TERM = { maintenanceStart: '2025-03-15', maintenanceEnd: '2026-03-15' } as const;
const plan = (vendorAmount = 365_000) =>
  line({ ...TERM, transactionId: 'IN-1', lineId: 'term', saleDate: '2025-03-15', vendorAmount });
const licensed = (changes: Partial<RecordedLicense> = {}): RecordedLicense =>
  license({ ...TERM, ...changes });
const event = churn({ eventDate: '2026-03-15', maintenanceEnd: '2026-03-15' });

function known(amount?: number, changes: Partial<RecordedLicense> = {}) {
  const world = createAlertWorld();
  world.sync(at(-48), { licenses: [licensed(changes)], lines: [plan(amount)] }, { silent: true });
  return world;
}

describe('a customer', () => {
  it.each([
    [99_999, 0],
    [100_000, 1],
  ])('that paid %d cents a year and leaves gives %d alerts', (amount, alerts) => {
    expect(posts(known(amount).sync(at(0), { events: [event] }))).toHaveLength(alerts);
  });

  it('that cancels is told with what it pays a year and until when', () => {
    const running = { maintenanceStart: '2025-09-01', maintenanceEnd: '2026-09-01' } as const;
    const world = createAlertWorld();
    const paid = line({ ...running, saleDate: '2025-09-01', vendorAmount: 400_000 });
    world.sync(at(-48), { licenses: [license(running)], lines: [paid] }, { silent: true });
    const said = world.sync(at(0), { licenses: [license({ ...running, status: 'cancelled' })] });
    expect(posts(said)).toEqual([
      'Acme GmbH cancelled and is paid until 1 Sep 2026 (in 6 months): -$4,000 a year our share, after 6 months with us',
    ]);
  });

  it.each(['cancelled', 'inactive'] as const)(
    'whose licence turns %s and whose event follows is one fact',
    (status) => {
      const world = known();
      expect(posts(world.sync(at(0), { licenses: [licensed({ status })] }))).toHaveLength(1);
      const later = world.sync(at(24), { events: [event] });
      expect(posts(later)).toEqual([]);
      expect(world.shown.said.size).toBe(1);
      expect(world.sync(at(48), { events: [event], licenses: [licensed({ status })] }).entries).toEqual([]);
    },
  );

  it('whose event comes before its licence ends is one fact as well', () => {
    const world = known();
    expect(keysOf(world.sync(at(0), { events: [event] }))).toEqual([
      'alert/1/C1/customer-leaving/dev-1/E-1 2026-03-15',
    ]);
    expect(posts(world.sync(at(24), { licenses: [licensed({ status: 'inactive' })] }))).toEqual([]);
  });

  it('is told once in whatever order licence, event and words come', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      const steps = random.shuffle([
        { licenses: [licensed({ status: 'inactive' as const })] },
        { events: [event] },
        { feedback: [feedback({ date: '2026-03-15', reason: 'Too expensive', message: 'Sorry' })] },
      ]);
      const world = known();
      let hours = 0;
      for (const step of steps) {
        hours += random.pick([1, 20, 50]);
        world.sync(at(hours), step);
      }
      world.sync(at(hours + 30), {});
      const leaving = [...world.shown.posts.keys()].filter((key) => key.includes('customer-leaving'));
      expect(leaving, `seed ${seed}`).toHaveLength(1);
      expect(JSON.stringify([...world.shown.posts.values()]), `seed ${seed}`).toContain('Too expensive');
    }
  });

  it('that is back with a new term when the event arrives has not left', () => {
    const world = known();
    const back = line({
      saleDate: '2026-03-16',
      maintenanceStart: '2026-03-16',
      maintenanceEnd: '2027-03-16',
      vendorAmount: 50_000,
    });
    expect(world.sync(at(0), { lines: [back], events: [event] }).entries).toEqual([]);
  });

  it('that takes it back changes the message', () => {
    const world = known();
    world.sync(at(0), { licenses: [licensed({ status: 'cancelled' })] });
    const said = world.sync(at(24), {
      licenses: [licensed({ status: 'active', maintenanceEnd: '2027-03-15' })],
    });
    expect(posts(said)).toEqual([]);
    expect([...world.shown.said.values()]).toEqual([
      expect.stringContaining('had cancelled and stays after all'),
    ]);
  });

  it('that leaves a second time, a term later, is a second fact', () => {
    const world = known();
    world.sync(at(0), { events: [event] });
    const next = line({
      transactionId: 'IN-2',
      lineId: 'next',
      saleDate: '2026-04-01',
      maintenanceStart: '2026-04-01',
      maintenanceEnd: '2027-04-01',
      vendorAmount: 365_000,
    });
    world.sync(startOf('2026-04-01'), {
      lines: [next],
      licenses: [licensed({ maintenanceEnd: '2027-04-01' })],
    });
    const again = churn({ eventDate: '2027-04-01', maintenanceEnd: '2027-04-01' });
    expect(posts(world.sync(startOf('2027-04-02'), { events: [again] }))).toHaveLength(1);
  });

  it.each([
    ['an event of long ago', { events: [churn({ eventDate: '2026-03-02' })] }],
    [
      'a licence that ended long ago',
      { licenses: [licensed({ status: 'inactive' as const, maintenanceEnd: '2026-03-02' })] },
    ],
  ])('is no news by %s', (_, answer) => {
    expect(known().sync(at(0), answer).entries).toEqual([]);
  });

  it.each([
    ['Atlassian itself', { isAtlassian: true }],
    ['a sandbox', { sandbox: 'yes' as const }],
    ['a community licence', { licenseType: 'COMMUNITY' }],
  ])('is no business: %s', (_, changes) => {
    const world = known(365_000, changes);
    expect(world.sync(at(0), { events: [event] }).entries).toEqual([]);
  });
});

describe('what a leaving customer gets back', () => {
  const refund = line({
    ...TERM,
    entitlement: 'E-1',
    transactionId: 'CN-1',
    lineId: 'back',
    saleType: 'Refund',
    saleDate: '2026-03-17',
    vendorAmount: -365_000,
    purchasePrice: -365_000,
    originalTransactionId: 'IN-1',
  });
  const cancels = { licenses: [licensed({ status: 'cancelled' as const, maintenanceEnd: '2026-04-15' })] };
  const rule = { kind: 'rule', channel: 'C1', app: '' } as const;

  function customer(settings: readonly AlertSetting[] = []) {
    const world = createAlertWorld({}, settings);
    world.sync(at(-48), { licenses: [licensed()], lines: [plan()] }, { silent: true });
    return world;
  }

  it.each([0, 1, 30, 24 * 13])('is noted with the alert about leaving, %d hours later', (hours) => {
    const world = customer();
    const told = world.sync(at(0), hours === 0 ? { ...cancels, lines: [refund] } : cancels);
    expect(posts(told)).toHaveLength(1);
    const later = [refund, { ...refund, saleDate: '2026-03-28' as const }][hours < 100 ? 0 : 1] ?? refund;
    const said = world.sync(at(hours), { lines: [later] });
    for (const wait of [1, 25, 50]) world.sync(at(hours + wait), {});
    expect([...world.shown.posts.keys()]).toEqual(keysOf(told));
    expect(JSON.stringify([...world.shown.posts.values()])).toMatch(
      /Got back[^$]*\$3,650 on (17|28) Mar 2026/,
    );
    expect(JSON.stringify([...world.shown.posts.values()])).toContain('-$3,650 a year');
    const noted = [expect.stringMatching(/^Changed: Got back: \$3,650 on /)];
    expect(notes(said)).toEqual(hours > 0 ? noted : []);
    expect(world.shown.notes.filter(({ again }) => again)).toEqual([]);
  });

  it('before it leaves waits for the bill that may replace it, and is told with the alert about leaving', () => {
    const world = customer();
    expect(world.sync(at(0), { lines: [refund] }).entries).toEqual([]);
    expect(posts(world.sync(at(5), cancels))).toHaveLength(1);
    for (const hours of [25, 49, 90]) expect(world.sync(at(hours), {}).entries).toEqual([]);
    expect(world.book.openFacts()).toEqual([]);
  });

  it('and was told by itself stays so, and is named when the customer leaves', () => {
    const world = customer();
    world.sync(at(0), { lines: [refund] });
    expect(keysOf(world.sync(at(25), {}))).toEqual([expect.stringContaining('/refund/')]);
    const said = world.sync(at(50), cancels);
    expect(keysOf(said)).toEqual([expect.stringContaining('/customer-leaving/')]);
    expect(JSON.stringify(said.entries)).toContain('Got back');
  });

  it.each([
    ['does not hear of customers that leave', { ...rule, rule: 'customer-leaving', isOn: false }],
    ['hears of larger customers alone', { ...rule, rule: 'customer-leaving', threshold: 500_000 }],
  ] as const)('is told by itself in a channel that %s', (_, setting) => {
    const world = customer([setting]);
    world.sync(at(0), { ...cancels, lines: [refund] });
    world.sync(at(25), {});
    expect([...world.shown.posts.keys()]).toEqual([expect.stringContaining('/refund/')]);
  });

  it('weeks later is a fact of its own', () => {
    const world = customer();
    world.sync(at(0), cancels);
    const late = { ...refund, saleDate: '2026-04-10' as const };
    world.sync(at(24 * 24), { lines: [late] });
    world.sync(at(24 * 25 + 1), {});
    expect([...world.shown.posts.keys()]).toEqual([
      expect.stringContaining('/customer-leaving/'),
      expect.stringContaining('/refund/'),
    ]);
  });
});

describe('what a leaving customer says', () => {
  it('is told by itself in a channel that does not hear of customers that leave', () => {
    const rule = { kind: 'rule', channel: 'C1', app: '', rule: 'customer-leaving', isOn: false } as const;
    const world = createAlertWorld({}, [rule]);
    const running = { maintenanceStart: '2025-09-01', maintenanceEnd: '2026-09-01' } as const;
    const paid = line({ ...running, saleDate: '2025-09-01', vendorAmount: 400_000 });
    world.sync(at(-48), { licenses: [license(running)], lines: [paid] }, { silent: true });
    const said = world.sync(at(0), {
      licenses: [license({ ...running, status: 'cancelled' })],
      feedback: [feedback({ date: '2026-03-17', message: 'Too slow' })],
    });
    expect(keysOf(said)).toEqual([expect.stringContaining('/feedback/')]);
  });

  const words = feedback({
    date: '2026-03-14',
    reason: 'Too expensive',
    message: 'We <b>loved</b> it & leave',
  });

  it('is part of the alert, not an alert of its own, when both come together', () => {
    const said = known().sync(at(0), { events: [event], feedback: [words] });
    expect(keysOf(said)).toEqual(['alert/1/C1/customer-leaving/dev-1/E-1 2026-03-15']);
    expect(JSON.stringify(said.entries)).toContain('“We &lt;b&gt;loved&lt;/b&gt; it &amp; leave”');
  });

  it('is added when it comes within 14 days, as a note and in the message', () => {
    const world = known();
    const first = world.sync(at(0), { events: [event] });
    expect(JSON.stringify(first.entries)).toContain('no feedback yet');
    const said = world.sync(at(14 * 24 - 1), { feedback: [words] });
    expect(posts(said)).toEqual([]);
    expect(notes(said)).toEqual([
      'Changed: Reason: Too expensive; the customer wrote: “We &lt;b&gt;loved&lt;/b&gt; it &amp; leave”',
    ]);
    expect(JSON.stringify([...world.shown.posts.values()])).not.toContain('no feedback yet');
  });

  it('later than that stays out of it', () => {
    const world = known();
    world.sync(at(0), { events: [event] });
    expect(world.sync(at(14 * 24 + 1), { feedback: [words] }).entries).toEqual([]);
  });
});

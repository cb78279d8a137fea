import { describe, expect, it } from 'vitest';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { plainText } from '../../../src/messages/plain-text.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { notes, posts } from '../../support/alerting.ts';
import { churn, license, line } from '../analytics/rows.ts';

const DAY: Day = '2026-03-16';
const NOW = startOf('2026-03-17') + 9 * 3_600_000;

function sales(count: number, amount = (index: number): number => 200_000 + index * 10_000): RecordedLine[] {
  return Array.from({ length: count }, (_, index) =>
    line({
      entitlement: `E-${index}`,
      customer: { company: `Customer ${index}` },
      saleDate: DAY,
      transactionId: `IN-${index}`,
      lineId: `line-${index}`,
      maintenanceStart: DAY,
      maintenanceEnd: addDays(DAY, 365),
      vendorAmount: amount(index),
    }),
  );
}

function fresh() {
  const world = createAlertWorld();
  world.sync(NOW - 86_400_000, {}, { silent: true });
  return world;
}

describe('many alerts of one run', () => {
  it('are one message each up to five of a rule', () => {
    expect(posts(fresh().sync(NOW, { lines: sales(5) }))).toHaveLength(5);
  });

  it('are one message from six of a rule on, the largest first, each of them in its thread', () => {
    const said = fresh().sync(NOW, { lines: sales(6) });
    expect(posts(said)).toEqual(['6 large transactions arrived together, +$13.5k net (our share).']);
    const [summary, ...thread] = said.entries;
    expect(thread).toHaveLength(6);
    expect(thread.every(({ parentKey }) => parentKey === summary?.key)).toBe(true);
    expect(thread.map(({ message }) => message.text.slice(0, 10))).toEqual(
      [5, 4, 3, 2, 1, 0].map((index) => `Customer ${index}`),
    );
    // Each can be handled by itself.
    expect(thread.every(({ message }) => JSON.stringify(message).includes('alerts handled'))).toBe(true);
  });

  it('of several rules are one message from eleven on', () => {
    const licenses = Array.from({ length: 6 }, (_, index) =>
      license({ entitlement: `L-${index}`, customer: { company: `Leaver ${index}` }, status: 'active' }),
    );
    const terms = licenses.map(({ entitlement }) =>
      line({
        entitlement,
        vendorAmount: 300_000,
        saleDate: '2025-03-17',
        maintenanceStart: '2025-03-17',
        maintenanceEnd: '2026-03-15',
      }),
    );
    const events = licenses.map(({ entitlement }) => churn({ entitlement, eventDate: '2026-03-15' }));
    const both = (leavers: number): string[] => {
      const world = createAlertWorld();
      world.sync(NOW - 86_400_000, { licenses, lines: terms }, { silent: true });
      return posts(world.sync(NOW, { lines: sales(5), events: events.slice(0, leavers) }));
    };
    expect(both(5)).toHaveLength(10);
    expect(both(6)).toEqual(['11 alerts (6 leaving customers, 5 large transactions) arrived together.']);
  });

  it('of a day with thousands of sales are one message with tables of all', () => {
    const said = fresh().sync(NOW, { lines: sales(2500) });
    expect(posts(said)).toHaveLength(1);
    expect(said.facts).toHaveLength(2500);
    const thread = said.entries.slice(1);
    expect(thread.length).toBeLessThanOrEqual(3);
    expect(thread[0]?.message.text).toMatch(
      /^2,500 alerts, largest first\. .* The last 2,\d{3} rows do not fit here\.$/,
    );
  });

  it('are told once: a fact of a summary is changed in it, with a note below it', () => {
    const world = fresh();
    const lines = sales(12);
    world.sync(NOW, { lines });
    expect(world.sync(NOW + 1, { lines }).entries).toEqual([]);
    const [first, ...rest] = lines;
    if (!first) throw new Error('no line');
    const said = world.sync(NOW + 2, { lines: [{ ...first, vendorAmount: 900_000 }, ...rest] });
    expect(posts(said)).toEqual([]);
    expect(said.entries.filter(({ act }) => act === 'edit')).toHaveLength(1);
    expect(notes(said)).toEqual([
      expect.stringMatching(/^AGAIN Changed since I told it: Customer 0: new sale, \+\$9,000/),
    ]);
    const [summary] = [...world.shown.posts.values()];
    expect(plainText(summary?.message ?? { text: '', blocks: [] })).toMatch(
      /Customer 0: new sale, \+\$9,000[\s\S]*Customer 11/,
    );
  });
});

describe('a run after an absence', () => {
  it('is one message, however few alerts there are', () => {
    const world = createAlertWorld({ awaySince: NOW - 5 * 86_400_000 });
    world.sync(NOW - 6 * 86_400_000, {}, { silent: true });
    const said = world.sync(NOW, { lines: sales(2) });
    expect(posts(said)).toEqual([
      'While I was away, since Thu 12 Mar 09:00 UTC: 2 large transactions, +$4,100 net (our share).',
    ]);
    expect(said.entries).toHaveLength(3);
  });

  it('without alerts is silent', () => {
    const world = createAlertWorld({ awaySince: NOW - 5 * 86_400_000 });
    expect(world.sync(NOW, {}).entries).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { isMaterial } from '../../../src/alerts/change-said.ts';
import type { AlertSetting } from '../../../src/domain/alert-rules.ts';
import { addDays } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { plainText } from '../../../src/messages/plain-text.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { edits, notes, posts } from '../../support/alerting.ts';
import { line } from '../analytics/rows.ts';

const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
/** A Tuesday morning. */
const NOW = Date.parse('2026-03-17T09:00:00Z');

const sale = (changes: Partial<RecordedLine> = {}): RecordedLine =>
  line({
    saleDate: '2026-03-16',
    transactionId: 'IN-1',
    lineId: 'sale',
    maintenanceStart: '2026-03-16',
    maintenanceEnd: addDays('2026-03-16', 365),
    vendorAmount: 200_000,
    paymentStatus: 'Open',
    ...changes,
  });

function told(settings: readonly AlertSetting[] = []) {
  const world = createAlertWorld({}, settings);
  world.sync(NOW - DAY_MS, {}, { silent: true });
  world.sync(NOW, { lines: [sale()] });
  return world;
}

/** What the message in the channel says now. */
function shownOf(world: ReturnType<typeof told>): string {
  const [first] = world.shown.posts.values();
  return first ? plainText(first.message) : '';
}

describe('a change of what was told', () => {
  it.each([
    ['large-transaction', 200_000, 210_000, false],
    ['large-transaction', 200_000, 219_999, false],
    ['large-transaction', 200_000, 220_000, true],
    ['large-transaction', 200_000, 180_000, true],
    ['large-transaction', 50_000, 59_999, false],
    ['large-transaction', 50_000, 60_000, true],
    ['large-transaction', 0, 9_999, false],
    ['refund', -300_000, 120_000, true],
    ['big-evaluation', 1000, 1099, false],
    ['big-evaluation', 1000, 1100, true],
    ['unusual-week', 10, 1000, false],
  ] as const)('of %s from %d to %d alerts again: %s', (rule, before, after, isAgain) => {
    expect(isMaterial(rule, before, after)).toBe(isAgain);
  });

  it('edits its message and is noted in its thread', () => {
    const world = told();
    const said = world.sync(NOW + HOUR, { lines: [sale({ paymentStatus: 'Paid' })] });
    expect(said.entries.map(({ act, kind, parentKey }) => [act, kind, parentKey])).toEqual([
      ['edit', 'reply', 'alert/1/C1/large-transaction/dev-1/E-1 2026-03-16'],
      [undefined, 'reply', 'alert/1/C1/large-transaction/dev-1/E-1 2026-03-16'],
    ]);
    expect(notes(said)).toEqual(['Changed: Payment: Open, now Paid']);
    expect(shownOf(world)).toContain('Paid');
  });

  it('that nobody can see on the message says nothing', () => {
    const world = told();
    const said = world.sync(NOW + HOUR, { lines: [sale({ lastUpdated: '2026-03-17', dunningAttempts: 1 })] });
    expect(said.entries).toEqual([]);
    expect(said.facts).toEqual([]);
  });

  it('is measured against what readers were alerted with last, so that small steps add up', () => {
    const world = told();
    const steps = [209_000, 218_000, 227_000].map((vendorAmount, index) =>
      notes(world.sync(NOW + (index + 1) * HOUR, { lines: [sale({ vendorAmount })] })).map((note) =>
        note.startsWith('AGAIN'),
      ),
    );
    expect(steps).toEqual([[false], [false], [true]]);
  });

  it('keeps what people did with it, unless it alerts again', () => {
    const world = told();
    world.act(1, { kind: 'handled' }, NOW + HOUR);
    world.sync(NOW + 2 * HOUR, { lines: [sale({ paymentStatus: 'Paid' })] });
    expect(shownOf(world)).toContain('Handled by <@U1>');
    world.sync(NOW + 3 * HOUR, { lines: [sale({ paymentStatus: 'Paid', vendorAmount: 300_000 })] });
    expect(shownOf(world)).not.toContain('Handled by');
  });

  it('of a snoozed alert stays in its thread', () => {
    const world = told();
    world.act(1, { kind: 'snooze', until: NOW + 7 * DAY_MS }, NOW + HOUR);
    const said = world.sync(NOW + 2 * HOUR, { lines: [sale({ vendorAmount: 300_000 })] });
    expect(notes(said)).toEqual([expect.stringMatching(/^Changed since I told it/)]);
    expect(shownOf(world)).toContain('Snoozed by <@U1> until Tue 24 Mar 09:00 UTC');
  });
});

describe('what people do with an alert', () => {
  it('stays on the message, with who and when', () => {
    const world = told();
    const act = world.act(1, { kind: 'handled' }, NOW + HOUR, 'U42');
    expect(act).toMatchObject({ outcome: 'done', entries: [{ act: 'edit', kind: 'reply' }] });
    expect(edits(act)[0]).toContain('Handled by <@U42>, Tue 17 Mar 10:00 UTC');
    expect(JSON.stringify(act.entries)).toContain('alerts reopen 1');
    expect(JSON.stringify(act.entries)).not.toContain('alerts handled 1');
  });

  it('is done once: the second to handle it changes nothing', () => {
    const world = told();
    world.act(1, { kind: 'handled' }, NOW + HOUR, 'U42');
    expect(world.act(1, { kind: 'handled' }, NOW + 2 * HOUR, 'U43')).toMatchObject({
      outcome: 'same',
      entries: [],
    });
    expect(world.act(1, { kind: 'reopen' }, NOW + 3 * HOUR)).toMatchObject({ outcome: 'done' });
    expect(shownOf(world)).not.toContain('Handled by');
    expect(world.act(1, { kind: 'reopen' }, NOW + 4 * HOUR)).toMatchObject({ outcome: 'same', entries: [] });
  });

  it('is refused for what is no alert of the channel, or too old to be changed', () => {
    const world = told();
    expect(world.act(99, { kind: 'handled' }, NOW)).toMatchObject({ outcome: 'unknown', entries: [] });
    expect(world.act(1, { kind: 'handled' }, NOW, 'U1', 'C2')).toMatchObject({
      outcome: 'unknown',
      entries: [],
    });
    const message = world.book.message(1);
    if (!message) throw new Error('no message');
    const { body: _, ...bare } = message;
    world.book.write({ facts: [], messages: [bare] });
    expect(world.act(1, { kind: 'handled' }, NOW)).toMatchObject({ outcome: 'old', entries: [] });
    expect(world.sync(NOW + HOUR, { lines: [sale({ vendorAmount: 900_000 })] }).entries).toEqual([]);
  });
});

describe('a snooze', () => {
  it('ends at its time: the message is open again, and comes back to the channel', () => {
    const world = told();
    world.act(1, { kind: 'snooze', until: NOW + DAY_MS }, NOW);
    expect(world.release(NOW + DAY_MS - 1).entries).toEqual([]);
    const over = world.release(NOW + DAY_MS);
    expect(notes(over)).toEqual([
      'AGAIN The snooze is over: Acme GmbH: new sale, +$2,000. Nobody has marked it handled.',
    ]);
    expect(shownOf(world)).not.toContain('Snoozed');
    expect(world.release(NOW + DAY_MS + 1).entries).toEqual([]);
  });

  it('of what was handled meanwhile ends in silence', () => {
    const world = told();
    world.act(1, { kind: 'snooze', until: NOW + DAY_MS }, NOW);
    world.act(1, { kind: 'handled' }, NOW + HOUR);
    expect(world.release(NOW + DAY_MS).entries).toEqual([]);
  });

  it('that ends in quiet hours waits for their end', () => {
    const world = told([{ kind: 'quiet', channel: 'C1', hours: { from: 8 * 60, to: 10 * 60 } }]);
    world.release(NOW + 2 * HOUR);
    world.act(1, { kind: 'snooze', until: NOW + DAY_MS }, NOW + 2 * HOUR);
    expect(world.release(NOW + DAY_MS).entries).toEqual([]);
    expect(notes(world.release(NOW + DAY_MS + HOUR))).toHaveLength(1);
  });
});

describe('quiet hours', () => {
  const night: AlertSetting = { kind: 'quiet', channel: 'C1', hours: { from: 20 * 60, to: 8 * 60 } };
  const at = (time: string): number => Date.parse(`2026-03-${time}Z`);
  const other = sale({ entitlement: 'E-2', transactionId: 'IN-2', lineId: 'other', vendorAmount: 150_000 });

  function quiet(settings: readonly AlertSetting[] = [night]) {
    const world = createAlertWorld({}, settings);
    world.sync(at('15T12:00'), {}, { silent: true });
    return world;
  }

  it('hold alerts back, and what came is one message afterwards', () => {
    const world = quiet();
    expect(world.sync(at('17T20:00'), { lines: [sale()] })).toMatchObject({
      entries: [],
      happenings: [{ what: 'held' }],
    });
    expect(world.sync(at('17T23:00'), { lines: [sale(), other] }).entries).toEqual([]);
    expect(world.release(at('18T07:59')).entries).toEqual([]);
    const said = world.release(at('18T08:00'));
    expect(posts(said)).toEqual([
      'While this channel was quiet: 2 large transactions, +$3,500 net (our share).',
    ]);
    expect(said.entries).toHaveLength(3);
    expect(world.release(at('18T08:01')).entries).toEqual([]);
    expect(world.sync(at('18T09:00'), { lines: [sale(), other] }).entries).toEqual([]);
  });

  it('say one alert as itself', () => {
    const world = quiet();
    world.sync(at('17T20:00'), { lines: [sale()] });
    expect(posts(world.release(at('18T08:00')))).toEqual(['Acme GmbH: new sale, +$2,000 our share']);
  });

  it('say what is true when they end', () => {
    const world = quiet();
    world.sync(at('17T20:00'), { lines: [sale()] });
    world.sync(at('17T22:00'), { lines: [sale({ vendorAmount: 300_000 })] });
    expect(posts(world.release(at('18T08:00')))).toEqual(['Acme GmbH: new sale, +$3,000 our share']);
    const gone = quiet();
    gone.sync(at('17T20:00'), { lines: [sale()] });
    gone.sync(at('17T22:00'), { lines: [sale({ vendorAmount: 30_000 })] });
    expect(gone.release(at('18T08:00')).entries).toEqual([]);
  });

  it('let edits pass, and hold back what would alert again', () => {
    const world = quiet();
    world.sync(at('17T12:00'), { lines: [sale()] });
    const said = world.sync(at('17T22:00'), { lines: [sale({ vendorAmount: 300_000 })] });
    expect(said.entries.map(({ act }) => act)).toEqual(['edit']);
    world.sync(at('17T23:00'), { lines: [sale({ vendorAmount: 400_000 })] });
    const over = world.release(at('18T08:00'));
    expect(notes(over)).toEqual([
      expect.stringMatching(/^AGAIN Changed since I told it: Acme GmbH: new sale, \+\$4,000/),
    ]);
    expect(world.release(at('18T08:01')).entries).toEqual([]);
  });

  it('on days nobody works last until the next one', () => {
    const world = quiet([{ kind: 'days', channel: 'C1', days: [1, 2, 3, 4, 5] }]);
    const saturday = sale({ saleDate: '2026-03-20' });
    expect(world.sync(at('21T09:00'), { lines: [saturday] }).entries).toEqual([]);
    expect(world.release(at('22T23:59')).entries).toEqual([]);
    expect(posts(world.release(at('23T00:00')))).toHaveLength(1);
  });

  it('forget what nobody wants to hear any more', () => {
    const settings: AlertSetting[] = [night];
    const world = quiet(settings);
    world.sync(at('17T20:00'), { lines: [sale()] });
    settings.push({ kind: 'rule', channel: 'C1', rule: 'large-transaction', app: '', isOn: false });
    expect(world.release(at('18T08:00')).entries).toEqual([]);
    settings.pop();
    expect(world.release(at('18T09:00')).entries).toEqual([]);
  });
});

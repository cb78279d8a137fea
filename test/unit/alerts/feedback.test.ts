import { describe, expect, it } from 'vitest';
import { startOf } from '../../../src/domain/day.ts';
import type { RecordedFeedback, RecordedLicense } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf, posts } from '../../support/alerting.ts';
import { feedback, license, line } from '../analytics/rows.ts';

const HOUR = 3_600_000;
const at = (hours: number): number => startOf('2026-03-17') + hours * HOUR;
const TERM = { maintenanceStart: '2025-09-01', maintenanceEnd: '2026-09-01' } as const;

const written = (changes: Partial<RecordedFeedback> = {}): RecordedFeedback =>
  feedback({
    date: '2026-03-16',
    feedbackType: 'disable',
    reason: 'Missing feature',
    message: 'No dark mode',
    ...changes,
  });

function known(changes: Partial<RecordedLicense> = {}, vendorAmount = 36_500) {
  const world = createAlertWorld();
  const paid = line({ ...TERM, saleDate: '2025-09-01', vendorAmount });
  world.sync(at(-24), { licenses: [license({ ...TERM, ...changes })], lines: [paid] }, { silent: true });
  return world;
}

describe('feedback', () => {
  it('of a paying customer is told in its own words', () => {
    const said = known().sync(at(0), { feedback: [written()] });
    expect(posts(said)).toEqual([
      'Acme GmbH, which pays us $365 a year, disabled the app and left a message. Reason: Missing feature',
    ]);
    expect(JSON.stringify(said.entries)).toContain('“No dark mode”');
  });

  it('of several pieces on one day is one message, in one sync or two', () => {
    const second = written({ message: 'And no support', reason: 'Other' });
    expect(keysOf(known().sync(at(0), { feedback: [written(), second] }))).toEqual([
      'alert/1/C1/feedback/dev-1/E-1 2026-03-16',
    ]);
    const world = known();
    world.sync(at(0), { feedback: [written()] });
    const said = world.sync(at(5), { feedback: [written(), second] });
    expect(posts(said)).toEqual([]);
    expect(said.entries.map(({ act }) => act)).toEqual(['edit', undefined]);
    expect(world.shown.said.size).toBe(1);
  });

  it.each([
    ['without words', written({ message: '  ' })],
    ['that names nobody', written({ entitlement: '' })],
    ['of somebody unknown', written({ entitlement: 'E-404' })],
    ['of more than 14 days ago', written({ date: '2026-03-02' })],
  ])('%s is no alert', (_, one) => {
    expect(known().sync(at(0), { feedback: [one] }).entries).toEqual([]);
  });

  it('of a customer that paid until last month, or never, is in the churn digest', () => {
    const world = createAlertWorld();
    const past = line({ saleDate: '2025-01-01' });
    world.sync(at(-24), { licenses: [license({ status: 'inactive' })], lines: [past] }, { silent: true });
    expect(world.sync(at(0), { feedback: [written()] }).entries).toEqual([]);
  });

  it('of a sandbox or of Atlassian is no alert', () => {
    for (const changes of [{ sandbox: 'yes' as const }, { isAtlassian: true }])
      expect(known(changes).sync(at(0), { feedback: [written()] }).entries).toEqual([]);
  });

  it('is told from a channel’s threshold on', () => {
    const world = createAlertWorld({}, [
      { kind: 'rule', channel: 'C1', rule: 'feedback', app: '', threshold: 36_501 },
    ]);
    const paid = line({ ...TERM, saleDate: '2025-09-01', vendorAmount: 36_500 });
    world.sync(at(-24), { licenses: [license(TERM)], lines: [paid] }, { silent: true });
    expect(world.sync(at(0), { feedback: [written()] }).entries).toEqual([]);
  });
});

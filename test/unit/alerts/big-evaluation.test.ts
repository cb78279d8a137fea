import { describe, expect, it } from 'vitest';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type { RecordedLicense } from '../../../src/domain/recorded.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf, notes, posts } from '../../support/alerting.ts';
import { evaluation, license, line } from '../analytics/rows.ts';

const START: Day = '2026-03-16';
const HOUR = 3_600_000;
const at = (hours: number): number => startOf('2026-03-17') + hours * HOUR;

const big = (changes: Partial<RecordedLicense> = {}): RecordedLicense =>
  evaluation('E-1', START, { opportunityUsers: 2600, ...changes });

function fresh(...licenses: readonly RecordedLicense[]) {
  const world = createAlertWorld();
  world.sync(at(-24), { licenses }, { silent: true });
  return world;
}

const told = (...licenses: readonly RecordedLicense[]): string[] => posts(fresh().sync(at(0), { licenses }));

describe('an evaluation', () => {
  it.each([
    [499, 0],
    [500, 1],
    [Number.POSITIVE_INFINITY, 1],
    [undefined, 0],
  ])('on a site of %s users gives %d alerts', (opportunityUsers, alerts) => {
    const { opportunityUsers: _, ...unsized } = big();
    expect(told({ ...unsized, ...(opportunityUsers !== undefined && { opportunityUsers }) })).toHaveLength(
      alerts,
    );
  });

  it('is told with its site, its app and its end', () => {
    expect(told(big())).toEqual([
      'Acme GmbH is evaluating App 1 on a site with 2,600 users until 15 Apr 2026 (29 days left)',
    ]);
  });

  it('whose size comes two days later is told then, once', () => {
    const { opportunityUsers: _, ...unsized } = big();
    const world = fresh();
    expect(world.sync(at(0), { licenses: [unsized] }).entries).toEqual([]);
    expect(keysOf(world.sync(at(48), { licenses: [big()] }))).toEqual([
      `alert/1/C1/big-evaluation/dev-1/E-1 ${START}`,
    ]);
    expect(world.sync(at(72), { licenses: [big()] }).entries).toEqual([]);
  });

  it('of a site that tried the app before says when', () => {
    const before = evaluation('E-0', '2025-10-01', { host: { cloudId: 'site E-1' }, status: 'inactive' });
    expect(posts(fresh(before).sync(at(0), { licenses: [big()] }))).toEqual([
      expect.stringContaining('tried before on 1 Oct 2025'),
    ]);
  });

  it('that is extended says by how much', () => {
    const world = fresh();
    world.sync(at(0), { licenses: [big()] });
    const said = world.sync(at(24 * 20), { licenses: [big({ maintenanceEnd: addDays(START, 60) })] });
    expect(posts(said)).toEqual([]);
    expect(notes(said)).toEqual([expect.stringContaining('Extended: by 30 days')]);
  });

  it('that is bought says so in its message, and alerts nobody again', () => {
    const world = fresh();
    world.sync(at(0), { licenses: [big()] });
    const { opportunityUsers: _, ...bought } = big({ licenseType: 'COMMERCIAL', tier: '2600 Users' });
    const paid = line({
      host: { cloudId: 'site E-1' },
      saleDate: '2026-04-10',
      maintenanceStart: '2026-04-10',
      maintenanceEnd: '2027-04-10',
      vendorAmount: 50_000,
    });
    const said = world.sync(startOf('2026-04-11'), { licenses: [bought], lines: [paid] });
    expect(posts(said)).toEqual([]);
    expect([...world.shown.said.values()]).toEqual([
      'Acme GmbH (2,600 users) bought App 1 after evaluating it',
    ]);
    expect(notes(said).filter((note) => note.startsWith('AGAIN'))).toEqual([]);
  });

  it('that ends without a sale says so', () => {
    const world = fresh();
    world.sync(at(0), { licenses: [big()] });
    world.sync(startOf('2026-04-17'), { licenses: [big({ status: 'inactive' })] });
    expect([...world.shown.said.values()]).toEqual([
      'Acme GmbH (2,600 users) stopped evaluating App 1 without buying it',
    ]);
  });

  it.each([
    ['began more than 14 days ago', { evaluationStart: '2026-03-02', maintenanceStart: '2026-03-02' }],
    ['is on a sandbox', { sandbox: 'yes' as const }],
    ['is Atlassian’s own', { isAtlassian: true }],
    ['is no evaluation any more', { licenseType: 'COMMERCIAL' }],
    ['was cancelled at once', { status: 'cancelled' as const }],
  ] as const)('that %s is no alert', (_, changes) => {
    expect(told(big(changes))).toEqual([]);
  });

  it('of a site that paid for the app before is no new customer', () => {
    const old = license({
      host: { cloudId: 'site E-1' },
      entitlement: 'E-1',
      maintenanceEnd: '2025-12-31',
      status: 'inactive',
    });
    const paid = line({ host: { cloudId: 'site E-1' } });
    const world = createAlertWorld();
    world.sync(at(-24), { licenses: [old], lines: [paid] }, { silent: true });
    expect(world.sync(at(0), { licenses: [big()] }).entries).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { newestLicenses, newestLines } from '../../../src/sync/newest-rows.ts';
import { aLicense, aLine } from '../../support/rows.ts';

/** Both orders in which two rows can come. */
function bothOrders<Row>(keep: (rows: readonly Row[]) => Row[], a: Row, b: Row): Row[][] {
  return [keep([a, b]), keep([b, a])];
}

describe('of two rows of one licence', () => {
  it('the one that was updated later stays, in whatever order they come', () => {
    const older = aLicense({ status: 'active', lastUpdated: '2026-03-01', tier: '50 Users' });
    const newer = aLicense({
      status: 'cancelled',
      lastUpdated: '2026-03-02',
      tier: '50 Users',
      sandbox: 'unknown',
    });
    for (const kept of bothOrders(newestLicenses, older, newer)) expect(kept).toEqual([newer]);
  });

  it('of one day the one that tells more stays: with data insights rather than without', () => {
    const bare = aLicense({ sandbox: 'unknown' });
    const insight = aLicense({ sandbox: 'no', evaluationStart: '2025-12-10', parentEdition: 'Premium' });
    for (const kept of bothOrders(newestLicenses, bare, insight)) expect(kept).toEqual([insight]);
  });

  it('that tell as much, the same one stays in either order, so that the store does not flap', () => {
    const a = aLicense({ tier: '50 Users' });
    const b = aLicense({ tier: '75 Users' });
    const [first, second] = bothOrders(newestLicenses, a, b);
    expect(first).toEqual(second);
    expect(first).toHaveLength(1);
  });

  it('"unknown" tells nothing', () => {
    const unknown = aLicense({ sandbox: 'unknown' });
    const told = aLicense({ sandbox: 'no' });
    for (const kept of bothOrders(newestLicenses, unknown, told)) expect(kept).toEqual([told]);
  });

  it('nested facts count', () => {
    const poor = aLicense({ customer: {}, sandbox: 'unknown' });
    const rich = aLicense({ customer: { company: 'Acme GmbH', country: 'Germany' }, sandbox: 'unknown' });
    for (const kept of bothOrders(newestLicenses, poor, rich)) expect(kept).toEqual([rich]);
  });
});

describe('rows of different licences', () => {
  it('all stay: other entitlements, and other apps with the same identifier', () => {
    const rows = [
      aLicense(),
      aLicense({ aliases: { appEntitlementId: 'id-2' } }),
      aLicense({ appKey: 'app-2', name: 'App 2' }),
    ];
    expect(newestLicenses(rows)).toEqual(rows);
  });

  it('of one Data Center entitlement stay apart by their add-on licence', () => {
    const aliases = { appEntitlementNumber: 'E-1', licenseId: 'SEN-1' };
    const rows = ['100', '101'].map((addonLicenseId) =>
      aLicense({ hosting: 'Data Center', aliases: { ...aliases, addonLicenseId } }),
    );
    expect(newestLicenses(rows)).toEqual(rows);
    expect(newestLicenses(rows.map((row) => ({ ...row, hosting: 'Cloud' })))).toHaveLength(1);
  });
});

describe('of two rows of one transaction line', () => {
  it('the newer stays', () => {
    const open = aLine({ paymentStatus: 'Open', lastUpdated: '2026-03-01' });
    const paid = aLine({ paymentStatus: 'Paid', lastUpdated: '2026-03-09' });
    for (const kept of bothOrders(newestLines, open, paid)) expect(kept).toEqual([paid]);
  });

  it('of one day with different amounts the same one stays in either order', () => {
    const [first, second] = bothOrders(
      newestLines,
      aLine({ vendorAmount: 100 }),
      aLine({ vendorAmount: 200 }),
    );
    expect(first).toEqual(second);
  });

  it('other lines of the transaction, and other transactions, stay too', () => {
    const rows = [aLine(), aLine({ lineId: 'line-2' }), aLine({ transactionId: 'IN-002' })];
    expect(newestLines(rows)).toEqual(rows);
    expect(newestLines([])).toEqual([]);
  });
});

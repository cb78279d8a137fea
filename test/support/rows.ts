import type { License } from '../../src/domain/license.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';

/** A plain paying Cloud licence; tests change what they are about. */
export function aLicense(changes: Partial<License> = {}): License {
  return {
    appKey: 'app-1',
    name: 'App 1',
    aliases: { appEntitlementId: 'id-1', appEntitlementNumber: 'E-111-AAA-AAA-11A' },
    host: {
      cloudId: 'site-1',
      siteHostname: 'acme.atlassian.net',
      hostEntitlementNumber: 'E-999-HHH-HHH-99H',
    },
    hosting: 'Cloud',
    licenseType: 'COMMERCIAL',
    status: 'active',
    tier: '50 Users',
    maintenanceStart: '2026-01-10',
    maintenanceEnd: '2027-01-10',
    customer: { company: 'Acme GmbH', country: 'Germany', region: 'EMEA', mailDomain: 'acme.com' },
    isAtlassian: false,
    sandbox: 'no',
    inGracePeriod: false,
    lastUpdated: '2026-01-11',
    ...changes,
  };
}

/** A plain paid annual line of the same subscription. */
export function aLine(changes: Partial<TransactionLine> = {}): TransactionLine {
  return {
    appKey: 'app-1',
    name: 'App 1',
    aliases: { appEntitlementId: 'id-1', appEntitlementNumber: 'E-111-AAA-AAA-11A' },
    host: { cloudId: 'site-1' },
    hosting: 'Cloud',
    transactionId: 'IN-001',
    lineId: 'line-1',
    saleDate: '2026-01-10',
    saleType: 'New',
    licenseType: 'COMMERCIAL',
    billingPeriod: 'Annual',
    tier: '50 Users',
    purchasePrice: 120_000,
    vendorAmount: 100_000,
    discounts: [],
    maintenanceStart: '2026-01-10',
    maintenanceEnd: '2027-01-10',
    paymentStatus: 'Paid',
    dunningAttempts: 0,
    isManualInvoice: false,
    customer: { company: 'Acme GmbH', country: 'Germany', region: 'EMEA', mailDomain: 'acme.com' },
    lastUpdated: '2026-01-11',
    ...changes,
  };
}

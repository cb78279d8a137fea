import { describe, expect, it } from 'vitest';
import {
  excludedEntitlements,
  isCountedLicense,
  isPaidLine,
  licenseExclusion,
  lineExclusion,
  paidEntitlements,
  paidLines,
} from '../../../src/analytics/counted.ts';
import { license, line, refund } from './rows.ts';

const NONE = new Map();

describe('paid lines', () => {
  it('are commercial or academic, with money, whichever sign', () => {
    expect(lineExclusion(line(), NONE)).toBeUndefined();
    expect(lineExclusion(line({ licenseType: 'Academic' }), NONE)).toBeUndefined();
    expect(isPaidLine(refund(), NONE)).toBe(true);
    expect(lineExclusion(line({ licenseType: 'COMMUNITY' }), NONE)).toBe('license type');
    expect(lineExclusion(line({ vendorAmount: 0 }), NONE)).toBe('no revenue');
  });

  it('include manual invoices, which name no licence type', () => {
    const { licenseType: _, ...manual } = line({ isManualInvoice: true });
    expect(isPaidLine(manual, NONE)).toBe(true);
  });

  it('leave out entitlements whose licences are Atlassian’s or on a sandbox', () => {
    const licenses = [
      license({ entitlement: 'E-1', sandbox: 'yes' }),
      license({ entitlement: 'E-1', isAtlassian: true }),
      license({ entitlement: 'E-1', sandbox: 'yes' }),
      license({ entitlement: 'E-2', sandbox: 'yes' }),
      license({ entitlement: 'E-3', sandbox: 'unknown' }),
      license({ entitlement: '', isAtlassian: true }),
    ];
    const excluded = excludedEntitlements(licenses);
    expect([...excluded]).toEqual([
      ['E-1', 'atlassian'],
      ['E-2', 'sandbox'],
    ]);
    const lines = ['E-1', 'E-2', 'E-3', ''].map((entitlement) => line({ entitlement }));
    expect(paidLines(lines, licenses)).toEqual(lines.slice(2));
    expect(lineExclusion(line({ entitlement: 'E-2' }), excluded)).toBe('sandbox');
  });

  it('name the entitlements that ever brought revenue', () => {
    expect([
      ...paidEntitlements([line(), line({ entitlement: '' }), line({ entitlement: 'E-2' }), line()]),
    ]).toEqual(['E-1', 'E-2']);
  });
});

describe('counted licences', () => {
  it('are commercial or academic and nobody’s own', () => {
    expect(licenseExclusion(license())).toBeUndefined();
    expect(licenseExclusion(license({ licenseType: 'ACADEMIC' }))).toBeUndefined();
    expect(licenseExclusion(license({ licenseType: 'EVALUATION' }))).toBe('license type');
    expect(licenseExclusion(license({ isAtlassian: true, sandbox: 'yes' }))).toBe('atlassian');
    expect(licenseExclusion(license({ sandbox: 'yes' }))).toBe('sandbox');
    expect(licenseExclusion(license({ sandbox: 'unknown' }))).toBeUndefined();
  });

  it('cost something, where it is known who pays', () => {
    const paid = new Set(['E-1']);
    expect(isCountedLicense(license(), paid)).toBe(true);
    expect(licenseExclusion(license({ entitlement: 'E-2' }), paid)).toBe('no revenue');
    expect(isCountedLicense(license({ entitlement: 'E-2' }))).toBe(true);
  });
});

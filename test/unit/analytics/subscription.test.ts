import { describe, expect, it } from 'vitest';
import { toSubscription } from '../../../src/analytics/subscription.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { aLine } from '../../support/rows.ts';

function line(changes: Partial<RecordedLine>): RecordedLine {
  const recorded = { developerId: 'dev-1', entitlement: 'E-1', firstSeenAt: 0, changedAt: 0 };
  return { ...aLine(), ...recorded, bookedOn: '2026-01-10', ...changes };
}

describe('a subscription', () => {
  it('pays since the booking day of its first bill, when that is dated by its due day', () => {
    const net30 = line({ saleDate: '2026-02-09', bookedOn: '2026-01-10', paymentTerms: 'Net30' });
    const next = line({ lineId: 'line-2', saleDate: '2026-03-01', bookedOn: '2026-03-01' });
    expect(toSubscription('E-1', [], [next, net30], '2026-03-02')).toMatchObject({
      payingSince: '2026-01-10',
    });
  });

  it('has brought what was billed less what was refunded, and nothing of what is uncollectible', () => {
    const lines = [
      line({ vendorAmount: 100_000 }),
      line({ lineId: 'line-2', saleType: 'Refund', vendorAmount: -40_000 }),
      line({ lineId: 'line-3', vendorAmount: 7_000, paymentStatus: 'Uncollectible' }),
    ];
    // $1,000.00 - $400.00 = $600.00
    expect(toSubscription('E-1', [], lines, '2026-03-02').lifetimeNet).toBe(60_000);
  });
});

import { describe, expect, it } from 'vitest';
import { netMovements } from '../../src/analytics/netting.ts';
import type { RecordedLine } from '../../src/domain/recorded.ts';
import { alertSummary } from '../../src/messages/alert-summary.ts';
import { largeTransactionAlert } from '../../src/messages/large-transaction-alert.ts';
import type { MovementFacts } from '../../src/messages/movement-parts.ts';
import { expectGolden } from '../support/golden.ts';
import { line } from '../unit/analytics/rows.ts';
import { hostileNames } from '../unit/messages/kit/hostile-names.ts';

const SEEN_AT = Date.parse('2026-03-17T06:10:00Z');

function factsOf(lines: readonly RecordedLine[], changes: Partial<MovementFacts> = {}): MovementFacts {
  const [movement, ...rest] = netMovements(lines);
  if (!movement || rest.length > 0) throw new Error('not one movement');
  return {
    movement,
    who: 'Acme GmbH',
    country: 'Germany',
    threshold: { amount: 420_000, source: 'percentile', movements: 318 },
    now: SEEN_AT,
    ...changes,
  };
}

/** A line of 16 March 2026 for a year from then, each a line of its own. */
function sold(changes: Partial<RecordedLine>): RecordedLine {
  return line({
    entitlement: 'E-1AA-AAA-AAA-AAA',
    aliases: { appEntitlementNumber: 'E-1AA-AAA-AAA-AAA' },
    name: 'Diagrams for Jira',
    edition: 'Advanced',
    saleDate: '2026-03-16',
    bookedOn: '2026-03-16',
    maintenanceStart: '2026-03-16',
    maintenanceEnd: '2027-03-16',
    firstSeenAt: SEEN_AT,
    parentProduct: 'Jira',
    parentEdition: 'Premium',
    ...changes,
  });
}

describe('the alert on a large transaction', () => {
  it('of a sale leads with the net amount, then tells what it is', () => {
    const facts = factsOf([
      sold({
        lineId: 'a',
        transactionId: 'IN-1',
        tier: '500 Users',
        vendorAmount: 1_840_000,
        purchasePrice: 2_160_000,
      }),
    ]);
    expectGolden('large-sale', largeTransactionAlert(facts).message);
    expect(largeTransactionAlert(facts).title).toBe('Acme GmbH: new sale, +$18.4k');
  });

  it('of an upgrade nets refund and new bill, and shows the plan before and after', () => {
    const facts = factsOf(
      [
        sold({
          lineId: 'b',
          transactionId: 'IN-2',
          saleType: 'Refund',
          tier: '500 Users',
          vendorAmount: -500_000,
          purchasePrice: -590_000,
        }),
        sold({
          lineId: 'c',
          transactionId: 'IN-2',
          saleType: 'Upgrade',
          oldTier: '500 Users',
          tier: '1000 Users',
          vendorAmount: 1_120_000,
          purchasePrice: 1_318_000,
        }),
      ],
      { threshold: { amount: 100_000, source: 'floor', movements: 12 } },
    );
    expectGolden('large-upgrade', largeTransactionAlert(facts).message);
  });

  it('through a reseller with Net30 shows who sold it, and that it is not paid yet', () => {
    const facts = factsOf(
      [
        sold({
          lineId: 'd',
          transactionId: 'IN-3',
          saleType: 'Renewal',
          tier: 'Unlimited Users',
          saleDate: '2026-04-15',
          paymentStatus: 'Open',
          paymentTerms: 'Net30',
          partner: { name: 'Resolution Reseller', type: 'Reseller' },
          vendorAmount: 4_250_000,
          purchasePrice: 5_000_000,
          maintenanceStart: '2026-04-15',
          maintenanceEnd: '2028-04-15',
        }),
      ],
      { threshold: { amount: 250_000, source: 'fixed', movements: 0 }, now: SEEN_AT + 7_200_000 },
    );
    expectGolden('large-reseller-net30', largeTransactionAlert(facts).message);
  });

  it('of a manual invoice that names no subscription leads to its transaction', () => {
    const facts = factsOf(
      [
        line({
          entitlement: '',
          aliases: {},
          host: {},
          lineId: 'e',
          transactionId: 'AT-777',
          saleDate: '2026-03-16',
          saleType: undefined as never,
          isManualInvoice: true,
          vendorAmount: 900_000,
          purchasePrice: 1_060_000,
          firstSeenAt: SEEN_AT,
        }),
      ],
      { who: undefined, country: undefined },
    );
    expectGolden('large-nameless', largeTransactionAlert(facts).message);
  });

  it('of hostile names and absurd amounts holds its limits', () => {
    const [name = ''] = hostileNames(200, 11).slice(100);
    const facts = factsOf(
      [
        sold({
          lineId: 'f',
          transactionId: 'IN-4',
          name,
          edition: name,
          tier: name,
          oldTier: `${name} before`,
          oldBillingPeriod: name,
          paymentStatus: name,
          paymentTerms: name,
          partner: { name, type: name },
          parentProduct: name,
          aliases: { appEntitlementNumber: name },
          vendorAmount: 999_999_999_999_900,
          purchasePrice: 999_999_999_999_900,
        }),
      ],
      {
        who: name,
        country: name,
        threshold: { amount: 999_999_999_999_900, source: 'percentile', movements: 1_234_567 },
      },
    );
    expectGolden('large-hostile', largeTransactionAlert(facts).message);
  });
});

it('many large transactions at once are one message, the largest first', () => {
  const facts = Array.from({ length: 30 }, (_, index) => ({
    title: index === 0 ? '<!channel>: upgrade, +$30.0k' : `Customer ${index}: new sale, +$${30 - index}.0k`,
    amount: (30 - index) * 100_000,
    rule: 'large-transaction' as const,
    entitlement: `E-${index}`,
  }));
  expectGolden('large-summary', alertSummary(facts));
});

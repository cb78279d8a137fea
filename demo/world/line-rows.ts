import type { Arrival } from './arrivals.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { Line, LineChange } from './line.ts';
import type { Random } from './random.ts';
import type { RawPurchase, RawTransaction } from './raw-rows.ts';

/** Draws what a transaction line's rows look like through time. */
export function createLineWriter(random: Random, calendar: Calendar) {
  const { day } = calendar;

  /** Refunds have no predecessor in Atlassian's mapping: their change and old fields are empty or missing. */
  function changesOf(line: Line): Partial<RawPurchase> {
    if (line.saleType === 'Refund') {
      return random.chance(0.5)
        ? {}
        : {
            changeInBillingPeriod: '',
            oldBillingPeriod: '',
            changeInTier: '',
            oldTier: '',
            oldParentProductEdition: '',
          };
    }
    const edition = line.subscription.customer.parentEdition;
    const changeInTier = tierChange(line);
    return {
      changeInBillingPeriod:
        line.oldBilling === undefined ? 'Not Applicable' : line.oldBilling === line.billing ? 'No' : 'Yes',
      ...(line.oldBilling ? { oldBillingPeriod: line.oldBilling } : {}),
      changeInTier,
      ...(line.oldTier ? { oldTier: line.oldTier } : {}),
      changeInParentProductEdition: 'No',
      oldParentProductEdition: edition,
    };
  }

  function tierChange({ saleType, oldTier, tier }: Line): string {
    if (saleType === 'Upgrade' || saleType === 'Downgrade') return saleType;
    if (saleType === 'New' || oldTier === undefined) return 'Not Applicable';
    return oldTier === tier ? 'No' : 'Yes';
  }

  /** Atlassian calls the field faulty: it need not be the sum of the discounts, nor zero where there are none. */
  function faultyDiscount(line: Line): Partial<RawPurchase> {
    const sum = line.discounts.reduce((total, { amount }) => total + amount, 0);
    if (sum > 0) return { partnerDiscountAmount: Math.round(sum * 62) / 100 };
    return random.chance(0.02) ? { partnerDiscountAmount: 7.5 } : {};
  }

  function purchaseOf(line: Line): RawPurchase {
    const { subscription } = line;
    const isCloud = subscription.hosting === 'Cloud';
    return {
      saleDate: day(line.saleDay),
      licenseType: subscription.manual ? null : subscription.licenseType,
      hosting: subscription.hosting,
      billingPeriod: line.billing,
      tier: line.tier,
      ...changesOf(line),
      parentProductName: random.chance(0.01) ? 'Pending' : subscription.app.product,
      ...(isCloud ? { parentProductEdition: subscription.customer.parentEdition } : {}),
      purchasePrice: line.price,
      vendorAmount: line.amount,
      ...faultyDiscount(line),
      ...(line.discounts.length > 0 || random.chance(0.7) ? { discounts: line.discounts } : {}),
      saleType: line.saleType,
      maintenanceStartDate: day(line.start),
      maintenanceEndDate: day(line.end),
      ...(line.terms ? { paymentTerms: line.terms } : {}),
      ...(line.refundReason ? { refundReason: line.refundReason } : {}),
      ...(line.creditNoteReason ? { creditNoteReason: line.creditNoteReason } : {}),
      ...(line.original
        ? {
            originalTransactionDetails: {
              transactionId: line.original.transactionId,
              saleDate: day(line.original.saleDay),
            },
          }
        : {}),
      ...(line.prorated
        ? { proratedDetails: line.prorated.map(({ addedUsers, on }) => ({ addedUsers, date: day(on) })) }
        : {}),
    };
  }

  function baseOf(line: Line): RawTransaction {
    const { subscription } = line;
    const { app, customer, boundary } = subscription;
    const isCloud = subscription.hosting === 'Cloud';
    const { company, country, region, technicalContact, billingContact, partner } = customer;
    const host = customer.hosts[app.product];
    return {
      transactionId: line.transactionId,
      addonKey: app.appKey,
      productId: app.productId,
      addonName: app.name,
      lastUpdated: day(line.visible),
      ...(subscription.edition && line.on > -900 ? { appEdition: subscription.edition } : {}),
      paymentStatus: line.paymentStatus,
      ...(subscription.manual ? { isInvoiceManual: true } : {}),
      customerDetails: {
        ...(company === undefined ? {} : { company }),
        country,
        region,
        ...(technicalContact ? { technicalContact: limited(technicalContact) } : {}),
        ...(billingContact ? { billingContact: limited(billingContact) } : {}),
      },
      purchaseDetails: purchaseOf(line),
      ...(partner
        ? { partnerDetails: subscription.manual ? { ...partner, partnerType: null } : partner }
        : {}),
      ...(isCloud
        ? {
            hostEntitlementId: host.id,
            hostEntitlementNumber: host.number,
            cloudId: subscription.site.cloudId,
          }
        : { addonLicenseId: subscription.addonLicenseId ?? '', licenseId: subscription.licenseId ?? '' }),
      transactionLineItemId: line.lineId,
      ...(boundary === 'commercial'
        ? random.chance(0.2) && isCloud
          ? { cloudComplianceBoundaries: [boundary] }
          : {}
        : { cloudComplianceBoundaries: [boundary] }),
      ...(random.chance(0.02) ? { aiCreditsIncluded: random.int(10, 500) } : {}),
    };
  }

  /** Transactions name people by e-mail and name only. */
  function limited({ email, name }: { readonly email?: string; readonly name?: string }) {
    return { ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) };
  }

  function applied(row: RawTransaction, change: LineChange, from: Offset): RawTransaction {
    return {
      ...row,
      lastUpdated: day(from),
      ...(change.paymentStatus ? { paymentStatus: change.paymentStatus } : {}),
      ...(change.dunning ? { dunningStatus: change.dunning } : {}),
      purchaseDetails: {
        ...row.purchaseDetails,
        ...(change.price === undefined ? {} : { purchasePrice: change.price }),
        ...(change.amount === undefined ? {} : { vendorAmount: change.amount }),
      },
    };
  }

  /** All versions of a line's row; one line in a thousand is exported twice. */
  return function writeLine(line: Line): Arrival<RawTransaction>[] {
    const { subscription, visible } = line;
    const numbers = {
      appEntitlementId: subscription.entitlementId,
      appEntitlementNumber: subscription.entitlementNumber,
    };
    // One late line in five keeps the date of the sale: asking by lastUpdated alone never finds it.
    const isStale = visible > line.on + 1 && !subscription.script && random.chance(0.2);
    let row = baseOf(line);
    if (isStale) row = { ...row, lastUpdated: day(line.on) };
    if (subscription.numberedFrom <= visible) row = { ...row, ...numbers };
    const versions = [{ from: visible, row }];
    const moments: { readonly from: Offset; readonly change?: LineChange }[] = line.changes.map((change) => ({
      from: Math.max(visible, change.visible),
      change,
    }));
    // The roll-out of numbers did not touch lastUpdated.
    if (subscription.numberedFrom > visible && subscription.numberedFrom !== Infinity) {
      moments.push({ from: subscription.numberedFrom });
    }
    for (const { from, change } of moments.sort((a, b) => a.from - b.from)) {
      row = change ? applied(row, change, from) : { ...row, ...numbers };
      if (versions.at(-1)?.from === from) versions.pop();
      versions.push({ from, row });
    }
    const arrival = { versions, ...(line.goneFrom === undefined ? {} : { goneFrom: line.goneFrom }) };
    return !subscription.script && random.chance(0.001) ? [arrival, arrival] : [arrival];
  };
}

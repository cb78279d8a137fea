import * as z from 'zod';
import { type Cents, toCents } from '../../../domain/money.ts';
import type { Discount, TransactionLine } from '../../../domain/transaction-line.ts';
import { rowReader } from '../../endpoint.ts';
import { optionalDay, requiredDay } from './day-field.ts';
import { dollars } from './money.ts';
import * as kind from './parameter-kinds.ts';
import { customerFields, partnerFields, toPartner, toPeople } from './people.ts';
import { aliasFields, appFields, hostFields, toSubscription } from './subscription.ts';
import { cleanText, optionalText, present, requiredText, toText, toWord, unused } from './text.ts';

const purchase = z.object({
  saleDate: requiredDay,
  // Null on manual invoices. A missing one is another matter: a refund without its name would count as a sale.
  saleType: z.string().nullable().optional(),
  licenseType: optionalText,
  hosting: requiredText,
  billingPeriod: optionalText,
  oldBillingPeriod: optionalText,
  tier: optionalText,
  oldTier: optionalText,
  purchasePrice: dollars,
  vendorAmount: dollars,
  discounts: z
    .array(
      z.object({ type: requiredText, amount: dollars, code: unused, reason: unused, percentage: unused }),
    )
    .nullish(),
  maintenanceStartDate: optionalDay,
  maintenanceEndDate: optionalDay,
  paymentTerms: optionalText,
  refundReason: optionalText,
  creditNoteReason: optionalText,
  originalTransactionDetails: z.object({ transactionId: optionalText, saleDate: unused }).nullish(),
  parentProductName: optionalText,
  parentProductEdition: optionalText,
  oldParentProductEdition: unused,
  changeInBillingPeriod: unused,
  changeInTier: unused,
  changeInParentProductEdition: unused,
  // Documented as faulty: `discounts` is the whole list.
  partnerDiscountAmount: unused,
  proratedDetails: unused,
});

const row = z
  .object({
    ...appFields,
    ...aliasFields,
    ...hostFields,
    transactionId: requiredText,
    transactionLineItemId: requiredText,
    addonName: requiredText,
    appEdition: optionalText,
    lastUpdated: requiredDay,
    paymentStatus: optionalText,
    dunningStatus: z
      .array(
        z.object({
          attemptCount: z.number().nullish(),
          errorCode: unused,
          paymentAttemptDate: unused,
          nextPaymentAttemptDate: unused,
        }),
      )
      .nullish(),
    isInvoiceManual: z.boolean().nullish(),
    customerDetails: customerFields,
    purchaseDetails: purchase,
    partnerDetails: partnerFields,
    cloudComplianceBoundaries: unused,
    hostLicenseId: unused,
    licenseLevel: unused,
    multiInstanceEntitlementId: unused,
    multiInstanceEntitlementNumber: unused,
    transactionAccountId: unused,
  })
  .refine((raw) => raw.purchaseDetails.saleType !== undefined || raw.isInvoiceManual === true, {
    path: ['purchaseDetails', 'saleType'],
    error: 'a text, or null',
  });

function toDiscounts(raw: z.infer<typeof purchase>['discounts']): Discount[] {
  return (raw ?? []).map((one) => {
    const type = cleanText(one.type).toUpperCase();
    // The announcement writes LOYALTY, the samples LOYALTY_DISCOUNT.
    return { type: type === 'LOYALTY' ? 'LOYALTY_DISCOUNT' : type, amount: toCents(one.amount) };
  });
}

/** The most payment attempts that any entry of `dunningStatus` counts; entries without a count are one each. */
function toDunningAttempts(raw: z.infer<typeof row>['dunningStatus']): number {
  const entries = raw ?? [];
  return Math.max(entries.length, ...entries.map((one) => one.attemptCount ?? 0));
}

function toTransactionLine(raw: z.infer<typeof row>): TransactionLine {
  const bought = raw.purchaseDetails;
  const saleType = toWord(bought.saleType);
  // The specification never states the sign of a refund; public clients saw negative amounts.
  const money = (amount: number): Cents =>
    saleType === 'Refund' ? toCents(-Math.abs(amount)) : toCents(amount);
  return present({
    ...toSubscription({
      app: raw,
      name: raw.addonName,
      aliases: raw,
      host: raw,
      hosting: bought.hosting,
      edition: raw.appEdition,
    }),
    ...toPeople(raw.customerDetails),
    transactionId: cleanText(raw.transactionId),
    lineId: cleanText(raw.transactionLineItemId),
    saleDate: bought.saleDate,
    saleType,
    licenseType: toText(bought.licenseType)?.toUpperCase(),
    billingPeriod: toWord(bought.billingPeriod),
    oldBillingPeriod: toWord(bought.oldBillingPeriod),
    tier: toText(bought.tier),
    oldTier: toText(bought.oldTier),
    purchasePrice: money(bought.purchasePrice),
    vendorAmount: money(bought.vendorAmount),
    discounts: toDiscounts(bought.discounts),
    maintenanceStart: bought.maintenanceStartDate,
    maintenanceEnd: bought.maintenanceEndDate,
    paymentStatus: toWord(raw.paymentStatus),
    paymentTerms: toText(bought.paymentTerms),
    dunningAttempts: toDunningAttempts(raw.dunningStatus),
    refundReason: toText(bought.refundReason),
    creditNoteReason: toText(bought.creditNoteReason),
    originalTransactionId: toText(bought.originalTransactionDetails?.transactionId),
    parentProduct: toText(bought.parentProductName),
    parentEdition: toText(bought.parentProductEdition),
    isManualInvoice: raw.isInvoiceManual === true,
    partner: toPartner(raw.partnerDetails),
    lastUpdated: raw.lastUpdated,
  });
}

/** What transaction lines can be selected by, besides the format of exports and the order of lists. */
const parameters = {
  productId: kind.productId,
  startDate: kind.day('sales from this day'),
  endDate: kind.day('sales until this day'),
  text: kind.phrase('SEN, entitlement, transaction, mail address, company or partner'),
  tier: kind.wholeNumbers('tiers, in users'),
  saleType: kind.anyOf(['new', 'refund', 'renewal', 'upgrade', 'downgrade'], 'sale types'),
  partnerType: kind.partnerType,
  hosting: kind.hosting,
  billingPeriod: kind.anyOf(['monthly', 'annual'], 'billing periods'),
  appEdition: kind.appEdition,
  paymentStatus: kind.anyOf(['paid', 'open', 'uncollectible', 'refunded'], 'payment status'),
  lastUpdated: kind.day('changed on or after this day'),
  cloudComplianceBoundaries: kind.cloudComplianceBoundaries,
  excludeZeroTransactions: kind.flag('without $0 lines'),
  includeManualInvoice: kind.flag('with manual invoices'),
  showProratedTransactions: kind.flag('with prorated lines of monthly plans'),
  licenseLevel: kind.oneOf(['single-instance', 'multi-instance'], 'licence level'),
};

/** What every resource of transaction lines shares: its filters, its rows, and how a row is read. */
export const transactionRows = {
  parameters,
  /** Without these the API hides manual invoices and government sales. */
  defaults: { includeManualInvoice: ['true'], cloudComplianceBoundaries: kind.ALL_BOUNDARIES },
  rowSchema: row,
  cents: () => ['purchasePrice', 'vendorAmount', 'discounts[].amount'],
  read: rowReader(row, toTransactionLine),
};

import type { Contact } from './contact.ts';
import type { Day } from './day.ts';
import type { Customer, Partner, SubscriptionRow } from './entitlement.ts';
import type { Cents } from './money.ts';

/** One entry of `discounts[]`. `partnerDiscountAmount` is documented as faulty and is never read. */
export interface Discount {
  /** `LOYALTY_DISCOUNT`, `EXPERT`, `MANUAL`, `MARKETPLACE_PROMOTION`. */
  readonly type: string;
  readonly amount: Cents;
}

/**
 * One transaction line (`/sales/transactions`): an order (`transactionId`) has one line per app and licence.
 * Key: `transactionId` with `lineId` (`transactionLineItemId`).
 */
export interface TransactionLine extends SubscriptionRow {
  readonly transactionId: string;
  readonly lineId: string;
  /** Transaction, payment or due date: with Net14 and Net30 it can lie in the future. */
  readonly saleDate: Day;
  /** `New`, `Renewal`, `Upgrade`, `Downgrade`, `Refund`; undefined on manual invoices. An open list. */
  readonly saleType?: string;
  readonly licenseType?: string;
  /** `Monthly` or `Annual`. */
  readonly billingPeriod?: string;
  readonly oldBillingPeriod?: string;
  readonly tier?: string;
  readonly oldTier?: string;
  /** What the customer pays. Negative on refunds whatever sign the API sends. */
  readonly purchasePrice: Cents;
  /** The partner's share (`vendorAmount`): the money all digests speak of. Negative on refunds. */
  readonly vendorAmount: Cents;
  readonly discounts: readonly Discount[];
  /** The window this line pays for: `[maintenanceStart, maintenanceEnd)`. */
  readonly maintenanceStart?: Day;
  readonly maintenanceEnd?: Day;
  /** `Paid`, `Open`, `Uncollectible`, `Refunded`. */
  readonly paymentStatus?: string;
  /** `Net14`, `Net30`. */
  readonly paymentTerms?: string;
  readonly dunningAttempts: number;
  readonly refundReason?: string;
  readonly creditNoteReason?: string;
  /** `originalTransactionDetails.transactionId` of a refund. */
  readonly originalTransactionId?: string;
  readonly parentProduct?: string;
  readonly parentEdition?: string;
  readonly isManualInvoice: boolean;
  readonly customer: Customer;
  readonly technicalContact?: Contact;
  readonly billingContact?: Contact;
  readonly partner?: Partner;
  readonly lastUpdated: Day;
}

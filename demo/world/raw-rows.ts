import type { Day } from '../../src/domain/day.ts';

/** The API's rows as this simulator writes them, in the shapes seen live. Rows may carry further, unknown fields. */
interface RawRow {
  readonly [field: string]: unknown;
  readonly addonKey: string;
  readonly addonName: string;
  readonly productId: string;
  readonly lastUpdated: Day;
}

/** A contact; erased people read "RTBF", some contacts are `{}` or hold the text "null". */
export interface RawContact {
  readonly email?: string;
  readonly name?: string;
  readonly address1?: string;
  readonly city?: string;
  readonly postcode?: string;
  readonly phone?: string;
}

/** The reseller or solution partner of a sale. `partnerType` is null on manual invoices. */
export interface RawPartner {
  readonly partnerName: string;
  readonly partnerType: string | null;
  readonly billingContact?: RawContact;
}

/** One row of `/licenses`. Cloud rows have no `addonLicenseId` or `licenseId`; Data Center rows have no `cloudId`. */
export interface RawLicense extends RawRow {
  readonly addonLicenseId?: string;
  readonly licenseId?: string;
  readonly appEntitlementId?: string;
  readonly appEntitlementNumber?: string;
  readonly hostEntitlementId?: string;
  readonly hostEntitlementNumber?: string;
  readonly cloudId?: string;
  readonly cloudSiteHostname?: string;
  readonly hosting: string;
  readonly appEdition?: string;
  readonly licenseType: string;
  readonly maintenanceStartDate: Day;
  readonly maintenanceEndDate?: Day;
  readonly status: string;
  readonly tier: string;
  readonly contactDetails: {
    readonly company?: string;
    readonly country?: string;
    readonly region?: string;
    readonly technicalContact?: RawContact;
    readonly billingContact?: RawContact;
  };
  readonly partnerDetails?: RawPartner;
  readonly evaluationOpportunitySize?: number | string;
  readonly evaluationLicense?: string;
  readonly daysToConvertEval?: string;
  readonly evaluationStartDate?: string;
  readonly evaluationEndDate?: string;
  readonly evaluationSaleDate?: string;
  readonly parentProductBillingCycle?: string;
  readonly parentProductName?: string;
  readonly parentProductEdition?: string;
  readonly installedOnSandbox?: string;
  readonly licenseSourceType?: string;
  readonly inGracePeriod?: string;
  readonly cloudComplianceBoundaries?: readonly string[] | null;
}

/** One entry of a transaction's `discounts`. */
export interface RawDiscount {
  readonly type: string;
  readonly amount: number;
  readonly code?: string;
  readonly reason?: string;
}

/** One attempt to collect a failed payment. */
export interface RawDunning {
  readonly attemptCount: number;
  readonly errorCode?: string;
  readonly paymentAttemptDate: Day;
  readonly nextPaymentAttemptDate?: Day;
}

/** `purchaseDetails` of a transaction; `saleType`, `licenseType` are null on manual invoices. */
export interface RawPurchase {
  readonly saleDate: Day;
  readonly licenseType: string | null;
  readonly hosting: string;
  readonly changeInBillingPeriod?: string;
  readonly oldBillingPeriod?: string;
  readonly billingPeriod: string;
  readonly changeInTier?: string;
  readonly oldTier?: string;
  readonly tier: string;
  readonly parentProductName?: string;
  readonly changeInParentProductEdition?: string;
  readonly oldParentProductEdition?: string;
  readonly parentProductEdition?: string;
  readonly purchasePrice: number;
  readonly vendorAmount: number;
  readonly partnerDiscountAmount?: number;
  readonly discounts?: readonly RawDiscount[];
  readonly saleType: string | null;
  readonly maintenanceStartDate: Day;
  readonly maintenanceEndDate: Day;
  readonly paymentTerms?: string;
  readonly refundReason?: string;
  readonly creditNoteReason?: string;
  readonly originalTransactionDetails?: { readonly transactionId?: string; readonly saleDate?: Day };
  readonly proratedDetails?: readonly { readonly addedUsers: number; readonly date: Day }[];
}

/** One row of `/sales/transactions`: a line of an order. */
export interface RawTransaction extends RawRow {
  readonly transactionId: string;
  readonly transactionLineItemId: string;
  readonly addonLicenseId?: string;
  readonly licenseId?: string;
  readonly appEntitlementId?: string;
  readonly appEntitlementNumber?: string;
  readonly hostEntitlementId?: string;
  readonly hostEntitlementNumber?: string;
  readonly cloudId?: string;
  readonly appEdition?: string;
  readonly paymentStatus?: string;
  readonly dunningStatus?: readonly RawDunning[];
  readonly isInvoiceManual?: boolean;
  readonly customerDetails: {
    readonly company?: string;
    readonly country: string;
    readonly region: string;
    readonly technicalContact?: RawContact;
    readonly billingContact?: RawContact;
  };
  readonly partnerDetails?: RawPartner;
  readonly purchaseDetails: RawPurchase;
  readonly cloudComplianceBoundaries?: readonly string[];
}

/** One row of `/sales/metrics/{kind}/details`, with the nested `licenseDetails` seen live. */
export interface RawEvent extends RawRow {
  readonly hosting: string;
  readonly appEdition?: string;
  readonly eventDate: Day;
  readonly transactionId?: string;
  readonly licenseDetails: {
    readonly appEntitlementId: string;
    readonly appEntitlementNumber: string;
    readonly cloudId: string;
    readonly maintenanceStartDate: Day;
    readonly maintenanceEndDate: Day;
    readonly monthsValid: number;
  };
}

/** One row of `/feedback/details`. Anonymous rows name no entitlement and no site. */
export interface RawFeedback {
  readonly [field: string]: unknown;
  readonly addonKey: string;
  readonly productId: string;
  readonly addonVersion: string;
  readonly applicationKey: string;
  readonly hosting: string;
  readonly appEdition?: string;
  readonly date: Day;
  readonly feedbackType: string;
  readonly reasonKey: string;
  readonly reason: string;
  readonly message: string;
  readonly appEntitlementId?: string;
  readonly appEntitlementNumber?: string;
  readonly cloudId?: string;
}

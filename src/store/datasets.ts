import { boolean, type Column, json, noise, personal, plain } from './columns.ts';

/** A condition that finds the stored row of an incoming one, and an order among several matches. */
export interface RowMatch {
  /** SQL with a `?` for each name in `values`. */
  readonly where: string;
  readonly order: string;
  /** The incoming cells bound to `where` and `order`, by column name; `entitlement` among them. */
  readonly values: readonly string[];
}

/** A table of rows that the API restates: its columns, and what tells two of its rows apart. */
export interface Dataset {
  readonly table: 'licenses' | 'transaction_lines' | 'license_events' | 'feedback';
  readonly columns: readonly Column[];
  /** Columns fixed when a row is first seen. */
  readonly fixed: readonly string[];
  readonly match: RowMatch;
}

/** A table that is filled from an export: it remembers by a fingerprint the bytes each row was read from. */
export interface ExportedDataset extends Dataset {
  readonly table: 'licenses' | 'transaction_lines';
  /** Raise it when the same bytes would be read into other cells: fingerprints of before then count for nothing. */
  readonly reading: number;
}

const subscriptionColumns = [
  plain('app_key', 'appKey'),
  plain('app_name', 'name'),
  plain('product_id', 'productId'),
  plain('hosting', 'hosting'),
  plain('edition', 'edition'),
  plain('app_entitlement_id', 'aliases.appEntitlementId'),
  plain('app_entitlement_number', 'aliases.appEntitlementNumber'),
  plain('license_id', 'aliases.licenseId'),
  plain('addon_license_id', 'aliases.addonLicenseId'),
  plain('cloud_id', 'host.cloudId'),
  plain('site_hostname', 'host.siteHostname'),
  plain('host_entitlement_id', 'host.hostEntitlementId'),
  plain('host_entitlement_number', 'host.hostEntitlementNumber'),
];

const customerColumns = [
  plain('company', 'customer.company'),
  plain('country', 'customer.country'),
  plain('region', 'customer.region'),
  plain('mail_domain', 'customer.mailDomain'),
];

const contactColumns = [
  personal('technical_name', 'technicalContact.name'),
  personal('technical_email', 'technicalContact.email'),
  personal('billing_name', 'billingContact.name'),
  personal('billing_email', 'billingContact.email'),
];

const partnerColumns = [plain('partner_name', 'partner.name'), plain('partner_type', 'partner.type')];

/** Atlassian moves it for reasons that change nothing we use, so it never makes a new version. */
const lastUpdated = noise('last_updated', 'lastUpdated');

/** Licences as `/licenses` gives them: one row per entitlement, in Data Center one per add-on licence over time. */
export const LICENSES: ExportedDataset = {
  table: 'licenses',
  reading: 1,
  fixed: [],
  match: {
    where: `entitlement = ? AND app_key = ? AND (? = 'Cloud' OR addon_license_id IS ? OR addon_license_id IS NULL OR ? IS NULL)`,
    order: 'addon_license_id IS ? DESC, id',
    values: ['entitlement', 'app_key', 'hosting', 'addon_license_id', 'addon_license_id', 'addon_license_id'],
  },
  columns: [
    ...subscriptionColumns,
    plain('license_type', 'licenseType'),
    plain('status', 'status'),
    plain('tier', 'tier'),
    plain('maintenance_start', 'maintenanceStart'),
    plain('maintenance_end', 'maintenanceEnd'),
    ...customerColumns,
    ...contactColumns,
    ...partnerColumns,
    boolean('is_atlassian', 'isAtlassian'),
    plain('sandbox', 'sandbox'),
    plain('evaluation_start', 'evaluationStart'),
    plain('evaluation_end', 'evaluationEnd'),
    plain('evaluation_sale', 'evaluationSale'),
    plain('evaluation_license', 'evaluationLicense'),
    plain('opportunity_users', 'opportunityUsers'),
    plain('parent_product', 'parentProduct'),
    plain('parent_edition', 'parentEdition'),
    plain('transaction_account_id', 'transactionAccountId'),
    boolean('in_grace_period', 'inGracePeriod'),
    lastUpdated,
  ],
};

/** Transaction lines as `/sales/transactions` gives them. */
export const TRANSACTION_LINES: ExportedDataset = {
  table: 'transaction_lines',
  reading: 1,
  fixed: ['booked_on'],
  match: { where: 'line_id = ? AND transaction_id = ?', order: 'id', values: ['line_id', 'transaction_id'] },
  columns: [
    ...subscriptionColumns,
    plain('transaction_id', 'transactionId'),
    plain('line_id', 'lineId'),
    plain('sale_date', 'saleDate'),
    plain('sale_type', 'saleType'),
    plain('license_type', 'licenseType'),
    plain('billing_period', 'billingPeriod'),
    plain('old_billing_period', 'oldBillingPeriod'),
    plain('tier', 'tier'),
    plain('old_tier', 'oldTier'),
    plain('purchase_price', 'purchasePrice'),
    plain('vendor_amount', 'vendorAmount'),
    json('discounts', 'discounts'),
    plain('maintenance_start', 'maintenanceStart'),
    plain('maintenance_end', 'maintenanceEnd'),
    plain('payment_status', 'paymentStatus'),
    plain('payment_terms', 'paymentTerms'),
    plain('dunning_attempts', 'dunningAttempts'),
    plain('refund_reason', 'refundReason'),
    plain('credit_note_reason', 'creditNoteReason'),
    plain('original_transaction_id', 'originalTransactionId'),
    plain('parent_product', 'parentProduct'),
    plain('parent_edition', 'parentEdition'),
    boolean('is_manual_invoice', 'isManualInvoice'),
    ...customerColumns,
    ...contactColumns,
    ...partnerColumns,
    lastUpdated,
  ],
};

/** Churn, conversion and renewal events as `sales/metrics/{kind}/details` gives them. */
export const LICENSE_EVENTS: Dataset = {
  table: 'license_events',
  fixed: ['row_key'],
  match: { where: 'kind = ? AND row_key = ?', order: 'id', values: ['kind', 'row_key'] },
  columns: [
    ...subscriptionColumns,
    plain('kind', 'kind'),
    plain('event_date', 'eventDate'),
    plain('transaction_id', 'transactionId'),
    plain('maintenance_start', 'maintenanceStart'),
    plain('maintenance_end', 'maintenanceEnd'),
    plain('months_valid', 'monthsValid'),
    lastUpdated,
  ],
};

/** Feedback as `/feedback/details` gives it. */
export const FEEDBACK: Dataset = {
  table: 'feedback',
  fixed: ['row_key'],
  match: { where: 'row_key = ?', order: 'id', values: ['row_key'] },
  columns: [
    ...subscriptionColumns,
    plain('date', 'date'),
    plain('feedback_type', 'feedbackType'),
    plain('reason_key', 'reasonKey'),
    plain('reason', 'reason'),
    plain('message', 'message'),
    plain('app_version', 'appVersion'),
  ],
};

import type { Day } from './day.ts';
import type { SubscriptionRow } from './entitlement.ts';

/** What `sales/metrics/{kind}/details` lists: Cloud subscriptions only, Atlassian's own excluded. */
export type EventKind = 'churn' | 'conversion' | 'renewal';

/** One churn, conversion or renewal of one entitlement, as Atlassian counts it. */
export interface LicenseEvent extends SubscriptionRow {
  readonly kind: EventKind;
  readonly eventDate: Day;
  readonly transactionId?: string;
  readonly maintenanceStart?: Day;
  readonly maintenanceEnd?: Day;
  /** Length of the term that ended or began, in months: 1 for monthly plans, 12 for annual ones. */
  readonly monthsValid?: number;
  readonly lastUpdated: Day;
}

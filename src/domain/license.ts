import type { Contact } from './contact.ts';
import type { Day } from './day.ts';
import type { Customer, Partner, SubscriptionRow } from './entitlement.ts';

/** `installedOnSandbox`: known only with data insights, which Atlassian delivers 48 to 72 hours late. */
export type Sandbox = 'yes' | 'no' | 'unknown';

/** One licence as the API last described it (`/licenses`, asked with `withDataInsights=true`). */
export interface License extends SubscriptionRow {
  /** `COMMERCIAL`, `EVALUATION`, `ACADEMIC`, `COMMUNITY`, ...: an open list, upper case. */
  readonly licenseType: string;
  /** `active`, `cancelled` (may still be paid until `maintenanceEnd`) or `inactive`. */
  readonly status: string;
  /** As the API writes it: "15 Users", "Unlimited Users", "Per Unit Pricing (593 Users)", "Evaluation", ... */
  readonly tier: string;
  readonly maintenanceStart: Day;
  readonly maintenanceEnd?: Day;
  readonly customer: Customer;
  readonly technicalContact?: Contact;
  readonly billingContact?: Contact;
  readonly partner?: Partner;
  /** Owned by Atlassian itself: `licenseSourceType`, or a contact at atlassian.com. Kept, never counted as paid. */
  readonly isAtlassian: boolean;
  readonly sandbox: Sandbox;
  readonly evaluationStart?: Day;
  readonly evaluationEnd?: Day;
  /** `evaluationSaleDate`: when the evaluation was bought. */
  readonly evaluationSale?: Day;
  /** `evaluationLicense`: the evaluation this licence grew from; Data Center changes its SEN at conversion. */
  readonly evaluationLicense?: string;
  /** `evaluationOpportunitySize` in users; Infinity for "Unlimited Users"; undefined for NA, Unknown or Evaluation. */
  readonly opportunityUsers?: number;
  readonly parentProduct?: string;
  readonly parentEdition?: string;
  readonly transactionAccountId?: string;
  readonly inGracePeriod: boolean;
  /** Day-granular, and moved by Atlassian for reasons that change nothing. */
  readonly lastUpdated: Day;
}

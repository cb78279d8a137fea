import type { Contact } from './contact.ts';
import type { Day } from './day.ts';
import type { Customer, SubscriptionRow } from './entitlement.ts';

/** One Cloud subscription on the free tier of a paid app, as it was on one day. */
export interface FreeStarterEntitlement extends SubscriptionRow {
  /** The day whose state this is; without a date asked for, one in the future. */
  readonly day: Day;
  readonly customer: Customer;
  readonly technicalContact?: Contact;
  /** Edition of the Jira or Confluence it runs on. */
  readonly parentEdition?: string;
  /** Users of the Jira or Confluence it runs on. */
  readonly parentUsers?: number;
  readonly evaluationStart?: Day;
}

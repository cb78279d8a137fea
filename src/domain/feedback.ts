import type { Day } from './day.ts';
import type { SubscriptionRow } from './entitlement.ts';

/** What a customer said when disabling, uninstalling or unsubscribing (`/feedback/details`). */
export interface Feedback extends SubscriptionRow {
  readonly date: Day;
  /** `disable`, `uninstall`, `unsubscribe`: an open list. */
  readonly feedbackType: string;
  readonly reasonKey?: string;
  /** The sentence the customer chose. */
  readonly reason?: string;
  /** The customer's own words. */
  readonly message?: string;
  readonly appVersion?: string;
}

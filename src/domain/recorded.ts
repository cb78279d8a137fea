import type { Day, Instant } from './day.ts';
import type { Feedback } from './feedback.ts';
import type { LicenseEvent } from './license-event.ts';
import type { License } from './license.ts';
import type { TransactionLine } from './transaction-line.ts';

/** What the store adds to every row it keeps. */
export interface Recorded {
  readonly developerId: string;
  /**
   * The stable name of the row's entitlement in the store, equal for all rows of one subscription whatever
   * identifiers they carry: the first identifier the store ever saw for it. Empty when a row names no subscription.
   */
  readonly entitlement: string;
  /** When our own sync first saw the row. */
  readonly firstSeenAt: Instant;
  /** When one of the fields we use last changed. */
  readonly changedAt: Instant;
}

export type RecordedLicense = License & Recorded;

export type RecordedLine = TransactionLine &
  Recorded & {
    /**
     * The day the line counts for, fixed when it is first seen: the sale date when it arrives within two days of
     * it, otherwise the day it was first seen; for rows of the first import the sale date, or `lastUpdated` when
     * that is earlier. A sale date alone would post-date Net30 invoices and lose late rows.
     */
    readonly bookedOn: Day;
  };

export type RecordedEvent = LicenseEvent & Recorded;
export type RecordedFeedback = Feedback & Recorded;

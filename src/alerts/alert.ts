import type { LargeThreshold } from '../analytics/large-transaction.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import type { RecordedNews } from '../store/record-sync.ts';
import type { DatasetName } from '../store/sync-runs.ts';

/** What alerts judge by, gathered before the sync is recorded. */
export interface AlertContext {
  readonly today: Day;
  readonly now: Instant;
  readonly threshold: LargeThreshold;
}

/** One fact worth telling, once. */
export interface AlertFact {
  /** What the fact is about, the same for every observation of it: no amount and no clock in it. */
  readonly id: string;
  /** For ranking and summaries: the money at stake, in cents. */
  readonly amount: number;
  /** One line for a summary. */
  readonly title: string;
  readonly message: Message;
}

/** One rule: what it watches, and the facts it finds among the news of a sync. Pure: no clock, no reads of its own. */
export interface Alert {
  readonly id: string;
  /** One sentence, no full stop. */
  readonly summary: string;
  /** The data sets whose rows it reads. */
  readonly reads: readonly DatasetName[];
  find(news: RecordedNews, context: AlertContext): readonly AlertFact[];
}

import type { Threshold } from '../analytics/thresholds.ts';
import type { AlertId } from '../domain/alert-rules.ts';
import type { App } from '../domain/app.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Customer } from '../domain/entitlement.ts';
import type { ToldAlert } from '../messages/alert-words.ts';
import type { Mrkdwn } from '../messages/kit/escape.ts';
import type { AlertFactRow } from '../store/alert-book.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { DatasetName } from '../store/sync-runs.ts';

/** An app as settings name it: by name or key. */
export type NamedApp = Pick<App, 'appKey' | 'name'>;

/** What a rule judges by, for one channel. */
export interface AlertContext {
  readonly today: Day;
  readonly now: Instant;
  /** The apps of the developer space. */
  readonly apps: readonly NamedApp[];
  /** Entitlements of facts that wait for their other half. */
  readonly watched: ReadonlySet<string>;
  /** From how much on the channel wants to hear of a rule. */
  threshold(rule: AlertId, app: NamedApp): Threshold;
  /** What was said of an entitlement in the channel, or waits to be. */
  known(entitlement: string): readonly AlertFactRow[];
}

/** One fact that a rule sees in a sync. */
export interface AlertFact {
  /** What it is about, the same for every observation of it: no amount and no clock in it. */
  readonly id: string;
  /** Equal for facts of several rules about one thing: only one of them is told. */
  readonly subject: string;
  /** Names of the rows it is made of. */
  readonly marks: readonly string[];
  /** Names of rows that another rule would tell by themselves: they are told with this. */
  readonly parts?: readonly string[];
  readonly entitlement: string;
  readonly app: NamedApp;
  /** For whom it is: owners can be named by region. */
  readonly customer: Customer | undefined;
  /** Something of this sync gives rise to it; otherwise it can only change what was said. */
  readonly isNews: boolean;
  /** It is worth telling: it reaches the threshold. */
  readonly holds: boolean;
  /** Its other half is probably still to come: it is held for a day. */
  readonly isHalf?: boolean;
  /** What is at stake: cents with their sign, or users. For ranking, summaries and telling whether a change is material. */
  readonly amount: number;
  /** What to say beside it where it was told and does not hold any more. */
  readonly aside?: Mrkdwn;
  /** Its words; only asked for when they are needed. */
  tell(): ToldAlert;
}

/** One rule: what it watches, and the facts it finds among the news of a sync. Pure: no clock, no reads of its own. */
export interface Alert {
  readonly id: AlertId;
  /** One sentence, no full stop. */
  readonly summary: string;
  /** The data sets whose rows it reads. */
  readonly reads: readonly DatasetName[];
  find(news: RecordedNews, context: AlertContext): readonly AlertFact[];
}

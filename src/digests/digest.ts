import type { App } from '../domain/app.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { TracedMessage } from '../domain/traced-number.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DatasetName } from '../store/sync-runs.ts';

/** What a digest is asked for. The content follows from this and the store alone, never from another clock. */
export interface DigestRequest {
  readonly developerId: string;
  /** One app, or all of them. */
  readonly app: App | null;
  /** The week told, by its Sunday. Any past week. */
  readonly week: Day;
  readonly now: Instant;
  readonly today: Day;
  /**
   * When the newest sync was recorded that this digest knew when it last spoke to the same readers: what changed since
   * then in weeks it told is said.
   */
  readonly lastSpokeAt?: Instant;
  /** Somebody asks for it now: what is told once, such as a month of a benchmark, is told again. */
  readonly isAsked?: boolean;
  /** The newest week it told them; when absent, the newest that was complete at `lastSpokeAt`. */
  readonly lastToldWeek?: Day;
  /** Weeks the chart shows, 4 to 20; 13 when not asked for. */
  readonly chartWeeks?: number;
  /** Named in the title when there is more than one developer space. */
  readonly space?: string;
}

/** One digest: what it is called, and how it is made. */
export interface Digest {
  /** Stable: part of commands, keys and subscriptions. */
  readonly id: string;
  /** The digest channel gets it every week; the others come to those who ask or subscribe. */
  readonly isDefault?: true;
  /** Other words that ask for it. */
  readonly aliases: readonly string[];
  /** One sentence, no full stop. */
  readonly summary: string;
  /** What it tells, in a sentence or two: they open its entry, whose numbers are in `explained/<id>.ts`. */
  readonly definition: string;
  /** The data sets whose rows it reads, names of apps aside. */
  readonly reads: readonly DatasetName[];
  build(read: ReadModel, request: DigestRequest): Promise<TracedMessage>;
}

/** How many weeks a chart shows unless somebody asks for another number. */
export const CHART_WEEKS = 13;

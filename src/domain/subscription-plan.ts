import type { App } from './app.ts';
import type { Instant } from './day.ts';

/** A subscription as it is shown: what comes where, when next, and what is in its way. */
export interface SubscriptionPlan {
  /** Names it in buttons and commands; the same after a restart and on another host. */
  readonly ref: string;
  readonly developerId: string;
  /** There are other developer spaces. */
  readonly hasOtherSpaces: boolean;
  readonly channel: string;
  readonly digest: string;
  /** `null`: all apps together. */
  readonly app: App | null;
  /** Five fields. */
  readonly cron: string;
  /** IANA zone. */
  readonly zone: string;
  readonly state: 'active' | 'paused';
  /** One that comes without anybody's subscribing: it can be paused and changed, and comes back where it was removed. */
  readonly isDefault: boolean;
  /** The user id of who subscribed. */
  readonly createdBy?: string;
  /** The next three runs, also while it is paused: when they would be. */
  readonly next: readonly Instant[];
  /** Slack refuses the channel. */
  readonly trouble?: { readonly reason: string; readonly fix: string };
}

/** Something to be subscribed to: which digest, where, when. */
export interface NewSubscription {
  readonly developerId: string;
  readonly channel: string;
  readonly digest: string;
  readonly app: App | null;
  readonly cron: string;
  readonly zone: string;
}

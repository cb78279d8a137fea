import type { Instant } from '../domain/day.ts';
import type { AlertsHere } from '../messages/alert-settings.ts';
import type { Freshness } from '../store/sync-runs.ts';

/** A channel that Slack refuses, and what somebody has to do about it. */
export interface ParkedChannel {
  readonly channel: string;
  readonly reason: string;
  readonly fix: string;
}

/** The state of the product: what `/pulse status`, `pulse status` and `/readyz` tell. */
export interface StatusReport {
  readonly spaces: readonly {
    readonly developerId: string;
    readonly datasets: readonly (Freshness & { readonly nextAt?: Instant })[];
  }[];
  /** Messages waiting to be posted, and those that were given up. */
  readonly waiting: number;
  readonly refused: number;
  readonly parked: readonly ParkedChannel[];
  /** The next run of each schedule; empty when no bot runs beside this command. */
  readonly nextRuns: readonly { readonly name: string; readonly channel: string; readonly at: Instant }[];
  /** What each channel is alerted on. */
  readonly alerts: readonly AlertsHere[];
  readonly timeZone: string;
}

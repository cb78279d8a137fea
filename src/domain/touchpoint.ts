import type { App } from './app.ts';
import type { Instant } from './day.ts';
import type { EntitlementAliases } from './entitlement.ts';

/** How the visitor was brought there: the campaign's own words. */
export interface Campaign {
  readonly name?: string;
  readonly source?: string;
  readonly medium?: string;
  readonly content?: string;
}

/** One visit of a later customer to a page of an app, in the 30 days before an evaluation started. */
export interface Touchpoint extends App {
  /** Which evaluation it led to; empty when nobody can say. */
  readonly aliases: EntitlementAliases;
  /** By the second, UTC. */
  readonly visitedAt: Instant;
  /** `organic`, `direct`, `email`, `paid-search-branded`, `referral-external`, ...: an open list. */
  readonly channel?: string;
  readonly campaign: Campaign;
  /** Where the visitor came from. */
  readonly referrer?: string;
  /** The visited page with its parameters, at most 500 characters. */
  readonly page?: string;
  readonly userType?: string;
}

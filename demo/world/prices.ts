import type { DemoApp } from './apps.ts';
import type { Offset } from './calendar.ts';
import { toDollars } from './line.ts';
import type { Billing, Hosting } from './subscription.ts';

/** What decides a list price. */
export interface PricedPlan {
  readonly app: DemoApp;
  readonly hosting: Hosting;
  readonly users: number;
  readonly billing: Billing;
  readonly edition: string | undefined;
  readonly licenseType: string;
}

/** Licence types that get the app for nothing. */
const FREE_TYPES = new Set([
  'COMMUNITY',
  'OPEN_SOURCE',
  'CLASSROOM',
  'SOCIAL_IMPACT',
  'DEMONSTRATION',
  'FREE',
]);

/**
 * The customer's list price in dollars for one term: a volume discount over users, ten months for a year,
 * 35 % more for the Advanced edition, half for academic licences, nothing for donated ones and for sites on a free plan.
 */
export function listPrice({ app, hosting, users, billing, edition, licenseType }: PricedPlan): number {
  if (app.alwaysFree || edition === 'Free' || FREE_TYPES.has(licenseType)) return 0;
  const volume = users <= 10 ? 5 : 5 + (users - 10) ** 0.9;
  const monthly = app.userPrice * volume * (edition === 'Advanced' ? 1.35 : 1);
  const discounted = licenseType === 'ACADEMIC' ? monthly / 2 : monthly;
  if (hosting === 'Data Center') return toDollars(Math.max(500, discounted * 7));
  return toDollars(billing === 'Annual' ? discounted * 10 : discounted);
}

/**
 * The partner's part of a price. It fell from 85 to 83 % on the way, so that the refund of an older line and its
 * re-bill carry different shares, as partners saw when Atlassian changed its revenue share.
 */
export function partnerShare(price: number, on: Offset): number {
  return toDollars(price * (on < -240 ? 0.85 : 0.83));
}

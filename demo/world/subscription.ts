import type { DemoApp } from './apps.ts';
import type { Offset } from './calendar.ts';
import type { Customer, Site } from './customers.ts';
import type { Line } from './line.ts';

export type Hosting = 'Cloud' | 'Data Center';
export type Billing = 'Monthly' | 'Annual';

/** Who runs it: paying customers, their sandboxes, or Atlassian itself. Only customers count in the aggregates. */
export type Owner = 'customer' | 'sandbox' | 'atlassian';

/** How the API words a licence from one day on. */
export interface LicenseState {
  /** The day the API begins to show it. */
  readonly visible: Offset;
  readonly lastUpdated: Offset;
  readonly status: 'active' | 'cancelled' | 'inactive';
  readonly licenseType: string;
  readonly tier: string;
  readonly start: Offset;
  readonly end: Offset | undefined;
  /** Parent insights arrive 48 to 72 hours after the evaluation began. */
  readonly insights: 'pending' | 'known';
  readonly evaluationEnd: Offset | undefined;
  readonly evaluationSale: Offset | undefined;
  /** Sticky: may still say "Yes" long after the licence ended. */
  readonly grace: boolean;
}

/** The paid period an entitlement is in. */
export interface Term {
  readonly billing: Billing;
  readonly start: Offset;
  readonly end: Offset;
  /** All lines that pay for it, the term's own line first. */
  readonly lines: Line[];
}

/** What a landmark prescribes instead of chance. */
export interface Script {
  /** The customer's price of every term, in dollars. */
  readonly price?: number;
  /** The renewal (counted from 1) at which it leaves; never when undefined. */
  readonly leavesAt?: number;
  /** The first day on which its last event and state may be seen. */
  readonly leavingVisible?: Offset;
}

/** One app on one site from evaluation to the end: the unit that churns. */
export interface Subscription {
  readonly app: DemoApp;
  readonly customer: Customer;
  readonly hosting: Hosting;
  readonly site: Site;
  readonly owner: Owner;
  readonly boundary: 'commercial' | 'fedramp_moderate';
  readonly entitlementId: string;
  readonly entitlementNumber: string;
  /** Data Center only: the SEN and its numeric twin. */
  readonly licenseId: string | undefined;
  readonly addonLicenseId: string | undefined;
  /**
   * The day from which rows show the entitlement id and number: Data Center licences gained them years after
   * they were sold. `Infinity` where they never do.
   */
  readonly numberedFrom: Offset;
  /** The Data Center evaluation this licence grew from: conversion changes the SEN. */
  readonly grownFrom: Subscription | undefined;
  readonly licenseType: string;
  readonly edition: string | undefined;
  /** How this entitlement's user count is worded. */
  readonly tierStyle: 'plain' | 'per-unit' | 'unlimited';
  /** Invoiced by hand: its lines are hidden unless `includeManualInvoice=true`. */
  readonly manual: boolean;
  readonly script: Script | undefined;
  /** First day of the evaluation or of the first term. */
  readonly begun: Offset;
  readonly evaluationStart: Offset | undefined;
  users: number;
  billing: Billing;
  term: Term | undefined;
  paidSince: Offset | undefined;
  /** The day it ended, by churn, refund or lapse. */
  endedOn: Offset | undefined;
  /** Left the Atlassian product too, not only this app: Atlassian's "isolated churn" leaves these out. */
  leftHost: boolean;
  /** The last payment failed for good: it will not renew. */
  failed: boolean;
  renewals: number;
  readonly states: LicenseState[];
}

/**
 * Counted by Atlassian's churn, renewal and conversion figures: a paying customer's Cloud subscription.
 * Atlassian's own licences are excluded there (announcement of includeAtlassianLicenses); sandboxes and $0
 * subscriptions pay nothing; the FedRAMP boundary is a separate scope of the API.
 */
export function isCounted(subscription: Subscription): boolean {
  return (
    subscription.hosting === 'Cloud' &&
    subscription.owner === 'customer' &&
    subscription.boundary === 'commercial' &&
    (subscription.licenseType === 'COMMERCIAL' || subscription.licenseType === 'ACADEMIC') &&
    (subscription.term?.lines[0]?.amount ?? 0) > 0
  );
}

/** The user count in one of the forms the API uses: "12 Users", "1 User", "Per Unit Pricing (593 Users)", ... */
export function tierText(style: Subscription['tierStyle'], users: number): string {
  if (style === 'unlimited') return 'Unlimited Users';
  if (style === 'per-unit') return `Per Unit Pricing (${users} Users)`;
  return users === 1 ? '1 User' : `${users} Users`;
}

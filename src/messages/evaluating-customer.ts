import { SIZE_BUCKETS } from '../analytics/pipeline.ts';
import { clean, customer, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count } from './kit/words.ts';

/** Who evaluates, or evaluated, an app, as far as licences and lines tell. */
export interface EvaluatingCustomer {
  readonly who: string | undefined;
  readonly country: string | undefined;
  /** The reseller or solution partner that it goes through; undefined for direct ones. */
  readonly partner?: string | undefined;
  readonly appName: string;
  /** Users of the site (`evaluationOpportunitySize`); Infinity for unlimited, undefined if unknown. */
  readonly users: number | undefined;
  /** The entitlement number or SEN to look it up by. */
  readonly entitlement: string;
}

/** Sites above this many users are worth a call before their evaluation runs out. */
export const BIG_SITE = 500;

/** True for a site known to have more than `BIG_SITE` users. */
export function isBigSite({ users }: { readonly users: number | undefined }): boolean {
  return users !== undefined && users > BIG_SITE;
}

/** How many big sites there are: `3 on sites with more than 500 users`, `none on a site with ...`. */
export function bigSites(big: number): string {
  const where = big > 1 ? `${big.toLocaleString('en-US')} on sites` : `${big === 0 ? 'none' : '1'} on a site`;
  return `${where} with more than ${BIG_SITE} users`;
}

/** `5,000 users`, `unlimited users`, `size not known`. */
export function siteSize(users: number | undefined): string {
  if (users === undefined) return 'size not known';
  return users === Number.POSITIVE_INFINITY ? 'unlimited users' : count(users, 'user');
}

/** A site's size as a table cell that sorts by number; unlimited sorts above every number people have. */
export function sizeCell(users: number | undefined): string | { value: number; text: string } {
  if (users === undefined) return 'not known';
  if (users === Number.POSITIVE_INFINITY) return { value: 1_000_000_000, text: 'unlimited' };
  return { value: users, text: users.toLocaleString('en-US') };
}

/** A size bucket by its upper end: `up to 10 users`, `11 to 50 users`, `more than 1,000 users`, `size not known`. */
export function sizeBucketName(upTo: number | undefined): string {
  if (upTo === undefined) return 'size not known';
  const below = SIZE_BUCKETS[SIZE_BUCKETS.indexOf(upTo) - 1];
  if (below === undefined) return `up to ${upTo} users`;
  if (upTo === Number.POSITIVE_INFINITY) return `more than ${below.toLocaleString('en-US')} users`;
  return `${(below + 1).toLocaleString('en-US')} to ${upTo.toLocaleString('en-US')} users`;
}

/** "*Acme GmbH* (Germany, through Solution Partners)". */
export function customerInCountry({ country, partner, who }: EvaluatingCustomer): Mrkdwn {
  const parts = [
    ...(country === undefined ? [] : [mrk`${escape(country, 40)}`]),
    ...(partner === undefined ? [] : [mrk`through ${customer(partner)}`]),
  ];
  const where = parts.length === 0 ? mrk`` : mrk` (${join(parts, ', ')})`;
  return mrk`*${customer(who)}*${where}`;
}

/** The customer as a table cell of at most 60 characters, or what to call one that nothing names. */
export function customerCell({ who }: EvaluatingCustomer): string {
  return clean(who ?? 'Without a name', 60);
}

/** The app as a table cell of at most 40 characters. */
export function appCell({ appName }: { readonly appName: string }): string {
  return clean(appName, 40);
}

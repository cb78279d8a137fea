import { groupByEntitlement } from '../analytics/by-entitlement.ts';
import { buildTimeline, type TimelineEntry } from '../analytics/timeline.ts';
import { type Standing, type Subscription, toSubscription } from '../analytics/subscription.ts';
import type { CommandContext } from './command.ts';
import type { Found } from './find-customer.ts';

/** The order in which subscriptions are offered: those that somebody most likely asks about first. */
const STANDINGS: readonly Standing[] = ['paying', 'cancelled', 'evaluating', 'free', 'ended'];

function byStanding(a: Subscription, b: Subscription): number {
  const name = ({ license, lines }: Subscription) => (license ?? lines[0])?.name ?? '';
  return (
    STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
    b.lifetimeNet - a.lifetimeNet ||
    name(a).localeCompare(name(b)) ||
    a.entitlement.localeCompare(b.entitlement)
  );
}

/** The subscriptions of one developer space, whose licences and lines are read at once; the likeliest first. */
export async function readSubscriptions(
  { read, today }: Pick<CommandContext, 'read' | 'today'>,
  { developerId, entitlements }: Found,
): Promise<Subscription[]> {
  if (entitlements.length === 0) return [];
  const [licenses, lines] = await Promise.all([
    read.readLicensesOf(developerId, entitlements),
    read.readLinesOf(developerId, entitlements),
  ]);
  const licensesOf = groupByEntitlement(licenses);
  const linesOf = groupByEntitlement(lines);
  return entitlements
    .map((name) => toSubscription(name, licensesOf.get(name) ?? [], linesOf.get(name) ?? [], today))
    .toSorted(byStanding);
}

/** What happened in subscriptions of one developer space, oldest first. */
export async function readTimeline(
  { read, today }: Pick<CommandContext, 'read' | 'today'>,
  developerId: string,
  subscriptions: readonly Subscription[],
): Promise<TimelineEntry[]> {
  const entitlements = subscriptions.map(({ entitlement }) => entitlement).filter((name) => name !== '');
  const [events, feedback] = await Promise.all([
    read.readEventsOf(developerId, entitlements),
    read.readFeedbackOf(developerId, entitlements),
  ]);
  return buildTimeline({ subscriptions, events, feedback }, today);
}

/** How many other subscriptions of a customer are read for a card: it names a few and counts the rest. */
const MOST_SIBLINGS = 30;

/** Our other subscriptions on the same site and of the same company; `isCut`: there are more. */
export async function readSiblings(
  context: CommandContext,
  developerId: string,
  subscription: Subscription,
): Promise<{ readonly siblings: Subscription[]; readonly isCut: boolean }> {
  const owner = subscription.license ?? subscription.lines[0];
  const { cloudId } = owner?.host ?? {};
  const company = owner?.customer.company;
  const [onSite, ofCompany] = await Promise.all([
    cloudId ? context.search.findBySite(cloudId, MOST_SIBLINGS) : [],
    company && !/^\s*unknown\s*$/i.test(company)
      ? context.search.findEntitlementsOf(developerId, company, MOST_SIBLINGS)
      : [],
  ]);
  const names = new Set([
    ...onSite.filter((row) => row.developerId === developerId).map(({ entitlement }) => entitlement),
    ...ofCompany,
  ]);
  names.delete(subscription.entitlement);
  names.delete('');
  const isCut = onSite.length >= MOST_SIBLINGS || ofCompany.length >= MOST_SIBLINGS;
  const entitlements = [...names].slice(0, MOST_SIBLINGS);
  return { siblings: await readSubscriptions(context, { developerId, entitlements }), isCut };
}

import { type Day, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedEvent, RecordedFeedback } from '../domain/recorded.ts';
import { groupByEntitlement } from './by-entitlement.ts';
import type { NetKind, PlanChange } from './net-kind.ts';
import { type NetMovement, netMovements } from './netting.ts';
import type { Subscription } from './subscription.ts';

/** One thing that happened to a subscription. */
export interface TimelineEntry extends PlanChange {
  readonly day: Day;
  /** `conversion`, `churn`: as Atlassian counts them. `ended`: it ran out, and Atlassian counted no churn. */
  readonly kind: 'evaluation' | 'conversion' | 'feedback' | 'churn' | 'ended' | NetKind;
  readonly appName: string;
  /** Our share, refund and re-bill of one day together; of all renewals where there are several. */
  readonly net?: Cents;
  /** The customer never paid: it is no part of what the subscription brought. */
  readonly isUncollectible?: true;
  /** Renewals in a row of one tier and billing period; their last day. */
  readonly times?: number;
  readonly until?: Day;
  /** What the customer chose or wrote. */
  readonly said?: string;
}

/** What a timeline is made of. Events and feedback of other subscriptions are left out. */
export interface TimelineRows {
  readonly subscriptions: readonly Subscription[];
  readonly events: readonly RecordedEvent[];
  readonly feedback: readonly RecordedFeedback[];
}

/** A churn so near to the end of a licence is that end: days of grace, and Atlassian counts by the end of the term. */
const SAME_END_DAYS = 60;

/** On one day things happen in this order. */
const ORDER: readonly TimelineEntry['kind'][] = [
  'evaluation',
  'feedback',
  'refund',
  'sale',
  'conversion',
  'renewal',
  'upgrade',
  'downgrade',
  'plan-switch',
  'adjustment',
  'churn',
  'ended',
];

function ofMovement({ day, kind, lines, net, ...movement }: NetMovement, appName: string): TimelineEntry {
  const { newBillingPeriod, newTier, oldBillingPeriod, oldTier } = movement;
  return {
    day,
    kind,
    appName,
    net,
    ...(lines.every(({ paymentStatus }) => paymentStatus === 'Uncollectible') && { isUncollectible: true }),
    ...(oldTier !== undefined && { oldTier }),
    ...(newTier !== undefined && { newTier }),
    ...(oldBillingPeriod !== undefined && { oldBillingPeriod }),
    ...(newBillingPeriod !== undefined && { newBillingPeriod }),
  };
}

function evaluationStart({ license }: Subscription): Day | undefined {
  return (
    license?.evaluationStart ?? (license?.licenseType === 'EVALUATION' ? license.maintenanceStart : undefined)
  );
}

function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.toSorted((a, b) =>
    a.day === b.day ? ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) : a.day < b.day ? -1 : 1,
  );
}

/** Renewals that follow each other with the same tier and billing period as one entry: monthly ones are many. */
function foldRenewals(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const folded: TimelineEntry[] = [];
  for (const entry of entries) {
    const last = folded.at(-1);
    const isRepeated =
      last?.kind === 'renewal' &&
      entry.kind === 'renewal' &&
      !entry.isUncollectible &&
      !last.isUncollectible &&
      last.newTier === entry.newTier &&
      last.newBillingPeriod === entry.newBillingPeriod;
    if (!isRepeated) folded.push(entry);
    else {
      const net = (last.net ?? 0) + (entry.net ?? 0);
      folded[folded.length - 1] = { ...last, net, times: (last.times ?? 1) + 1, until: entry.day };
    }
  }
  return folded;
}

function ofSubscription(
  subscription: Subscription,
  events: readonly RecordedEvent[],
  feedback: readonly RecordedFeedback[],
  today: Day,
): TimelineEntry[] {
  const { license, lines, standing } = subscription;
  const appName = (license ?? lines[0])?.name ?? '';
  const movements = netMovements(lines).map((movement) => ofMovement(movement, appName));
  const started = evaluationStart(subscription);
  // A conversion is told by its sale; it stands alone where the sale is not known.
  const conversions = movements.some(({ kind }) => kind === 'sale') ? [] : ofKind(events, 'conversion');
  const churns = ofKind(events, 'churn');
  const end = license?.maintenanceEnd;
  const isOver = standing === 'ended' && end !== undefined && end <= today;
  const isCounted = churns.some(
    ({ eventDate }) => end && Math.abs(daysBetween(eventDate, end)) <= SAME_END_DAYS,
  );
  return foldRenewals(
    inOrder([
      ...(started ? [{ day: started, kind: 'evaluation' as const, appName }] : []),
      ...movements,
      ...conversions.map(({ eventDate }) => ({ day: eventDate, kind: 'conversion' as const, appName })),
      ...churns.map(({ eventDate }) => ({ day: eventDate, kind: 'churn' as const, appName })),
      ...feedback.map(({ date, feedbackType, message, reason }) => ({
        day: date,
        kind: 'feedback' as const,
        appName,
        said: [feedbackType, reason, message].filter((part) => part !== undefined && part !== '').join(': '),
      })),
      ...(isOver && !isCounted ? [{ day: end, kind: 'ended' as const, appName }] : []),
    ]),
  );
}

function ofKind(events: readonly RecordedEvent[], wanted: RecordedEvent['kind']): RecordedEvent[] {
  return events
    .filter(({ kind }) => kind === wanted)
    .toSorted((a, b) => (a.eventDate < b.eventDate ? -1 : 1));
}

/**
 * What happened to subscriptions from evaluation to churn, oldest first: start of the evaluation (`evaluationStartDate`,
 * else the start of an EVALUATION licence), net movements of the lines, Atlassian's churn and conversion events,
 * feedback, and the end of what ran out.
 */
export function buildTimeline(
  { events, feedback, subscriptions }: TimelineRows,
  today: Day,
): TimelineEntry[] {
  const eventsOf = groupByEntitlement(events);
  const feedbackOf = groupByEntitlement(feedback);
  return inOrder(
    subscriptions.flatMap((subscription) =>
      ofSubscription(
        subscription,
        eventsOf.get(subscription.entitlement) ?? [],
        feedbackOf.get(subscription.entitlement) ?? [],
        today,
      ),
    ),
  );
}

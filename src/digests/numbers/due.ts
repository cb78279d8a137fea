import { type Plan, planOf } from '../../analytics/last-term.ts';
import type { RateAssessment } from '../../analytics/unusual-rate.ts';
import type { Day } from '../../domain/day.ts';
import type { EventKind } from '../../domain/license-event.ts';
import type { RecordedEvent } from '../../domain/recorded.ts';
import type { TracedNumber, TracedRow } from '../../domain/traced-number.ts';
import { rate } from '../../messages/kit/words.ts';
import type { DueEvents } from '../due-events.ts';
import { BESIDE_ITS_LIST, countedAs, each, sumOf } from './trace.ts';

/** Whom a rate of customers due counts, what the digest calls them, and where that is explained. */
export interface DueRate {
  /** `churn` counts those who left, `renewal` those who renewed. */
  readonly kind: Extract<EventKind, 'churn' | 'renewal'>;
  readonly explained: string;
  readonly explainedFourWeeks: string;
}

const WORDS = { churn: 'left', renewal: 'renewed' } as const;
const TITLES = { churn: 'Left', renewal: 'Renewed' } as const;

function wordOf(event: RecordedEvent): string {
  return event.kind === 'churn' ? WORDS.churn : WORDS.renewal;
}

function eventRow(event: RecordedEvent): Omit<TracedRow, 'amount'> {
  const { entitlement, eventDate, name } = event;
  return { entitlement, what: `${name}, ${wordOf(event)}`, day: eventDate };
}

/** One row for each customer, by its latest event, on one day its cancellation: Atlassian may list one twice. */
function customersOf(events: readonly RecordedEvent[]): TracedRow[] {
  const last = new Map<string, RecordedEvent>();
  const inOrder = (event: RecordedEvent) => `${event.eventDate} ${event.kind === 'churn' ? 2 : 1}`;
  for (const event of events.toSorted((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1)))
    last.set(event.entitlement || `nameless ${last.size}`, event);
  return each([...last.values()], eventRow);
}

/** How many of those due did, and how many were due: of all plans, or of one. */
export function dueNumbers(
  { explained, kind }: DueRate,
  { left, renewed }: DueEvents,
  week: Day,
  { value, whole }: RateAssessment,
  plan?: Plan,
): TracedNumber[] {
  const ofWeek = [...left, ...renewed].filter(
    ({ eventDate, monthsValid }) =>
      eventDate >= week && (plan === undefined || planOf([], monthsValid) === plan),
  );
  const prefix = plan === undefined ? '' : `${plan.toLowerCase()}-`;
  const suffix = plan === undefined ? '' : `, ${plan.toLowerCase()} plans`;
  const told = {
    explained,
    unit: 'count',
    ...(value !== undefined && whole !== undefined && { arithmetic: `${rate(value, whole)} ${WORDS[kind]}` }),
  } as const;
  const did = customersOf(ofWeek.filter((event) => event.kind === kind));
  const title = { did: `${TITLES[kind]}${suffix}`, due: `Due${suffix}` };
  return [
    ...countedAs({ ...told, id: `${prefix}${WORDS[kind]}`, title: title.did }, value, did, BESIDE_ITS_LIST),
    ...countedAs(
      { ...told, id: `${prefix}due`, title: title.due },
      whole,
      customersOf(ofWeek),
      BESIDE_ITS_LIST,
    ),
  ];
}

/** The different customers of four weeks that were due on one plan, and those of them who did. */
export function fourWeekNumbers(
  { explainedFourWeeks, kind }: DueRate,
  due: DueEvents,
  { fourWeeks, plan }: { readonly fourWeeks: RateAssessment; readonly plan: Plan },
): TracedNumber[] {
  const pooled = due.pooled(plan, fourWeeks.whole);
  if (!pooled || pooled.due === 0) return [];
  const did = pooled.customers.filter((event) => event.kind === kind);
  const told = {
    explained: explainedFourWeeks,
    unit: 'count',
    arithmetic: `${rate(did.length, pooled.due)} ${WORDS[kind]}, each customer once`,
  } as const;
  const id = `${plan.toLowerCase()}-4-weeks`;
  const title = `in 4 weeks, ${plan.toLowerCase()} plans`;
  return [
    sumOf({ ...told, id: `${id}-${WORDS[kind]}`, title: `${TITLES[kind]} ${title}` }, each(did, eventRow)),
    sumOf({ ...told, id: `${id}-due`, title: `Due ${title}` }, each(pooled.customers, eventRow)),
  ];
}

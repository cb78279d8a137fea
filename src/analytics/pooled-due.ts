import { addDays, type Day, weekOf } from '../domain/day.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import { type Plan, planOf } from './last-term.ts';

/** How many different customers were due in several weeks, and what became of them. */
export interface PooledDue {
  readonly left: number;
  readonly renewed: number;
  /** left + renewed. */
  readonly due: number;
}

/** The same, with the event of each customer that says what became of it last. */
export interface PooledCustomers extends PooledDue {
  readonly customers: readonly RecordedEvent[];
}

/** A list that names less than this of what Atlassian counts tells no rate. */
const NAMED_SHARE = 0.9;

/** Which weeks are taken together. */
export interface PooledWeeks {
  /** The last of them. */
  readonly week: Day;
  readonly weeks: number;
  /** Only terms of that length. */
  readonly plan?: Plan;
  /** The weekly numbers of customers due added up, to know that the lists name (nearly) all of them. */
  readonly counted: number;
}

/**
 * Different customers due in several weeks, by Atlassian's lists of cancellations and renewals: who falls due in more
 * than one of them counts once, by what became of them last. Weekly numbers added up count them every time (111 instead
 * of 87 in the API's own sample), which is good for a comparison, not for a rate that is published. Undefined where the
 * lists name less than 90 % of those counted.
 */
export function pooledDue(
  events: Iterable<RecordedEvent>,
  { counted, plan, week, weeks }: PooledWeeks,
): PooledCustomers | undefined {
  const [from, to] = [addDays(week, -7 * (weeks - 1)), addDays(week, 6)];
  const last = new Map<string, RecordedEvent>();
  const inWeeks = new Set<string>();
  let nameless = 0;
  for (const event of events) {
    const { eventDate, kind, monthsValid } = event;
    if (kind === 'conversion' || eventDate < from || eventDate > to) continue;
    if (plan !== undefined && planOf([], monthsValid) !== plan) continue;
    const key = event.entitlement || `nameless ${nameless++}`;
    inWeeks.add(`${weekOf(eventDate)} ${key}`);
    const known = last.get(key);
    // On one day the loss counts: a renewal of that day is of the term before, or was taken back.
    if (!known || known.eventDate < eventDate || (known.eventDate === eventDate && kind === 'churn'))
      last.set(key, event);
  }
  if (inWeeks.size < NAMED_SHARE * counted) return undefined;
  const order = ({ entitlement, eventDate }: RecordedEvent) => `${eventDate} ${entitlement}`;
  const customers = [...last.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const left = customers.filter(({ kind }) => kind === 'churn').length;
  return { left, renewed: last.size - left, due: last.size, customers };
}

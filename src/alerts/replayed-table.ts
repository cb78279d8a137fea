import { addDays, type Day, dayOf, type Instant, startOf } from '../domain/day.ts';
import type { Recorded } from '../domain/recorded.ts';
import type { Changed } from '../store/recorded-news.ts';
import type { PastTable, RowLife } from '../store/row-history.ts';

/** What a day brought to a table. */
export interface Brought<Row> {
  readonly added: readonly Row[];
  readonly changed: readonly Changed<Row>[];
  readonly vanished: readonly Row[];
}

/** A day that is replayed, and the day before the first of them. */
export interface ReplayedDay {
  readonly since: Day;
  readonly day: Day;
}

/** When a day is seen: at its end. Everything before the first day was seen just before it. */
const seenAt = ({ since }: ReplayedDay, day: Day): Instant =>
  startOf(day < since ? since : addDays(day, 1)) - 1;

/** The days on which a row read differently, oldest first; the first one is named by the row itself. */
export type DaysOf<Row> = (life: RowLife<Row>) => readonly [Day, ...Day[]];

/** A row as it read at the end of a day; undefined where it was not there. */
export function rowOn<Row extends Recorded>(
  life: RowLife<Row>,
  daysOf: DaysOf<Row>,
  on: ReplayedDay,
): Row | undefined {
  const days = daysOf(life);
  const [first] = days;
  if (life.vanishedAt !== undefined && dayOf(life.vanishedAt) <= on.day) return undefined;
  const index = days.findLastIndex((day) => day <= on.day);
  const state = life.states[index];
  const changedOn = days[index];
  if (!state || changedOn === undefined) return undefined;
  return { ...state.row, firstSeenAt: seenAt(on, first), changedAt: seenAt(on, changedOn) };
}

/**
 * A table that is filled again day by day. What is kept of it is which rows a day touched: the rows themselves are read
 * when they are asked for.
 */
export function createReplayedTable<Row extends Recorded>(
  past: PastTable<Row>,
  daysOf: DaysOf<Row>,
  since: Day,
) {
  const touched = new Map<Day, Set<number>>();
  for (const life of past.each()) {
    const gone = life.vanishedAt === undefined ? [] : [dayOf(life.vanishedAt)];
    for (const day of [...daysOf(life), ...gone])
      if (day >= since) touched.set(day, (touched.get(day) ?? new Set()).add(life.id));
  }

  return {
    /** What a day brought. */
    bring(day: Day): Brought<Row> {
      const added: Row[] = [];
      const changed: Changed<Row>[] = [];
      const vanished: Row[] = [];
      for (const id of touched.get(day) ?? []) {
        const life = past.read(id);
        const before = life && rowOn(life, daysOf, { since, day: addDays(day, -1) });
        const row = life && rowOn(life, daysOf, { since, day });
        if (row && before) changed.push({ row, before });
        else if (row) added.push(row);
        else if (before) vanished.push(before);
      }
      return { added, changed, vanished };
    },

    /** The rows of an entitlement as they read on a day. */
    of: (entitlement: string, day: Day): Row[] =>
      past.of(entitlement).flatMap((life) => rowOn(life, daysOf, { since, day }) ?? []),
  };
}

import { type Day, dayOf, type Instant } from '../domain/day.ts';
import type { Recorded } from '../domain/recorded.ts';
import type { Changed } from '../store/recorded-news.ts';
import type { RowLife } from '../store/row-history.ts';

/** What a day brought to a table. */
export interface Brought<Row> {
  readonly added: readonly Row[];
  readonly changed: readonly Changed<Row>[];
  readonly vanished: readonly Row[];
}

/** A row as it read from a day on; without one it vanished. */
interface Arrival<Row> {
  readonly id: number;
  readonly day: Day;
  readonly row: Row | undefined;
}

function arrivalsOf<Row>(
  lives: readonly RowLife<Row>[],
  seenOn: (row: Row, from: Instant) => Day,
): Arrival<Row>[] {
  const arrivals = lives.flatMap(({ states, vanishedAt }, id): Arrival<Row>[] => [
    ...states.map(({ from, row }, index) => ({
      id,
      day: index === 0 ? seenOn(row, from) : dayOf(from),
      row,
    })),
    ...(vanishedAt === undefined ? [] : [{ id, day: dayOf(vanishedAt), row: undefined }]),
  ]);
  return arrivals.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** A table that is filled again day by day. `seenOn`: the day on which a row counts as first seen. */
export function createReplayedTable<Row extends Recorded>(
  lives: readonly RowLife<Row>[],
  seenOn: (row: Row, from: Instant) => Day,
) {
  const arrivals = arrivalsOf(lives, seenOn);
  const present = new Map<number, Row>();
  const byEntitlement = new Map<string, Set<number>>();
  let next = 0;

  return {
    /** What came until the end of the day, which is seen at that instant. */
    bring(day: Day, at: Instant): Brought<Row> {
      const added = new Map<number, Row>();
      const changed = new Map<number, Changed<Row>>();
      const vanished: Row[] = [];
      for (let one = arrivals[next]; one && one.day <= day; one = arrivals[++next]) {
        const { id, row } = one;
        const before = present.get(id);
        if (!row) {
          present.delete(id);
          if (before) vanished.push(before);
          continue;
        }
        const now = { ...row, firstSeenAt: before?.firstSeenAt ?? at, changedAt: at };
        present.set(id, now);
        const ids = byEntitlement.get(row.entitlement) ?? new Set();
        byEntitlement.set(row.entitlement, ids.add(id));
        if (!before || added.has(id)) added.set(id, now);
        else changed.set(id, { row: now, before: changed.get(id)?.before ?? before });
      }
      return { added: [...added.values()], changed: [...changed.values()], vanished };
    },

    /** The rows of an entitlement as they are at the moment. */
    of: (entitlement: string): Row[] =>
      [...(byEntitlement.get(entitlement) ?? [])].flatMap((id) => present.get(id) ?? []),

    /** All rows as they are at the moment. */
    all: (): Iterable<Row> => present.values(),
  };
}

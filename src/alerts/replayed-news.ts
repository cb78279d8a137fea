import { addDays, type Day, dayOf, type Instant, startOf } from '../domain/day.ts';
import type { MetricSeries, SeriesKey } from '../domain/metric-series.ts';
import type { RecordedLicense } from '../domain/recorded.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { PastRows } from '../store/row-history.ts';
import type { DatasetName } from '../store/sync-runs.ts';
import { createReplayedTable, type DaysOf, rowOn } from './replayed-table.ts';

/** Licences of an import were there before anything that is replayed: nothing tells when. */
const ALWAYS: Day = '0001-01-01';

/** Several rules and channels ask the same within a day. */
function remembered<Found>(find: (name: string) => Found): (name: string) => Found {
  const known = new Map<string, Found>();
  return (name) => {
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}

const keyOf = ({ appKey, dataset, metric, name, type }: SeriesKey): string =>
  JSON.stringify([metric, appKey, dataset, name, type]);

/**
 * The news of days gone by, as one sync at the end of each day would have brought them. Rows that came with a first import
 * or a back-fill count from the day they name (booking day, event date, date of feedback).
 */
export function createReplayedNews(past: PastRows, since: Day) {
  const isSilent = (dataset: DatasetName, at: Instant): boolean =>
    past.silences.some((one) => one.dataset === dataset && at >= one.from && at <= one.to);

  /** The days on which a row read differently. Where it was imported the first is the one it names, but never a later one. */
  function daysOf<Row>(dataset: DatasetName, named: (row: Row) => Day): DaysOf<Row> {
    return ({ states: [first, ...later] }) => {
      const day = dayOf(first.from);
      const own = isSilent(dataset, first.from) ? named(first.row) : day;
      return [own < day ? own : day, ...later.map(({ from }) => dayOf(from))];
    };
  }

  const daysOfLicense = daysOf<RecordedLicense>('licenses', () => ALWAYS);
  const lines = createReplayedTable(
    past.lines,
    daysOf('transactions', ({ bookedOn }) => bookedOn),
    since,
  );
  const licenses = createReplayedTable(past.licenses, daysOfLicense, since);
  const events = createReplayedTable(
    past.events,
    daysOf('churn-events', ({ eventDate }) => eventDate),
    since,
  );
  const feedback = createReplayedTable(
    past.feedback,
    daysOf('feedback', ({ date }) => date),
    since,
  );

  /** The earliest end of the running term that was replaced until a day. */
  function firstEndOf(entitlement: string, day: Day): Day | undefined {
    const ends = past.licenses.of(entitlement).flatMap((life) => {
      const known = life.states.filter(({ from }) => dayOf(from) <= day).map(({ row }) => row);
      const start = known.at(-1)?.maintenanceStart;
      return known
        .slice(0, -1)
        .flatMap(({ maintenanceEnd: end }) =>
          end !== undefined && start !== undefined && end > start ? end : [],
        );
    });
    return ends.toSorted()[0];
  }

  /** By metric. Numbers that came with an import were known once their week was over. */
  const points = Map.groupBy(
    past.points.map((point) => ({
      ...point,
      series: keyOf(point),
      knownFrom: isSilent(point.metric as DatasetName, point.observedAt) ? -Infinity : point.observedAt,
    })),
    ({ metric }) => metric,
  );

  function readSeries(at: Instant, { from, metric, to }: Parameters<RecordedNews['readSeries']>[0]) {
    const series = new Map<string, { key: SeriesKey; values: Map<Day, number | null> }>();
    for (const { knownFrom, series: id, ...point } of points.get(metric) ?? []) {
      const { appKey, dataset, name, period, type, value } = point;
      if (period < from || period > to || knownFrom > at) continue;
      const known = series.get(id) ?? { key: { metric, appKey, dataset, name, type }, values: new Map() };
      known.values.set(period, value);
      series.set(id, known);
    }
    return [...series.values()].map(
      ({ key, values }): MetricSeries => ({
        ...key,
        points: [...values].map(([period, value]) => ({ period, value })),
      }),
    );
  }

  function readObserved(at: Instant, query: Parameters<RecordedNews['readObserved']>[0]) {
    const { appKey, from, metric, to } = query;
    const known = (points.get(metric) ?? []).filter(
      (one) => one.period >= from && one.period <= to && one.observedAt <= at,
    );
    const firstSeenAt = new Map<Day, Instant>();
    for (const { observedAt, period } of known)
      firstSeenAt.set(period, Math.min(observedAt, firstSeenAt.get(period) ?? Infinity));
    return { points: known.filter((one) => one.appKey === appKey), firstSeenAt };
  }

  const first = startOf(since) - 1;

  return {
    /** The news of a day, seen at its end. */
    of(day: Day): RecordedNews {
      const at = startOf(addDays(day, 1)) - 1;
      const ofLines = lines.bring(day);
      const ofLicenses = licenses.bring(day);
      const ofFeedback = feedback.bring(day);
      return {
        developerId: past.developerId,
        at,
        newLines: ofLines.added,
        changedLines: ofLines.changed,
        vanishedLines: ofLines.vanished,
        newLicenses: ofLicenses.added,
        changedLicenses: ofLicenses.changed,
        newEvents: events.bring(day).added,
        newFeedback: ofFeedback.added,
        bulk: [],
        linesOf: remembered((entitlement) => lines.of(entitlement, day)),
        licensesOf: remembered((entitlement) => licenses.of(entitlement, day)),
        eventsOf: remembered((entitlement) => events.of(entitlement, day)),
        feedbackOf: remembered((entitlement) => feedback.of(entitlement, day)),
        licensesOnSite: remembered((cloudId) =>
          past
            .licensesOnSite(cloudId)
            .flatMap((life) => rowOn(life, daysOfLicense, { since, day }) ?? [])
            .filter(({ host }) => host.cloudId === cloudId),
        ),
        firstEndOf: (entitlement) => firstEndOf(entitlement, day),
        readSeries: (query) => readSeries(at, query),
        readObserved: (query) => readObserved(at, query),
        vanishedOf: (dataset) =>
          ({ transactions: ofLines.vanished, licenses: ofLicenses.vanished })[dataset as string]?.length ?? 0,
        isHistory: (_, seenAt) => seenAt <= first,
        silentAt: () => first,
      };
    },
  };
}

import { addDays, type Day, dayOf, type Instant, startOf } from '../domain/day.ts';
import type { MetricSeries, ObservedPoint, SeriesKey } from '../domain/metric-series.ts';
import type { RecordedEvent, RecordedFeedback, RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { RowLife, Silence } from '../store/row-history.ts';
import type { DatasetName } from '../store/sync-runs.ts';
import { createReplayedTable } from './replayed-table.ts';

/** Everything that was recorded of a developer space. */
export interface PastRows {
  readonly developerId: string;
  readonly lines: readonly RowLife<RecordedLine>[];
  readonly licenses: readonly RowLife<RecordedLicense>[];
  readonly events: readonly RowLife<RecordedEvent>[];
  readonly feedback: readonly RowLife<RecordedFeedback>[];
  readonly points: readonly ObservedPoint[];
  readonly silences: readonly Silence[];
}

/** Licences of an import were there before anything that is replayed: nothing tells when. */
const ALWAYS: Day = '0001-01-01';

const keyOf = ({ appKey, dataset, metric, name, type }: SeriesKey): string =>
  JSON.stringify([metric, appKey, dataset, name, type]);

/**
 * The news of days gone by, as one sync at the end of each day would have brought them. Rows that came with a first import
 * or a back-fill count from the day they name (booking day, event date, date of feedback).
 */
export function createReplayedNews(past: PastRows, since: Day) {
  const isSilent = (dataset: DatasetName, at: Instant): boolean =>
    past.silences.some((one) => one.dataset === dataset && at >= one.from && at <= one.to);

  /** The day a row names where it was imported, but never later than it was seen. */
  function seenOn<Row>(dataset: DatasetName, named: (row: Row) => Day) {
    return (row: Row, from: Instant): Day => {
      const day = dayOf(from);
      const own = isSilent(dataset, from) ? named(row) : day;
      return own < day ? own : day;
    };
  }

  const lines = createReplayedTable(
    past.lines,
    seenOn('transactions', ({ bookedOn }) => bookedOn),
  );
  const licenses = createReplayedTable(
    past.licenses,
    seenOn('licenses', () => ALWAYS),
  );
  const events = createReplayedTable(
    past.events,
    seenOn('churn-events', ({ eventDate }) => eventDate),
  );
  const feedback = createReplayedTable(
    past.feedback,
    seenOn('feedback', ({ date }) => date),
  );

  const sites = new Map<string, Set<string>>();
  const firstEnds = new Map<string, Day>();
  for (const { states } of past.licenses) {
    for (const { row } of states) {
      const { cloudId } = row.host;
      if (cloudId) sites.set(cloudId, (sites.get(cloudId) ?? new Set()).add(row.entitlement));
    }
  }

  function noteEnds(
    changed: Iterable<{ readonly before: RecordedLicense; readonly row: RecordedLicense }>,
  ): void {
    for (const { before, row } of changed) {
      const { maintenanceEnd: end } = before;
      const known = firstEnds.get(row.entitlement);
      const isOfTerm =
        end !== undefined && (row.maintenanceStart === undefined || end > row.maintenanceStart);
      if (isOfTerm && (known === undefined || end < known)) firstEnds.set(row.entitlement, end);
    }
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
  for (const table of [lines, licenses, events, feedback]) table.bring(addDays(since, -1), first);

  return {
    /** The news of a day, seen at its end. Ask for every day, one after the other. */
    of(day: Day): RecordedNews {
      const at = startOf(addDays(day, 1)) - 1;
      const ofLines = lines.bring(day, at);
      const ofLicenses = licenses.bring(day, at);
      const ofEvents = events.bring(day, at);
      const ofFeedback = feedback.bring(day, at);
      noteEnds(ofLicenses.changed);
      return {
        developerId: past.developerId,
        at,
        newLines: ofLines.added,
        changedLines: ofLines.changed,
        vanishedLines: ofLines.vanished,
        newLicenses: ofLicenses.added,
        changedLicenses: ofLicenses.changed,
        newEvents: ofEvents.added,
        newFeedback: ofFeedback.added,
        bulk: [],
        linesOf: (entitlement) => lines.of(entitlement),
        licensesOf: (entitlement) => licenses.of(entitlement),
        eventsOf: (entitlement) => events.of(entitlement),
        feedbackOf: (entitlement) => feedback.of(entitlement),
        licensesOnSite: (cloudId) =>
          [...(sites.get(cloudId) ?? [])]
            .flatMap((entitlement) => licenses.of(entitlement))
            .filter(({ host }) => host.cloudId === cloudId),
        firstEndOf: (entitlement) => firstEnds.get(entitlement),
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

import { type AlertAct, actOnAlert } from '../../src/alerts/act-on-alert.ts';
import { type Announcement, type AnnounceOptions, announceAlerts } from '../../src/alerts/announce-alerts.ts';
import { createMemoryBook } from '../../src/alerts/memory-book.ts';
import { releaseAlerts } from '../../src/alerts/release-alerts.ts';
import { bookingDay } from '../../src/domain/booking.ts';
import { dayOf, type Instant } from '../../src/domain/day.ts';
import type { AlertSetting } from '../../src/domain/alert-rules.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type {
  Recorded,
  RecordedEvent,
  RecordedFeedback,
  RecordedLicense,
  RecordedLine,
} from '../../src/domain/recorded.ts';
import type { AlertWrites } from '../../src/store/alert-book.ts';
import type { OutboxEntry } from '../../src/store/outbox.ts';
import type { Changed, RecordedNews } from '../../src/store/recorded-news.ts';
import { ALERTING } from './alert-options.ts';

/** Rows as the API gives them in one answer; the world knows what is new in them. */
export interface Answer {
  readonly lines?: readonly RecordedLine[];
  readonly licenses?: readonly RecordedLicense[];
  readonly events?: readonly RecordedEvent[];
  readonly feedback?: readonly RecordedFeedback[];
  readonly series?: readonly MetricSeries[];
  /** Rows that are taken for vanished. They are known, and no news, when they come back. */
  readonly vanished?: Omit<Answer, 'series' | 'vanished'>;
}

const ROWS = ['lines', 'licenses', 'events', 'feedback'] as const;

/** What a channel shows after some syncs: its messages as they read now, by key, and how often it was alerted. */
export interface Shown {
  /** Messages that stand in the channel, oldest first; replies in threads are not among them. */
  readonly posts: Map<string, OutboxEntry>;
  /** Messages of facts, in the channel or below a summary, as they read now. */
  readonly said: Map<string, string>;
  readonly notes: { readonly text: string; readonly again: boolean }[];
  readonly edits: number;
}

/** A partner without a database: the rows so far, and what alerting made of them. Fast enough for thousands of lives. */
export function createAlertWorld(
  options: Partial<AnnounceOptions> = {},
  settings: readonly AlertSetting[] = [],
) {
  const tables = {
    lines: new Map<string, RecordedLine>(),
    licenses: new Map<string, RecordedLicense>(),
    events: new Map<string, RecordedEvent>(),
    feedback: new Map<string, RecordedFeedback>(),
  };
  const absent: typeof tables = {
    lines: new Map(),
    licenses: new Map(),
    events: new Map(),
    feedback: new Map(),
  };
  let series: readonly MetricSeries[] = [];
  const book = createMemoryBook(settings);
  const silences: Instant[] = [];
  /** The very objects that were recorded last: most answers bring them again. */
  const recorded = new Map<string, object>();
  const shown = {
    posts: new Map<string, OutboxEntry>(),
    said: new Map<string, string>(),
    notes: [],
    edits: 0,
  };
  const state = shown as { -readonly [Key in keyof Shown]: Shown[Key] };

  function nameOf(table: (typeof ROWS)[number], row: Recorded): string {
    if (table === 'lines') {
      const { lineId, transactionId } = row as RecordedLine;
      return `${transactionId} ${lineId}`;
    }
    if (table === 'licenses') return row.entitlement;
    if (table === 'events') return `${row.entitlement} ${(row as RecordedEvent).eventDate}`;
    const { date, message, reason } = row as RecordedFeedback;
    return `${row.entitlement} ${date} ${message} ${reason}`;
  }

  /** Records one table as a snapshot does: new rows, and what changed ones were before. */
  function record<Row extends Recorded>(
    table: (typeof ROWS)[number],
    rows: readonly Row[],
    at: Instant,
    silent: boolean,
  ) {
    const stored = tables[table] as unknown as Map<string, Row>;
    const away = absent[table] as unknown as Map<string, Row>;
    const added: Row[] = [];
    const changed: Changed<Row>[] = [];
    for (const row of rows) {
      const name = nameOf(table, row);
      if (recorded.get(`${table} ${name}`) === row) continue;
      recorded.set(`${table} ${name}`, row);
      const before = stored.get(name) ?? away.get(name);
      if (before && away.delete(name)) stored.set(name, before);
      const bare = (one: Row) => JSON.stringify({ ...one, firstSeenAt: 0, changedAt: 0, bookedOn: '' });
      if (before && bare(before) === bare(row)) continue;
      const bookedOn =
        table === 'lines' && !before
          ? bookingDay(row as unknown as RecordedLine, dayOf(at), silent)
          : undefined;
      const now = {
        ...row,
        firstSeenAt: before?.firstSeenAt ?? at,
        changedAt: at,
        ...(bookedOn !== undefined && { bookedOn }),
        ...(before && table === 'lines' && { bookedOn: (before as unknown as RecordedLine).bookedOn }),
      };
      stored.set(name, now);
      if (before) changed.push({ row: now, before });
      else added.push(now);
    }
    return { added, changed };
  }

  /** Takes rows for vanished; those that were there. */
  function vanish<Row extends Recorded>(table: (typeof ROWS)[number], rows: readonly Row[] = []): Row[] {
    const stored = tables[table] as unknown as Map<string, Row>;
    const away = absent[table] as unknown as Map<string, Row>;
    return rows.flatMap((row) => {
      const name = nameOf(table, row);
      const known = stored.get(name);
      if (!known) return [];
      stored.delete(name);
      away.set(name, known);
      recorded.delete(`${table} ${name}`);
      return known;
    });
  }

  function show({ entries }: Pick<AlertWrites, 'entries'>): void {
    for (const entry of entries) {
      const { act, key, message, parentKey } = entry;
      if (act === 'edit') {
        state.edits += 1;
        const target = parentKey ?? '';
        if (state.posts.has(target)) state.posts.set(target, { ...entry, key: target });
        if (state.said.has(target)) state.said.set(target, message.text);
      } else if (key.includes('/note/')) state.notes.push({ text: message.text, again: act === 'broadcast' });
      else {
        if (state.posts.has(key) || state.said.has(key)) throw new Error(`${key} was said twice`);
        if (parentKey === undefined) state.posts.set(key, entry);
        if (!key.endsWith('/summary') && !key.includes('/thread/')) state.said.set(key, message.text);
      }
    }
  }

  const ofEntitlement = <Row extends Recorded>(rows: Map<string, Row>, entitlement: string): Row[] =>
    [...rows.values()].filter((row) => row.entitlement === entitlement);

  function keep<Writes extends AlertWrites>(writes: Writes): Writes {
    book.write(writes);
    show(writes);
    return writes;
  }

  const { channels, zone } = { ...ALERTING, ...options };

  return {
    book,
    shown: shown as Shown,

    /** Somebody does something with an alert. */
    act: (id: number, act: AlertAct, now: Instant, by = 'U1', channel = 'C1') =>
      keep(actOnAlert(book, id, act, { by, channel, now, zone })),

    /** Time passes. */
    release: (now: Instant) => keep(releaseAlerts(book, { channels, zone, now })),

    /** One sync. Rows that are known and the same change nothing, in whatever order they come. */
    sync(at: Instant, answer: Answer, { silent = false } = {}): Announcement {
      if (silent) silences.push(at);
      if (answer.series) series = answer.series;
      const vanishedLines = vanish('lines', answer.vanished?.lines);
      const vanishedLicenses = vanish('licenses', answer.vanished?.licenses);
      vanish('events', answer.vanished?.events);
      vanish('feedback', answer.vanished?.feedback);
      const lines = record('lines', answer.lines ?? [], at, silent);
      const licenses = record('licenses', answer.licenses ?? [], at, silent);
      const events = record('events', answer.events ?? [], at, silent);
      const feedback = record('feedback', answer.feedback ?? [], at, silent);
      const heard = <T>(list: readonly T[]): readonly T[] => (silent ? [] : list);
      const news: RecordedNews = {
        developerId: 'dev-1',
        at,
        newLines: heard(lines.added),
        changedLines: heard(lines.changed),
        vanishedLines,
        newLicenses: heard(licenses.added),
        changedLicenses: heard(licenses.changed),
        newEvents: heard(events.added),
        newFeedback: heard(feedback.added),
        bulk: [],
        linesOf: (entitlement) => ofEntitlement(tables.lines, entitlement),
        licensesOf: (entitlement) => ofEntitlement(tables.licenses, entitlement),
        eventsOf: (entitlement) => ofEntitlement(tables.events, entitlement),
        feedbackOf: (entitlement) => ofEntitlement(tables.feedback, entitlement),
        licensesOnSite: (cloudId) =>
          [...tables.licenses.values()].filter(({ host }) => host.cloudId === cloudId),
        firstEndOf: () => undefined,
        readSeries: ({ from, metric, to }) =>
          series
            .filter((one) => one.metric === metric)
            .map((one) => ({
              ...one,
              points: one.points.filter(({ period }) => period >= from && period <= to),
            })),
        readObserved: () => ({ points: [], firstSeenAt: new Map() }),
        vanishedOf: (dataset) =>
          ({ transactions: vanishedLines, licenses: vanishedLicenses })[dataset as string]?.length ?? 0,
        isHistory: (_, seenAt) => silences.includes(seenAt),
        silentAt: () => silences.at(-1),
      };
      const said = announceAlerts(news, book, { ...ALERTING, ...options });
      if (said.failures.length > 0) throw new Error(JSON.stringify(said.failures));
      return keep(said);
    },
  };
}

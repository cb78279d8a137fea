import { dayOf, type Instant } from '../domain/day.ts';
import {
  channelParked,
  dataRecovered,
  dataStale,
  messageRefused,
  ruleFailed,
  rowsSetAside,
  started,
  syncFailed,
  syncShort,
} from '../messages/ops.ts';
import type { OutboxEntry } from '../store/outbox.ts';
import type { DatasetName, Freshness } from '../store/sync-runs.ts';

/** What a sync did, as far as the operator cares. */
export interface SyncOutcome {
  readonly developerId: string;
  readonly isFirst: boolean;
  readonly changes: readonly {
    readonly dataset: DatasetName;
    readonly rows: number;
    readonly quarantined?: number;
    readonly isShort: boolean;
  }[];
  readonly failures: readonly { readonly dataset: DatasetName; readonly code: string }[];
}

/** Where operator messages go. */
export interface OpsChannels {
  readonly digest: string;
  readonly ops: string;
}

const NAMES: Partial<Record<DatasetName, string>> = {
  licenses: 'licenses',
  transactions: 'transaction lines',
  'churn-events': 'cancellations',
  'conversion-events': 'conversions',
  feedback: 'pieces of feedback',
};

/** Data older than this is told to the operator, as it is by `/healthz`: a night may fail. */
const STALE_MS = 26 * 3_600_000;

/** The data sets everything else joins to. */
const CORE: readonly DatasetName[] = ['licenses', 'transactions'];

/** When the older of licences and transactions was last read; undefined before both were. */
function coreAge(freshness: readonly Freshness[]): Instant | undefined {
  const ages = CORE.map((name) => freshness.find(({ dataset }) => dataset === name)?.goodAt);
  const known = ages.filter((at) => at !== undefined);
  return known.length === ages.length ? Math.min(...known) : undefined;
}

/** The operator message about data that is old, once a day; none while it is not, or before there was any. */
export function announceStale(
  { developerId, goodAt }: { readonly developerId: string; readonly goodAt: Instant | undefined },
  channel: string,
  now: Instant,
): OutboxEntry[] {
  if (goodAt === undefined || now - goodAt < STALE_MS) return [];
  const key = `ops/1/STALE/${developerId}/${dayOf(now)}`;
  return [{ key, kind: 'ops', channel, message: dataStale(goodAt, now) }];
}

/** What to say of the age of the data: that it is stale, once a day, or that it is not any more, once. */
function announceAge(
  { before, developerId, now }: { before: readonly Freshness[]; developerId: string; now: Instant },
  isRead: boolean,
  channel: string,
): OutboxEntry[] {
  const goodAt = coreAge(before);
  if (!isRead) return announceStale({ developerId, goodAt }, channel, now);
  if (goodAt === undefined || now - goodAt < STALE_MS) return [];
  const key = `ops/1/RECOVERED/${developerId}/${dayOf(goodAt)}`;
  return [{ key, kind: 'ops', channel, message: dataRecovered(goodAt, now) }];
}

/** The data sets of which more rows were set aside than at the pull before. */
function moreSetAside(changes: SyncOutcome['changes'], before: readonly Freshness[]) {
  return changes.flatMap(({ dataset, quarantined = 0 }) => {
    const known = before.find((one) => one.dataset === dataset)?.counts?.quarantined ?? 0;
    return quarantined > known ? [{ dataset, rows: quarantined }] : [];
  });
}

/**
 * The operator messages after a sync: one per cause and day, and one for the first import of a developer space.
 * `before`: the age of the data before the sync.
 */
export function announceSyncOutcome(
  { changes, developerId, failures, isFirst }: SyncOutcome,
  channels: OpsChannels,
  slash: string,
  now: Instant,
  before: readonly Freshness[] = [],
): OutboxEntry[] {
  const today = dayOf(now);
  const entries: OutboxEntry[] = [];
  const ops = (code: string, message: OutboxEntry['message']): void => {
    const key = `ops/1/${code}/${developerId}/${today}`;
    entries.push({ key, kind: 'ops', channel: channels.ops, message });
  };
  const hasRows = changes.some(({ dataset, rows }) => dataset === 'transactions' && rows > 0);
  if (isFirst && hasRows) {
    const rows = changes.flatMap(({ dataset, rows }) => ({
      name: NAMES[dataset] ?? '',
      count: NAMES[dataset] ? rows : 0,
    }));
    const key = `ops/1/STARTED/${developerId}`;
    entries.push({ key, kind: 'ops', channel: channels.digest, message: started({ rows, slash }) });
  }
  for (const [code, failed] of Map.groupBy(failures, (failure) => failure.code))
    ops(code, syncFailed(code, failed, slash));
  const short = changes.filter(({ isShort }) => isShort).map(({ dataset }) => dataset);
  if (short.length > 0) ops('SHORT_ANSWER', syncShort(short));
  const aside = isFirst ? [] : moreSetAside(changes, before);
  if (aside.length > 0) ops('ROWS_SET_ASIDE', rowsSetAside(aside, slash));
  const isRead = CORE.every((name) => changes.some(({ dataset }) => dataset === name));
  entries.push(...announceAge({ before, developerId, now }, isRead, channels.ops));
  return entries;
}

/** The operator message about an alert rule that failed, once a day. */
export function announceRuleFailed(rule: string, opsChannel: string, now: Instant): OutboxEntry {
  const key = `ops/1/ALERT_RULE_FAILED/${rule}/${dayOf(now)}`;
  return { key, kind: 'ops', channel: opsChannel, message: ruleFailed(rule) };
}

/** The operator message about a channel that Slack refuses, once a day; none when it is the operator's own channel. */
export function announceChannelParked(
  notice: { readonly channel: string; readonly code: string; readonly reason: string; readonly fix: string },
  opsChannel: string,
  now: Instant,
): OutboxEntry[] {
  if (notice.channel === opsChannel) return [];
  const key = `ops/1/CHANNEL_PARKED/${notice.channel}/${notice.code}/${dayOf(now)}`;
  return [{ key, kind: 'ops', channel: opsChannel, message: channelParked(notice) }];
}

/** The operator message about a message that Slack took in no form, once a day and channel. */
export function announceMessageRefused(
  notice: { readonly channel: string; readonly code: string },
  opsChannel: string,
  now: Instant,
): OutboxEntry[] {
  const key = `ops/1/MESSAGE_REFUSED/${notice.channel}/${notice.code}/${dayOf(now)}`;
  return [{ key, kind: 'ops', channel: opsChannel, message: messageRefused(notice) }];
}

import { dayOf, type Instant } from '../domain/day.ts';
import { channelParked, messageRefused, started, syncFailed, syncShort } from '../messages/ops.ts';
import type { OutboxEntry } from '../store/outbox.ts';
import type { DatasetName } from '../store/sync-runs.ts';

/** What a sync did, as far as the operator cares. */
export interface SyncOutcome {
  readonly developerId: string;
  readonly isFirst: boolean;
  readonly changes: readonly {
    readonly dataset: DatasetName;
    readonly rows: number;
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

/** The operator messages after a sync: one per cause and day, and one for the first import of a developer space. */
export function announceSyncOutcome(
  { changes, developerId, failures, isFirst }: SyncOutcome,
  channels: OpsChannels,
  slash: string,
  now: Instant,
): OutboxEntry[] {
  const today = dayOf(now);
  const entries: OutboxEntry[] = [];
  const hasRows = changes.some(({ dataset, rows }) => dataset === 'transactions' && rows > 0);
  if (isFirst && hasRows) {
    const rows = changes.flatMap(({ dataset, rows }) => ({
      name: NAMES[dataset] ?? '',
      count: NAMES[dataset] ? rows : 0,
    }));
    const key = `ops/1/STARTED/${developerId}`;
    entries.push({ key, kind: 'ops', channel: channels.digest, message: started({ rows, slash }) });
  }
  for (const [code, failed] of Map.groupBy(failures, (failure) => failure.code)) {
    const key = `ops/1/${code}/${developerId}/${today}`;
    entries.push({ key, kind: 'ops', channel: channels.ops, message: syncFailed(code, failed, slash) });
  }
  const short = changes.filter(({ isShort }) => isShort).map(({ dataset }) => dataset);
  if (short.length > 0) {
    const key = `ops/1/SHORT_ANSWER/${developerId}/${today}`;
    entries.push({ key, kind: 'ops', channel: channels.ops, message: syncShort(short) });
  }
  return entries;
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

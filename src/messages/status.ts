import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { context, header, message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataTable } from './kit/table.ts';
import { age, count, instant } from './kit/words.ts';

/** The age and the last counts of one data set. */
export interface DatasetStatus {
  readonly dataset: string;
  readonly goodAt?: Instant;
  readonly counts?: {
    readonly rows: number;
    readonly added: number;
    readonly changed: number;
    readonly quarantined: number;
  };
  readonly failedCode?: string;
  readonly failedAt?: Instant;
}

/** What the status message tells. */
export interface Status {
  readonly spaces: readonly { readonly developerId: string; readonly datasets: readonly DatasetStatus[] }[];
  readonly waiting: number;
  readonly refused: number;
  readonly parked: readonly { readonly channel: string; readonly reason: string; readonly fix: string }[];
  readonly nextRuns: readonly { readonly name: string; readonly channel: string; readonly at: Instant }[];
  readonly timeZone: string;
}

function failing({ failedAt, goodAt }: DatasetStatus): boolean {
  return failedAt !== undefined && (goodAt === undefined || failedAt > goodAt);
}

function verdict(status: Status, now: Instant): Mrkdwn {
  const datasets = status.spaces.flatMap((space) => space.datasets);
  const failed = datasets.filter(failing);
  const ages = datasets.flatMap(({ goodAt }) => goodAt ?? []);
  if (ages.length === 0) return mrk`*No data yet.* The first sync has not finished.`;
  const fresh = mrk`The oldest data set is ${age(Math.min(...ages), now)} old`;
  if (failed.length > 0) {
    return mrk`*${count(failed.length, 'data set')} could not be updated*: ${failed.map(({ dataset, failedCode }) => `${dataset} (${failedCode ?? 'unknown'})`).join(', ')}. ${fresh}.`;
  }
  if (status.parked.length > 0)
    return mrk`*${count(status.parked.length, 'channel')} cannot be posted to.* ${fresh}.`;
  return mrk`*Everything works.* ${fresh}.`;
}

function delivery({ parked, refused, waiting }: Status): Mrkdwn {
  const lines = parked.map(({ channel, reason, fix }) => mrk`• ${channel}: ${reason}. ${fix}`);
  const counts = mrk`*Delivery*: ${count(waiting, 'message')} waiting${refused > 0 ? `, ${refused} refused by Slack` : ''}`;
  return join([counts, ...lines], '\n');
}

function schedule({ nextRuns, timeZone }: Status): Mrkdwn {
  const lines = nextRuns.slice(0, 8).map(({ at, channel, name }) => {
    const local = new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    });
    return mrk`• ${name}: ${local.format(at)} ${timeZone}, channel ${channel}`;
  });
  return join([mrk`*Next runs*`, ...lines], '\n');
}

/** How the product is doing: data ages, delivery, schedules. */
export function status(report: Status, now: Instant): Message {
  const sentence = verdict(report, now);
  const rows = report.spaces.flatMap((space) => space.datasets);
  const table = dataTable(
    'Data sets and their last pull',
    [
      { title: 'Data set', cell: (row: DatasetStatus) => row.dataset },
      { title: 'Last good pull', cell: (row) => (row.goodAt === undefined ? 'never' : instant(row.goodAt)) },
      {
        title: 'Rows',
        cell: (row) => ({ value: row.counts?.rows ?? 0, text: String(row.counts?.rows ?? 0) }),
      },
      { title: 'New, changed', cell: (row) => `${row.counts?.added ?? 0}, ${row.counts?.changed ?? 0}` },
      {
        title: 'Set aside',
        cell: (row) => ({ value: row.counts?.quarantined ?? 0, text: String(row.counts?.quarantined ?? 0) }),
      },
      { title: 'Problem', cell: (row) => (failing(row) ? (row.failedCode ?? 'unknown') : '-') },
    ],
    rows,
  );
  return message(sentence, [
    header('Status'),
    section(sentence),
    section(delivery(report)),
    report.nextRuns.length > 0 ? section(schedule(report)) : undefined,
    table.block,
    context(
      mrk`"Set aside" counts rows that did not fit what is known of the API; they are not in any number`,
    ),
  ]);
}

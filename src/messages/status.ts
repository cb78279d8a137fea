import type { Instant } from '../domain/day.ts';
import type { Block, Message } from '../domain/message.ts';
import { alertLine, type AlertsHere } from './alert-settings.ts';
import { context, header, message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataTable } from './kit/table.ts';
import { age, count, instant } from './kit/words.ts';

/** The age and the last counts of one data set. */
export interface DatasetStatus {
  readonly dataset: string;
  readonly goodAt?: Instant;
  /** When it is pulled again; absent: with the next sync. */
  readonly nextAt?: Instant;
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
  readonly alerts: readonly AlertsHere[];
  readonly timeZone: string;
  /** Why the newest sync could not be done at all, as a code. */
  readonly syncFailure?: string;
}

/** A sync is due every hour; a night may fail. */
const STALE_AFTER_MS = 26 * 3_600_000;

/** Its newest pull failed. */
export function failing({ failedAt, goodAt }: DatasetStatus): boolean {
  return failedAt !== undefined && (goodAt === undefined || failedAt > goodAt);
}

/** What keeps a sync from being done at all, and what to do. Its data sets know nothing of it. */
const WHY_NO_SYNC: Readonly<Record<string, string>> = {
  STORE_UNWRITABLE:
    'the disk of the database takes nothing, or has less than 10 MB left. Nothing is lost; what waits is recorded and posted once there is room',
  STORE_BUSY:
    'another program holds the database, a backup tool or an SQLite shell for example. Nothing is lost; it goes on when that ends',
  SYNC_RUNNING: 'another process was syncing',
};

/** What is wrong, the worst first; empty when nothing is. */
function problems({ parked, refused, spaces, syncFailure }: Status, oldest: Instant, now: Instant): Mrkdwn[] {
  const datasets = spaces.flatMap((space) => space.datasets);
  const failed = datasets.filter(failing);
  const missing = datasets.filter((dataset) => dataset.goodAt === undefined && !failing(dataset));
  const codes = failed.map(({ dataset, failedCode }) => `${dataset} (${failedCode ?? 'unknown'})`);
  return [
    ...(syncFailure === undefined
      ? []
      : [mrk`*The newest sync came to nothing*: ${WHY_NO_SYNC[syncFailure] ?? syncFailure}.`]),
    ...(failed.length > 0
      ? [mrk`*${count(failed.length, 'data set')} could not be updated*: ${codes.join(', ')}.`]
      : []),
    ...(missing.length > 0
      ? [
          mrk`*${count(missing.length, 'data set')} not read yet*: ${missing.map(({ dataset }) => dataset).join(', ')}.`,
        ]
      : []),
    ...(parked.length > 0 ? [mrk`*${count(parked.length, 'channel')} cannot be posted to.*`] : []),
    ...(refused > 0 ? [mrk`*${count(refused, 'message')} refused by Slack.*`] : []),
    ...(now - oldest > STALE_AFTER_MS ? [mrk`*The data is old.*`] : []),
  ];
}

/** How the product is doing, in a sentence or two. */
export function statusSentence(report: Status, now: Instant): Mrkdwn {
  const ages = report.spaces.flatMap((space) => space.datasets).flatMap(({ goodAt }) => goodAt ?? []);
  const oldest = Math.min(...ages);
  const found = problems(report, ages.length > 0 ? oldest : now, now);
  const fresh =
    ages.length > 0
      ? mrk`The oldest data set is ${age(oldest, now)} old.`
      : mrk`*No data yet*: the first sync has not finished.`;
  const works = ages.length > 0 ? [mrk`*Everything works.*`] : [];
  return join([...(found.length > 0 ? found : works), fresh], ' ');
}

function delivery({ parked, refused, waiting }: Status): Mrkdwn {
  const lines = parked.map(({ channel, reason, fix }) => mrk`• ${channel}: ${reason}. ${fix}`);
  const open = waiting === 0 ? 'nothing' : count(waiting, 'message');
  const counts = mrk`*Delivery*: ${open} waiting${refused > 0 ? `, ${refused} refused by Slack` : ''}`;
  return join([counts, ...lines], '\n');
}

function schedule({ nextRuns, timeZone }: Status): Mrkdwn {
  const lines = nextRuns
    .slice(0, 8)
    .map(({ at, channel, name }) => mrk`• ${name}: ${instant(at, timeZone)}, channel ${channel}`);
  return join([mrk`*Next runs*`, ...lines], '\n');
}

/** What each channel is alerted on; channels without anything are left out. */
function alerting({ alerts }: Status): Mrkdwn | undefined {
  const heard = alerts.filter(
    ({ held, rules, waiting }) => held + waiting > 0 || rules.some(({ isOn }) => isOn),
  );
  return heard.length === 0 ? undefined : join([mrk`*Alerts*`, ...heard.slice(0, 6).map(alertLine)], '\n');
}

function counted(value: number | undefined) {
  return value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
}

/** The data sets as a table, each named with its developer space where there are several. */
function datasetTable({ spaces }: Status): Block {
  const rows = spaces.flatMap(({ datasets, developerId }) =>
    datasets.map((row) => ({
      ...row,
      name: spaces.length > 1 ? `${row.dataset}, ${developerId}` : row.dataset,
    })),
  );
  const { block } = dataTable(
    'Data sets and their last pull',
    [
      { title: 'Data set', cell: (row: DatasetStatus & { name: string }) => row.name },
      { title: 'Last good pull', cell: ({ goodAt }) => (goodAt === undefined ? 'never' : instant(goodAt)) },
      { title: 'Next', cell: ({ nextAt }) => (nextAt === undefined ? 'next sync' : instant(nextAt)) },
      { title: 'Rows', cell: ({ counts }) => counted(counts?.rows) },
      { title: 'New, changed', cell: ({ counts }) => (counts ? `${counts.added}, ${counts.changed}` : '-') },
      { title: 'Set aside', cell: ({ counts }) => counted(counts?.quarantined) },
      { title: 'Problem', cell: (row) => (failing(row) ? (row.failedCode ?? 'unknown') : '-') },
    ],
    rows,
  );
  return block;
}

/** How the product is doing: data ages, delivery, schedules. */
export function status(report: Status, now: Instant): Message {
  const sentence = statusSentence(report, now);
  const alerts = alerting(report);
  return message(sentence, [
    header('Status'),
    section(sentence),
    section(delivery(report)),
    report.nextRuns.length > 0 ? section(schedule(report)) : undefined,
    alerts && section(alerts),
    datasetTable(report),
    report.spaces.some(({ datasets }) => datasets.length > 0)
      ? context(
          mrk`"Set aside" counts rows that did not fit what is known of the API; they are not in any number`,
        )
      : undefined,
  ]);
}

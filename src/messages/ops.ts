import type { Message } from '../domain/message.ts';
import { context, header, message, section } from './kit/blocks.ts';
import { channelName, join, type Mrkdwn, mrk } from './kit/escape.ts';
import type { Instant } from '../domain/day.ts';
import { age, count, instant } from './kit/words.ts';

/** What an operator has to do about an error code. The same words stand in docs/operations.md. */
const FIXES: Readonly<Record<string, string>> = {
  API_UNAUTHORIZED:
    'Create a new API token for the account in MARKETPLACE_EMAIL and set MARKETPLACE_API_TOKEN; tokens expire after at most a year. The file of MARKETPLACE_API_TOKEN_FILE is read again by itself.',
  API_FORBIDDEN:
    'Give the account in MARKETPLACE_EMAIL the permissions "View sales reports" and "View all other reports" in the developer space.',
  API_NOT_FOUND: 'Check MARKETPLACE_DEVELOPER_ID: the API knows no such developer space.',
  API_BAD_REQUEST:
    'Check MARKETPLACE_DEVELOPER_ID; if it is right, the API has changed and this product needs an update.',
  SYNC_REFUSED: 'The API has probably changed. Update this product; `status` counts what did not fit.',
};

const WAIT = 'Nothing to do at first: it is tried again by itself. If it lasts a day, look at the log.';

/** "a, b and c". */
function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' and ');
}

/** A data set that could not be updated. */
export interface FailedDataset {
  readonly dataset: string;
  readonly code: string;
}

/** To the operator: a sync could not update everything. The old data keeps answering. */
export function syncFailed(code: string, failures: readonly FailedDataset[], slash: string): Message {
  const names = failures.map(({ dataset }) => dataset).join(', ');
  const sentence = mrk`${count(failures.length, 'data set')} could not be updated (${code}): ${names}.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nAnswers and digests go on with the data there is and say how old it is.\n${FIXES[code] ?? WAIT}`,
    ),
    context(mrk`Said once a day while it lasts. \`${slash} status\` shows every data set`),
  ]);
}

/** To the operator: an answer was so much smaller than the store that it is not believed. */
export function syncShort(datasets: readonly string[]): Message {
  const sentence = mrk`Atlassian's answer for ${listed(datasets)} was much smaller than what is stored.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nWhat it brought is recorded; nothing was taken for deleted. If it is right, for instance because an app was sold, this message ends when the rows were missing long enough.`,
    ),
  ]);
}

/** To the digest channel, once: the first import is done, and silent. */
export function started(facts: {
  readonly rows: readonly { readonly name: string; readonly count: number }[];
  readonly slash: string;
}): Message {
  const read = facts.rows
    .filter((row) => row.count > 0)
    .map(({ count: number, name }) => `${number.toLocaleString('en-US')} ${name}`);
  const sentence = mrk`I am connected to the Marketplace and have read ${listed(read)}.`;
  return message(sentence, [
    header('Marketplace Pulse has started'),
    section(
      mrk`${sentence}\nNothing in this first import is announced. From now on I post the weekly digests here, and alert when something needs a person.`,
    ),
    context(
      join(
        [
          mrk`\`${facts.slash} help\` lists what you can ask`,
          mrk`\`${facts.slash} churn\` shows the newest week now`,
          mrk`\`${facts.slash} alerts\` shows what I alert on`,
        ],
        ' · ',
      ),
    ),
  ]);
}

/** A channel for whoever may not see it, or has to set it: its name where Slack shows it, and its id. */
function channelAndId(channel: string): Mrkdwn {
  return mrk`${channelName(channel)} (${channel})`;
}

/** To the operator: Slack refuses to post to a channel. */
export function channelParked(notice: {
  readonly channel: string;
  /** A sentence, as `fix` is. */
  readonly reason: string;
  readonly fix: string;
}): Message {
  const sentence = mrk`I cannot post to ${channelAndId(notice.channel)}: ${notice.reason}`;
  return message(sentence, [
    section(mrk`*${sentence}*\n${notice.fix} Nothing is lost: what waits is posted when it works again.`),
  ]);
}

/** To the operator: Slack took a message in no form, not even as plain text. */
export function messageRefused(notice: { readonly channel: string; readonly code: string }): Message {
  const sentence = mrk`Slack refused a message to ${channelAndId(notice.channel)} in every form (${notice.code}).`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nIt is kept as refused and counted by \`status\`. Please report it: the message is at fault, not the channel.`,
    ),
  ]);
}

/** To the operator: licences or transactions could not be read for more than a day. */
export function dataStale(goodAt: Instant, now: Instant): Message {
  const sentence = mrk`Licenses or transactions were last read ${age(goodAt, now)} ago, ${instant(goodAt)}.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nAnswers and digests say so themselves. Alerts come when it works again. What to do: \`npm run pulse -- doctor\` looks at the token, its permissions and the network, and says how to mend what it finds; \`status\` shows why each sync failed.`,
    ),
    context(mrk`Said once a day while it lasts; I say when it is over`),
  ]);
}

/** To the operator: the data is fresh again. */
export function dataRecovered(goodAt: Instant, now: Instant): Message {
  const sentence = mrk`Licenses and transactions are fresh again, after ${age(goodAt, now)}.`;
  return message(sentence, [section(mrk`*${sentence}*`)]);
}

/** To the operator: more rows than before do not fit what is known of the API. */
export function rowsSetAside(
  sets: readonly { readonly dataset: string; readonly rows: number }[],
  slash: string,
): Message {
  const names = sets.map(({ dataset, rows }) => `${count(rows, 'row')} of ${dataset}`);
  const sentence = mrk`More rows than before were set aside because they do not fit: ${listed(names)}.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nThey are in no number. If it goes on, the API has changed and this product needs an update.`,
    ),
    context(mrk`\`${slash} status\` counts them by data set`),
  ]);
}

/** To the operator: a rule failed on what a sync brought. */
export function ruleFailed(rule: string): Message {
  const sentence = mrk`The alert rule ${rule} failed on what the last sync brought.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nThe sync was recorded and the other rules were heard. Please report it; the log has the error.`,
    ),
  ]);
}

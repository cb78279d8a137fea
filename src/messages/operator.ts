import type { Day, Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { context, message, section } from './kit/blocks.ts';
import { channelName, mrk } from './kit/escape.ts';
import { count, date, instant, percentage } from './kit/words.ts';

/** To the operator: today's backup could not be made. */
export function backupFailed(code: string): Message {
  const sentence = mrk`Today's backup of the database could not be made (${code}).`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nEverything else goes on. Most often the disk is full or the folder cannot be written; the log says which.`,
    ),
    context(mrk`Said once a day while it lasts. \`npm run pulse -- doctor\` looks at disk and database`),
  ]);
}

/** To the operator: the Marketplace token ends in so many days; below 0 it has ended. */
export function tokenExpires(day: Day, daysLeft: number): Message {
  const when =
    daysLeft < 0 ? 'expired' : daysLeft === 0 ? 'expires today' : `expires in ${count(daysLeft, 'day')}`;
  const sentence = mrk`The Marketplace API token ${when} (${date(day)}).`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nCreate a new one at id.atlassian.com > Security > API tokens, set MARKETPLACE_API_TOKEN and MARKETPLACE_API_TOKEN_EXPIRES, and restart.`,
    ),
    context(mrk`Said 30, 7 and 1 days before, and when it is over`),
  ]);
}

/** To the operator: the disk of the database is nearly full. */
export function diskFilling(used: number, freeMegabytes: number): Message {
  const sentence = mrk`The disk of the database is ${percentage(used * 100)} full: ${freeMegabytes.toLocaleString('en-US')} MB are free.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nMake room. On a full disk nothing is lost and answers go on, but nothing new is recorded until there is room again.`,
    ),
    context(mrk`Said once a day while it lasts`),
  ]);
}

/** To the operator: the machine's clock differs from Slack's; positive: it is ahead. */
export function clockWrong(offsetSeconds: number): Message {
  const sentence = mrk`The clock of this machine is ${count(Math.abs(offsetSeconds), 'second')} ${offsetSeconds > 0 ? 'ahead of' : 'behind'} Slack's.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nSwitch on time synchronisation (NTP). Digests come at the wrong time, and from five minutes on no command is answered in HTTP mode, because Slack's signatures look too old or too new.`,
    ),
    context(mrk`Said once a day while it lasts`),
  ]);
}

/** To the operator: the database was damaged and a backup has taken its place. */
export function storeRecovered(day: Day, damaged: string): Message {
  const sentence = mrk`The database was damaged. I went on with the backup of ${date(day)}.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nThe next sync brings what came since, as one message; nothing is said twice. The damaged file is kept as ${damaged}: delete it when you have looked at disk and memory of the machine.`,
    ),
  ]);
}

/** To the operator: somebody asks so much that it looks like copying the customer list. */
export function manyQuestions(userId: string, questions: number): Message {
  const sentence = mrk`Somebody asked ${questions} questions within an hour: user id ${userId}.`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nIf that is not wanted, leave them out of PULSE_ALLOWED_USERS and restart. Nobody gets more than 20 answers a minute and 200 a day.`,
    ),
    context(mrk`Said once a day and person`),
  ]);
}

/** Another instance that posts as this bot: where it posted last, how often since the last look, and when it started. */
export interface TwinFacts {
  readonly channel: string;
  readonly messages: number;
  readonly startedAt?: Instant;
}

/** To the operator: two instances, with a database each, post as this bot. */
export function anotherInstance({ channel, messages, startedAt }: TwinFacts): Message {
  const posted = mrk`posted ${count(messages, 'message')} to ${channelName(channel)}`;
  const sentence = mrk`I run twice: another instance, with a database of its own, ${posted}.`;
  const where =
    startedAt === undefined
      ? mrk`It does not say when it started`
      : mrk`It started ${instant(startedAt)}; the line "started" of its log has that time`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nWhile both run, messages come twice, and what is subscribed, set or marked as handled in one is unknown to the other. Stop one of the two: look for a second deployment with the same SLACK_BOT_TOKEN, such as an old host, a copy, or somebody's own machine.\n${where}.`,
    ),
    context(mrk`Said once a day while it lasts, by each of the two`),
  ]);
}

import type { Day, Instant } from '../domain/day.ts';
import type { Block } from '../domain/message.ts';
import { header, section } from './kit/blocks.ts';
import { channelName, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, instant } from './kit/words.ts';

/** How far a new installation is. */
export interface Checklist {
  readonly isImported: boolean;
  /** Where the weekly digests go, and whether anything arrived there. */
  readonly digestChannel: string;
  readonly hasArrived: boolean;
  /** When the first digest comes. */
  readonly firstDigestAt?: Instant;
  readonly zone: string;
  /** Whether the configuration says who may ask. */
  readonly isAnybodyNamed: boolean;
  readonly tokenExpires?: Day;
  readonly slash: string;
}

interface Step {
  readonly isDone: boolean;
  readonly done: Mrkdwn;
  readonly todo: Mrkdwn;
}

function steps(one: Checklist): Step[] {
  const channel = channelName(one.digestChannel);
  const when = one.firstDigestAt === undefined ? 'when it is due' : instant(one.firstDigestAt, one.zone);
  return [
    {
      isDone: true,
      done: mrk`the app is installed and connected`,
      todo: mrk``,
    },
    {
      isDone: one.isImported,
      done: mrk`the first import of your data is complete`,
      todo: mrk`wait for the first import; \`npm run pulse -- doctor\` says what stops it`,
    },
    {
      isDone: one.hasArrived,
      done: mrk`I can post in ${channel}`,
      todo: mrk`invite me to ${channel}: type \`/invite\` there and choose me`,
    },
    {
      isDone: one.isAnybodyNamed,
      done: mrk`the configuration names who may ask`,
      todo: mrk`name who may ask and see contacts in \`PULSE_ALLOWED_USERS\`; until then everybody in the configured channels may ask, without contacts`,
    },
    {
      isDone: one.tokenExpires !== undefined,
      done: mrk`I know when the API token expires`,
      todo: mrk`put the expiry date of the API token into \`MARKETPLACE_API_TOKEN_EXPIRES\``,
    },
    {
      isDone: false,
      done: mrk``,
      todo: mrk`the first digest comes ${when}; \`${escape(`${one.slash} churn`)}\` shows one at once`,
    },
  ];
}

/** What is done and what is left to do after the installation, in words. */
export function checklist(one: Checklist): Block[] {
  const all = steps(one);
  const left = all.filter(({ isDone }) => !isDone).length;
  const lines = all.map(({ done, isDone, todo }) =>
    isDone ? mrk`• *Done*: ${done}` : mrk`• *To do*: ${todo}`,
  );
  return [header('First steps'), section(join([mrk`${count(left, 'step')} left.`, ...lines], '\n'))];
}

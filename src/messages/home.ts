import { type Day, daysBetween, type Instant } from '../domain/day.ts';
import type { Block } from '../domain/message.ts';
import type { AlertsHere } from './alert-settings.ts';
import { clockWords, dayWords } from './alert-settings.ts';
import { type Checklist, checklist } from './home-checklist.ts';
import { actions, type Button, context, fields, header, paragraphs, section } from './kit/blocks.ts';
import { channelName, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { age, count, date, instant, weekName } from './kit/words.ts';
import { failing, type Status, statusSentence } from './status.ts';

/** One subscription as Home lists it. */
export interface HomeSubscription {
  readonly digest: string;
  readonly channel: string;
  /** The app's name; absent: all apps. */
  readonly app?: string;
  /** Said where there are several. */
  readonly space?: string;
  readonly state: 'active' | 'paused';
  /** Absent while paused. */
  readonly nextAt?: Instant;
  readonly zone: string;
}

/** The newest digest of a subscription that was posted, and where it is. */
export interface HomeDigest {
  readonly digest: string;
  readonly channel: string;
  readonly app?: string;
  readonly space?: string;
  /** The Sunday its week began. */
  readonly week: Day;
  /** An address in Slack, as Slack gave its beginning; absent where it gave none. */
  readonly link?: string;
}

/** Everything the Home tab shows. It names no customer and no amount. */
export interface Home {
  readonly status: Status;
  readonly slack: { readonly kind: 'http' } | { readonly kind: 'socket'; readonly connectedAt?: Instant };
  /** When the API token expires, where that was configured. */
  readonly tokenExpires?: Day;
  readonly subscriptions: readonly HomeSubscription[];
  readonly latest: readonly HomeDigest[];
  /** Alerts that somebody snoozed, by channel, and when the first of them comes back. */
  readonly snoozed: readonly { readonly channel: string; readonly alerts: number; readonly until: Instant }[];
  /** Present until the first digest is posted. */
  readonly setUp?: Checklist;
  /** Whether the person may ask in the direct message that answers clicks here. */
  readonly mayAsk: boolean;
  readonly slash: string;
  readonly today: Day;
  readonly now: Instant;
}

/** From then on the expiring token is said to be urgent. */
const SOON_DAYS = 30;

function tokenWords({ today, tokenExpires }: Home): string {
  if (tokenExpires === undefined) return 'unknown; MARKETPLACE_API_TOKEN_EXPIRES tells it';
  const days = daysBetween(today, tokenExpires);
  if (days < 0) return `expired on ${date(tokenExpires)}; create a new one`;
  const when = `${date(tokenExpires)}, in ${count(days, 'day')}`;
  return days < SOON_DAYS ? `${when}; create a new one in time` : when;
}

function slackWords({ now, slack }: Home): string {
  if (slack.kind === 'http') return 'connected, HTTP mode';
  return slack.connectedAt === undefined
    ? 'reconnecting, Socket Mode'
    : `connected for ${age(slack.connectedAt, now)}, Socket Mode`;
}

function health(home: Home): Block {
  const { now, status } = home;
  const datasets = status.spaces.flatMap((space) => space.datasets);
  const ages = datasets.flatMap(({ goodAt }) => goodAt ?? []);
  const failed = datasets.filter(failing);
  const api =
    ages.length === 0 && failed.length === 0
      ? 'not asked yet'
      : failed.length === 0
        ? 'answers'
        : `${count(failed.length, 'data set')} failing (${[...new Set(failed.map(({ failedCode }) => failedCode ?? 'unknown'))].join(', ')})`;
  const last = ages.length === 0 ? 'none yet' : instant(Math.max(...ages), status.timeZone);
  return fields([
    mrk`*Last sync*\n${last}`,
    mrk`*Oldest data set*\n${ages.length === 0 ? 'none yet' : `${age(Math.min(...ages), now)} old`}`,
    mrk`*Reporting API*\n${api}`,
    mrk`*Slack*\n${slackWords(home)}`,
    mrk`*API token expires*\n${tokenWords(home)}`,
    mrk`*Waiting to be posted*\n${status.waiting === 0 ? 'nothing' : count(status.waiting, 'message')}`,
  ]);
}

function aboutWords({ app, space }: { readonly app?: string; readonly space?: string }): Mrkdwn[] {
  return [app, space].flatMap((name) => (name === undefined ? [] : [escape(name, 60)]));
}

function digestWords(one: HomeSubscription): Mrkdwn {
  const about = aboutWords(one);
  return about.length === 0 ? mrk`*${one.digest}*` : mrk`*${one.digest}* (${join(about, ', ')})`;
}

function subscriptionLine(one: HomeSubscription): Mrkdwn {
  const when =
    one.state === 'paused'
      ? 'paused'
      : one.nextAt === undefined
        ? 'active, no next run'
        : `active, next ${instant(one.nextAt, one.zone)}`;
  return mrk`• ${digestWords(one)} in ${channelName(one.channel)}: ${when}`;
}

function latestLine(one: HomeDigest): Mrkdwn {
  const words = mrk`${join([mrk`${one.digest}`, ...aboutWords(one)], ', ')}, ${weekName(one.week)}`;
  // Its words are the link: a list of links that are all called the same says nothing to who hears it.
  const open: Mrkdwn = one.link === undefined ? words : { mrkdwn: `<${one.link}|${words.mrkdwn}>` };
  return mrk`• ${open} in ${channelName(one.channel)}`;
}

function mutedWords({ rules, zone }: AlertsHere): Mrkdwn[] {
  const times = [...new Set(rules.flatMap(({ mutedUntil }) => mutedUntil ?? []))].toSorted((a, b) => a - b);
  return times.map((until) => {
    const muted = rules.filter(({ mutedUntil }) => mutedUntil === until).map(({ rule }) => rule);
    return mrk`muted until ${instant(until, zone)}: ${muted.join(', ')}`;
  });
}

function alertLine(here: AlertsHere): Mrkdwn {
  const { channel, days, held, hours, rules, zone } = here;
  const on = rules.filter(({ isOn }) => isOn).map(({ rule }) => rule);
  const parts = [
    on.length > 0 ? mrk`${on.join(', ')}` : mrk`nothing`,
    ...mutedWords(here),
    ...(hours ? [mrk`quiet from ${clockWords(hours.from)} to ${clockWords(hours.to)} ${zone}`] : []),
    ...(days ? [mrk`only on ${dayWords(days)}`] : []),
    ...(held > 0 ? [mrk`${count(held, 'alert')} held until it is not quiet`] : []),
  ];
  return mrk`• ${channelName(channel)}: ${join(parts, '; ')}`;
}

function alertLines({ snoozed, status }: Home): Mrkdwn[] {
  return [
    ...status.alerts.map(alertLine),
    ...snoozed.map(
      ({ alerts, channel, until }) =>
        mrk`• ${channelName(channel)}: ${count(alerts, 'alert')} snoozed, the first until ${instant(until, status.timeZone)}`,
    ),
  ];
}

function parkedLines({ status }: Home): Mrkdwn[] {
  return status.parked.map(({ channel, fix, reason }) => mrk`• ${channelName(channel)}: ${reason}. ${fix}`);
}

/** Lines of a list that one person reads; more are counted. */
const MOST_LINES = 25;

/** A heading and its lines; nothing without lines. */
function list(title: string, lines: readonly Mrkdwn[]): Block[] {
  if (lines.length === 0) return [];
  const left = lines.length - MOST_LINES;
  return [
    header(title),
    ...paragraphs([...lines.slice(0, MOST_LINES), ...(left > 0 ? [mrk`and ${left} more`] : [])]),
  ];
}

const BUTTONS: readonly Button[] = [
  { label: 'Subscriptions', asks: 'subscriptions' },
  { label: 'Full Status', asks: 'status' },
  { label: 'Sync Now', asks: 'sync' },
  { label: 'What I Can Ask', asks: 'help' },
];

/** The Home tab: how the product is doing, what comes where and when, and what needs somebody. */
export function homeBlocks(home: Home): Block[] {
  const { mayAsk, now, setUp, slash, status } = home;
  const ways = mayAsk
    ? mrk`Answers to these buttons come to the Messages tab`
    : mrk`Ask with \`${escape(slash)}\` in a channel I post to`;
  return [
    header('Marketplace Pulse'),
    section(statusSentence(status, now)),
    ...(setUp ? checklist(setUp) : []),
    ...list('Channels that cannot be posted to', parkedLines(home)),
    header('Health'),
    health(home),
    ...list('Latest digests', home.latest.map(latestLine)),
    ...list('Subscriptions', home.subscriptions.map(subscriptionLine)),
    ...list('Alerts', alertLines(home)),
    ...(mayAsk ? [actions(BUTTONS)] : []),
    context(join([ways, mrk`as of ${instant(now, status.timeZone)}; open this page again for newer`], ' · ')),
  ];
}

/** A Home tab that says one sentence and nothing else. */
export function homeSaying(sentence: string): Block[] {
  return [header('Marketplace Pulse'), section(escape(sentence, 500))];
}

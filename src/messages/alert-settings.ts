import { PERCENTILES, type OwnRule, type Threshold } from '../analytics/thresholds.ts';
import {
  ALERT_UNITS,
  type AlertId,
  type AlertOwner,
  type QuietHours,
  type RuleSetting,
} from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { thresholdSource } from './alert-words.ts';
import { actions, context, header, message, section } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, dollars, instant } from './kit/words.ts';

/** From how much on a rule speaks of one developer space. */
export interface SpaceThreshold extends Threshold {
  readonly developerId: string;
}

/** What a channel hears of one rule. */
export interface RuleHere {
  readonly rule: AlertId;
  readonly isOn: boolean;
  readonly mutedUntil?: Instant;
  /** One per developer space: each is judged by its own sales. */
  readonly thresholds: readonly SpaceThreshold[];
  /** What is set for single apps. */
  readonly apps: readonly RuleSetting[];
}

/** What a channel hears, from how much on, when, and for whom. */
export interface AlertsHere {
  readonly channel: string;
  /** The channel alerts go to unless somebody says otherwise. */
  readonly isHome: boolean;
  readonly rules: readonly RuleHere[];
  readonly hours?: QuietHours;
  readonly days?: readonly number[];
  readonly owners: readonly (AlertOwner & { readonly userId: string })[];
  /** Alerts that wait for the end of quiet hours, and facts that wait for their other half. */
  readonly held: number;
  readonly waiting: number;
  readonly zone: string;
}

const NOUNS: Readonly<Record<OwnRule, string>> = {
  'large-transaction': 'net sale',
  upgrade: 'upgrade',
  downgrade: 'downgrade',
  refund: 'refund',
  'payment-problem': 'net sale',
  'customer-leaving': 'customer',
};

/** "$4,200", "$4,200 a year", "500 users". */
export function amountWords(rule: AlertId, amount: number): string {
  if (ALERT_UNITS[rule] === 'users') return count(amount, 'user');
  const isYearly = ['upgrade', 'downgrade', 'customer-leaving', 'feedback'].includes(rule);
  return `${dollars(amount)}${isYearly ? ' a year' : ''}`;
}

/** Says something of every developer space: once where it is the same of all of them. */
export function perSpace(
  { thresholds }: RuleHere,
  words: (threshold: Threshold) => string,
  between: string,
): string {
  const said = thresholds.map((one) => ({ developerId: one.developerId, text: words(one) }));
  const texts = new Set(said.map(({ text }) => text));
  if (texts.size === 1) return said[0]?.text ?? '';
  return said.map(({ developerId, text }) => `${text} in ${developerId}`).join(between);
}

function fromWords(here: RuleHere): string {
  const { rule } = here;
  if (ALERT_UNITS[rule] === undefined) return 'on';
  const isOwn = rule in PERCENTILES;
  const percentile = isOwn ? PERCENTILES[rule as OwnRule] : 0;
  const words = (threshold: Threshold): string => {
    if (threshold.amount === 0) return 'every one';
    const source = thresholdSource(threshold, percentile, isOwn ? NOUNS[rule as OwnRule] : '');
    return `from ${amountWords(rule, threshold.amount)} (${source})`;
  };
  return perSpace(here, words, ', ');
}

function appWords(rule: AlertId, { app, isOn, threshold }: RuleSetting): Mrkdwn {
  const parts = [
    ...(isOn === false ? ['off'] : []),
    ...(threshold === undefined ? [] : [`from ${amountWords(rule, threshold)}`]),
    ...(isOn === true && threshold === undefined ? ['on'] : []),
  ];
  return mrk`*${app}* ${parts.join(', ')}`;
}

function ruleLine(here: RuleHere, zone: string): Mrkdwn {
  const { apps, isOn, mutedUntil, rule } = here;
  const state =
    mutedUntil === undefined ? (isOn ? fromWords(here) : 'off') : `muted until ${instant(mutedUntil, zone)}`;
  const own = apps.map((one) => appWords(rule, one));
  return mrk`• *${rule}*: ${state}${own.length > 0 ? mrk`; ${join(own, ', ')}` : mrk``}`;
}

/** "20:00". */
export function clockWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** "Mon, Tue, Wed". */
export function dayWords(days: readonly number[]): string {
  return days.map((day) => WEEKDAYS[day] ?? '').join(', ');
}

function quietWords({ days, hours, zone }: AlertsHere): string | undefined {
  const words = [
    hours && `quiet from ${clockWords(hours.from)} to ${clockWords(hours.to)}`,
    days && `only on ${dayWords(days)}`,
  ].filter(Boolean);
  return words.length === 0
    ? undefined
    : `${words.join(', ')} (${zone}); what comes meanwhile comes as one afterwards`;
}

function ownerWords({ owners }: AlertsHere): Mrkdwn[] {
  return owners.map(({ name, of, userId }) => {
    // The id is Slack's, and its form was checked when it was set.
    const who: Mrkdwn = { mrkdwn: `<@${userId}>` };
    const what =
      of === 'all' ? 'all alerts here' : of === 'app' ? `alerts of ${name}` : `alerts from ${name}`;
    return mrk`${who} is mentioned in ${what}`;
  });
}

/** What is set in a channel, in one line each; without names of customers. */
export function alertLines(here: AlertsHere): Mrkdwn[] {
  const quiet = quietWords(here);
  const waits = [
    ...(here.held > 0 ? [`${count(here.held, 'alert')} held until the quiet hours end`] : []),
    ...(here.waiting > 0
      ? [
          `${count(here.waiting, 'refund or half of a change', 'refunds or halves of changes')} waiting for the rest, a day at most`,
        ]
      : []),
  ];
  return [
    ...here.rules
      .filter(({ isOn, mutedUntil }) => isOn || mutedUntil !== undefined)
      .map((one) => ruleLine(one, here.zone)),
    ...(quiet === undefined ? [] : [mrk`• ${quiet}`]),
    ...ownerWords(here).map((words) => mrk`• ${words}`),
    ...waits.map((words) => mrk`• ${words}`),
  ];
}

/** The answer to `alerts`: what this channel hears. `changed`: it was just set. */
export function alertSettings(here: AlertsHere, slash: string, changed = false): Message {
  const on = here.rules.filter(({ isOn }) => isOn).map(({ rule }) => rule);
  const off = here.rules
    .filter(({ isOn, mutedUntil }) => !isOn && mutedUntil === undefined)
    .map(({ rule }) => rule);
  const verdict =
    on.length === 0
      ? mrk`No alert comes to this channel.`
      : mrk`${count(on.length, 'rule')} on here: ${on.join(', ')}.`;
  const sentence = changed ? mrk`Set. ${verdict}` : verdict;
  const lines = alertLines(here);
  const typed = (text: string) => mrk`\`${escape(`${slash} alerts ${text}`)}\``;
  return message(sentence, [
    header('Alerts here'),
    section(mrk`${sentence}${lines.length > 0 ? mrk`\n${join(lines, '\n')}` : mrk``}`),
    off.length > 0 ? section(mrk`*Off*: ${off.join(', ')}`) : undefined,
    context(
      join(
        [
          typed('refund 500'),
          typed('mute feedback 1w'),
          typed('quiet 20-8'),
          typed('days mon-fri'),
          typed('owner me app "App 1"'),
        ],
        ' · ',
      ),
    ),
    actions([{ label: 'Change Settings', asks: 'alerts form' }]),
  ]);
}

/** What a channel hears, in one line, for a status. */
export function alertLine(here: AlertsHere): Mrkdwn {
  const { channel, days, held, hours, rules, waiting, zone } = here;
  const on = rules
    .filter(({ isOn }) => isOn)
    .map((one) => {
      const { rule, thresholds } = one;
      if (ALERT_UNITS[rule] === undefined || thresholds.every(({ amount }) => amount === 0)) return rule;
      return `${rule} from ${perSpace(one, ({ amount }) => amountWords(rule, amount), ' or ')}`;
    });
  const muted = rules.filter(({ mutedUntil }) => mutedUntil !== undefined).map(({ rule }) => rule);
  const parts = [
    on.length > 0 ? on.join(', ') : 'nothing',
    ...(muted.length > 0 ? [`muted: ${muted.join(', ')}`] : []),
    ...(hours ? [`quiet ${clockWords(hours.from)} to ${clockWords(hours.to)} ${zone}`] : []),
    ...(days ? [`only ${dayWords(days)}`] : []),
    ...(held > 0 ? [`${held} held until it is not quiet`] : []),
    ...(waiting > 0 ? [`${waiting} waiting for their other half`] : []),
  ];
  return mrk`• channel ${channel}: ${parts.join('; ')}`;
}

import { type AlertId, ALERT_UNITS, UNLIMITED_USERS } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { sumCents } from '../domain/money.ts';
import { header, message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, exactDollars, instant, signedDollars } from './kit/words.ts';

/** One alert among many. */
export interface SummedAlert {
  readonly rule: AlertId;
  readonly title: string;
  /** Cents, or users. */
  readonly amount: number;
  /** What to look it up by; empty for none. */
  readonly entitlement: string;
}

/** Why several alerts come as one message. */
export type SummaryReason =
  | { readonly kind: 'together' }
  | { readonly kind: 'quiet' }
  | { readonly kind: 'away'; readonly since: Instant };

const NOUNS: Readonly<Record<AlertId, readonly [one: string, many: string]>> = {
  'large-transaction': ['large transaction', 'large transactions'],
  upgrade: ['upgrade', 'upgrades'],
  downgrade: ['downgrade', 'downgrades'],
  refund: ['refund', 'refunds'],
  'payment-problem': ['payment problem', 'payment problems'],
  'customer-leaving': ['leaving customer', 'leaving customers'],
  'big-evaluation': ['big evaluation', 'big evaluations'],
  feedback: ['message of a paying customer', 'messages of paying customers'],
  'unusual-week': ['unusual number', 'unusual numbers'],
  'data-problem': ['change of known data', 'changes of known data'],
};

/** More lines than this are in the thread alone. */
const LISTED = 25;

function kinds(alerts: readonly SummedAlert[]): { readonly rule: AlertId; readonly words: string }[] {
  return [...Map.groupBy(alerts, ({ rule }) => rule)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([rule, group]) => ({ rule, words: count(group.length, ...NOUNS[rule]) }));
}

/** "7 refunds", or "12 alerts (7 refunds, 5 upgrades)". */
function whatCame(alerts: readonly SummedAlert[]): string {
  const all = kinds(alerts);
  const [only] = all;
  if (all.length === 1 && only) return only.words;
  return `${count(alerts.length, 'alert')} (${all.map(({ words }) => words).join(', ')})`;
}

/** ", -$12.3k net (our share)", where all of them are money of one kind. */
function together(alerts: readonly SummedAlert[]): string {
  const rules = new Set(alerts.map(({ rule }) => rule));
  const [rule] = rules;
  if (rules.size !== 1 || rule === undefined || ALERT_UNITS[rule] !== 'money') return '';
  const sum = signedDollars(sumCents(alerts.map(({ amount }) => amount)));
  const isNet = rule === 'large-transaction' || rule === 'refund';
  return `, ${sum} ${isNet ? 'net (our share)' : rule === 'payment-problem' ? '(our share)' : 'a year (our share)'}`;
}

function sentenceOf(alerts: readonly SummedAlert[], reason: SummaryReason): Mrkdwn {
  const what = `${whatCame(alerts)}${together(alerts)}`;
  switch (reason.kind) {
    case 'together':
      return alerts.length === 1
        ? mrk`${what}.`
        : mrk`${whatCame(alerts)} arrived together${together(alerts)}.`;
    case 'quiet':
      return mrk`While this channel was quiet: ${what}.`;
    case 'away':
      return mrk`While I was away, since ${instant(reason.since)}: ${what}.`;
  }
}

function titleOf(alerts: readonly SummedAlert[], { kind }: SummaryReason): string {
  const [only, ...others] = kinds(alerts);
  const what = others.length === 0 && only ? only.words : count(alerts.length, 'alert');
  if (kind === 'away') return `While I was away: ${what}`;
  return kind === 'quiet' ? `While it was quiet: ${what}` : `${what} at once`;
}

/** Money first, then users, then the rest: their amounts cannot be compared. */
const unitRank = ({ rule }: Pick<SummedAlert, 'rule'>): number =>
  ['money', 'users', undefined].indexOf(ALERT_UNITS[rule]);

/** The order in which alerts of several rules are listed. */
export const bySize = (
  a: Pick<SummedAlert, 'rule' | 'amount'>,
  b: Pick<SummedAlert, 'rule' | 'amount'>,
): number => unitRank(a) - unitRank(b) || Math.abs(b.amount) - Math.abs(a.amount);

/** Several alerts as one message, the largest first. */
export function alertSummary(
  alerts: readonly SummedAlert[],
  reason: SummaryReason = { kind: 'together' },
): Message {
  const sorted = alerts.toSorted(bySize);
  const sentence = sentenceOf(alerts, reason);
  const lines = sorted.slice(0, LISTED).map(({ title }) => mrk`• ${title}`);
  const rest = sorted.length - lines.length;
  return message(sentence, [
    header(titleOf(alerts, reason)),
    section(mrk`*${sentence}*\n${join(lines, '\n')}${rest > 0 ? mrk`\nand ${rest} more` : mrk``}`),
  ]);
}

/** "$1,234.56", "2,600 users", or a number of its own kind. */
function stakeWords(rule: AlertId, amount: number): string {
  const unit = ALERT_UNITS[rule];
  if (unit === 'money') return exactDollars(amount);
  if (unit === undefined) return amount.toLocaleString('en-US');
  return amount >= UNLIMITED_USERS ? 'unlimited users' : count(amount, 'user');
}

/** The thread below a summary whose alerts have no message of their own: all of them, with what to look them up by. */
export function alertSummaryTables(alerts: readonly SummedAlert[]): Message[] {
  return tableReplies({
    caption: 'Largest first',
    sentence: mrk`${count(alerts.length, 'alert')}, largest first. What stands in the last column can be looked up.`,
    columns: [
      { title: 'What', cell: ({ title }: SummedAlert) => title },
      { title: 'Rule', cell: ({ rule }) => rule },
      {
        title: 'At stake',
        cell: ({ amount, rule }) => ({
          value: ALERT_UNITS[rule] === 'money' ? amount / 100 : amount,
          text: stakeWords(rule, amount),
        }),
      },
      { title: 'Entitlement', cell: ({ entitlement }) => entitlement },
    ],
    rows: alerts.toSorted(bySize),
  });
}

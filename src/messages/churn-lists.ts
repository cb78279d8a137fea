import { type Leaver, totalLeavers } from '../analytics/leavers.ts';
import type { RateAssessment } from '../analytics/unusual-rate.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import { message, section } from './kit/blocks.ts';
import { customer as customerName, join, mrk, quote } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { tierWords } from './kit/tier-words.ts';
import { count, date, dollars, duration, exactDollars, weekName } from './kit/words.ts';

/** One app's row of the table by app. */
export interface AppChurn {
  readonly app: string;
  readonly rate: RateAssessment;
  readonly value: Cents;
}

/** A customer that gave notice but has paid until a later day. */
export interface PaidUntil {
  readonly who: string | undefined;
  readonly appName: string;
  readonly paidUntil: Day;
  readonly value: Cents;
}

/** "$13.1k a year", or why a customer brought none. */
export function worthOf({ ownUse, value }: Pick<Leaver, 'ownUse' | 'value'>): string {
  if (ownUse === 'sandbox') return 'no revenue, a sandbox';
  if (ownUse === 'atlassian') return "no revenue, Atlassian's own";
  return yearly(value);
}

function yearly(value: Cents): string {
  return value > 0 ? `${dollars(value)} a year` : 'no revenue';
}

/** Everybody who left, most valuable first. */
export function leaverTables(leavers: readonly Leaver[], week: Day): Message[] {
  const { value } = totalLeavers(leavers);
  return tableReplies({
    caption: `Who left ${weekName(week)}, most valuable first`,
    sentence:
      leavers.length === 1
        ? mrk`The customer that left, ${exactDollars(value)} a year, our share.`
        : mrk`All ${count(leavers.length, 'customer')} that left, ${exactDollars(value)} a year together, our share.`,
    columns: [
      { title: 'Customer', cell: (one: Leaver) => one.who ?? 'Without a name' },
      {
        title: 'App, tier and plan',
        cell: (one) => [one.appName, tierWords(one.tier), one.plan].filter(Boolean).join(', '),
      },
      {
        title: '$ a year',
        cell: (one) => ({ value: one.value / 100, text: exactDollars(one.value) }),
      },
      {
        title: 'With us',
        cell: (one) => (one.tenureDays === undefined ? 'never paid' : duration(one.tenureDays)),
      },
      { title: 'Reason', cell: (one) => one.reason ?? 'none given' },
      { title: 'Still uses', cell: ({ kept }) => kept.map(({ name }) => name).join(', ') || '-' },
      { title: 'Entitlement', cell: (one) => one.entitlement || '-' },
    ],
    rows: leavers,
    amountOf: (one) => one.value,
  });
}

/** Reasons beyond these are named together: the list is open, and customers may write their own. */
const REASONS = 10;

/** Counts and value by the reason chosen, and up to five messages in the customers' own words. */
export function reasonList(leavers: readonly Leaver[]): Message[] {
  const { byReason, early } = totalLeavers(leavers);
  const quotes = leavers.filter((one) => one.message !== undefined).slice(0, 5);
  if (byReason.every(({ reason }) => reason === undefined) && quotes.length === 0) return [];
  const lines = byReason
    .slice(0, REASONS)
    .map(
      ({ count: number, reason, value }) =>
        mrk`• ${reason ?? 'No reason given'}: ${number}, ${yearly(value)}`,
    );
  const rest = byReason.slice(REASONS);
  const restValue = sumCents(rest.map(({ value }) => value));
  const more =
    rest.length > 0
      ? mrk`\nand ${count(rest.length, 'more reason')}, ${dollars(restValue)} a year together`
      : mrk``;
  const young =
    early > 0 ? mrk`\n${early} of ${leavers.length} left within 90 days of the first payment` : mrk``;
  const words = quotes.map((one) => mrk`• ${customerName(one.who)}: “${quote(one.message ?? '')}”`);
  const sentence = mrk`Why they left, by the reason they chose.`;
  return [
    message(sentence, [
      section(mrk`*${sentence}*\n${join(lines, '\n')}${more}${young}`),
      words.length > 0 ? section(mrk`*In their own words*\n${join(words, '\n')}`) : undefined,
    ]),
  ];
}

function counted(value: number | undefined) {
  return value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
}

/** Left, due and what is usual for each app; nothing for a single one. */
export function appTables(byApp: readonly AppChurn[], week: Day): Message[] {
  if (byApp.length < 2) return [];
  const value = sumCents(byApp.map((row) => row.value));
  return tableReplies({
    caption: `Churn by app, ${weekName(week)}, most revenue lost first`,
    sentence: mrk`Churn by app: left, due, and what is usual; ${exactDollars(value)} a year together.`,
    columns: [
      { title: 'App', cell: (row: AppChurn) => row.app },
      { title: 'Left', cell: ({ rate: { value } }) => counted(value) },
      { title: 'Due', cell: ({ rate: { whole } }) => counted(whole) },
      {
        title: 'Usual range',
        cell: ({ rate: { low, high } }) => (low === undefined ? '-' : `${low} to ${high ?? low}`),
      },
      {
        title: '$ a year',
        cell: ({ value }) => ({ value: value / 100, text: exactDollars(value) }),
      },
    ],
    rows: byApp,
    amountOf: (row) => row.value,
  });
}

const SHOWN_PAID_UNTIL = 15;

/** Who cancelled but has paid until a later day: no churn, and the last chance to talk. */
export function notGone(paidUntil: readonly PaidUntil[]): Message[] {
  if (paidUntil.length === 0) return [];
  const worth = sumCents(paidUntil.map(({ value }) => value));
  const sentence = mrk`${count(paidUntil.length, 'customer')} cancelled but ${paidUntil.length === 1 ? 'is' : 'are'} still paid for, ${dollars(worth)} a year: not counted as left.`;
  const lines = paidUntil
    .slice(0, SHOWN_PAID_UNTIL)
    .map(
      (one) =>
        mrk`• *${customerName(one.who)}*, ${one.appName}: paid until ${date(one.paidUntil)}, ${dollars(one.value)} a year`,
    );
  const rest = paidUntil.slice(SHOWN_PAID_UNTIL);
  const restWorth = sumCents(rest.map(({ value }) => value));
  const more =
    rest.length > 0 ? mrk`\nand ${rest.length} more, ${dollars(restWorth)} a year together` : mrk``;
  return [message(sentence, [section(mrk`*${sentence}*\n${join(lines, '\n')}${more}`)])];
}

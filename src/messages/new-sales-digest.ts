import type { Exclusion } from '../analytics/counted.ts';
import type { Counted, InvoicedWeek } from '../analytics/invoiced.ts';
import type { NamedMovement } from '../analytics/named-movements.ts';
import type { Retention } from '../analytics/retention.ts';
import type { WeekMovements } from '../analytics/run-rate-weeks.ts';
import type { Assessment } from '../analytics/usual.ts';
import { addDays } from '../domain/day.ts';
import type { Block, ThreadedMessage } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { chart } from './kit/chart.ts';
import { weekAxis, withoutOpen } from './kit/charted-weeks.ts';
import { countComparison, fourWeekCount, isUnusual } from './kit/comparison.ts';
import { customer, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { moneyComparison } from './kit/money-comparison.ts';
import { weekNote } from './kit/week-state.ts';
import { count, dollars, instant, percent, shortDate, signedDollars, weekName } from './kit/words.ts';
import { changedMoney } from './new-sales-changes.ts';
import type { NewSalesDigest } from './new-sales-facts.ts';
import { newSalesReplies } from './new-sales-thread.ts';
import { discountWords, KIND_ORDER, KIND_WORDS, moveWords } from './new-sales-words.ts';

/** What a phone shows of both without scrolling. */
const SHOWN_GAINS = 3;
const SHOWN_LOSSES = 3;

/** Changes too small to name (rounding, mostly) are told in the thread alone while they are below this together. */
const A_DOLLAR: Cents = 100;

/** The parts of a week's change that are not zero. */
function parts({ noise, totals }: WeekMovements): string[] {
  const kinds = KIND_ORDER.map((kind) => [KIND_WORDS[kind], totals[kind].delta] as const);
  return [...kinds, ['changes too small to name', Math.abs(noise) < A_DOLLAR ? 0 : noise] as const]
    .filter(([, amount]) => amount !== 0)
    .map(([name, amount]) => `${name} ${dollars(amount)}`);
}

function runRate({ change: judged, movements }: NewSalesDigest): Mrkdwn | undefined {
  const week = movements.at(-1);
  if (!week || (week.before === 0 && week.after === 0)) return undefined;
  const named = parts(week);
  if (named.length === 0) return mrk`Run-rate unchanged at *${dollars(week.after)} a month*.`;
  const change = week.after - week.before;
  const split =
    named.length > 1 || change !== week.totals.new.delta ? `: ${named.join(', ')}` : ', all of it new';
  const flag = isUnusual(judged) ? mrk` (*${judged.verdict} than usual*)` : mrk``;
  return mrk`*${signedDollars(change)} a month of run-rate this week*${flag}, to ${dollars(week.after)}${split}.`;
}

function invoicedSentence({ buyers, buyersFourWeeks, invoiced }: NewSalesDigest): Mrkdwn {
  if (!invoiced) return mrk`*No transactions are known yet.*`;
  const comparison = mrk`${countComparison(buyers)}${fourWeekCount(buyersFourWeeks)}.`;
  if (invoiced.lines === 0) return mrk`Nothing was invoiced: 0 customers, ${comparison}`;
  const from = `${count(invoiced.lines, 'line')} to ${count(invoiced.customers, 'customer')}`;
  return mrk`Invoiced (our share) *${dollars(invoiced.net)} in ${from}*; ${comparison}`;
}

function verdict(digest: NewSalesDigest): Mrkdwn {
  const { knownUntil, state } = digest;
  const gap =
    knownUntil === undefined
      ? state === 'open'
        ? mrk`So far, the week is not over.`
        : mrk``
      : mrk`*Transactions are known only until ${instant(knownUntil)}*, so the rest of the week is missing.`;
  return join([gap, runRate(digest) ?? mrk``, invoicedSentence(digest)], ' ');
}

/** The first weeks have nothing to be compared with; that is said once, with the number of lines. */
function isCompared({ verdict }: Assessment): boolean {
  return verdict !== 'no history';
}

/** "98.9 % gross, 101.2 % net": what is kept of the recurring revenue, in tenths, because a point of it is much. */
function kept({ gross, net }: Retention): string {
  const tenths = (share: number) => `${(share * 100).toFixed(1)}\u00A0%`;
  return `${tenths(gross)} gross, ${tenths(net)} net`;
}

function retentionFact({ retention: { fourWeeks, twelveMonths } }: NewSalesDigest): Mrkdwn | undefined {
  if (!fourWeeks && !twelveMonths) return undefined;
  const recent = fourWeeks ? [mrk`4 weeks: ${kept(fourWeeks)}`] : [];
  const year = twelveMonths
    ? [
        mrk`12 months: ${kept(twelveMonths)}, of ${dollars(twelveMonths.before)} a month in ${count(twelveMonths.subscriptions, 'subscription')}`,
      ]
    : [];
  return mrk`*Kept of run-rate (GRR, NRR)*\n${join([...recent, ...year], '\n')}`;
}

function invoicedFact({ amount, largestBill }: NewSalesDigest): Mrkdwn {
  const largest = largestBill
    ? mrk`; ${dollars(largestBill.movement.net)} of it from ${customer(largestBill.who)}`
    : mrk``;
  return mrk`*Invoiced*\n${moneyComparison(amount)}${largest}`;
}

/** What became of the payments: each is part of the invoiced amount. */
function paymentFact({ lines, open, refunded, uncollectible }: InvoicedWeek): Mrkdwn | undefined {
  const parts = [
    { words: 'not paid yet', ...open },
    { words: 'uncollectible', ...uncollectible },
    { words: 'refunded by now', ...refunded },
  ].filter((one) => one.count > 0);
  if (parts.length === 0) return undefined;
  const said = parts.map((one) => mrk`${one.words} ${dollars(one.amount)} in ${count(one.count, 'line')}`);
  return mrk`*Payment, of ${count(lines, 'line')}*\n${join(said, '\n')}`;
}

function facts(digest: NewSalesDigest): Mrkdwn[] {
  const { amount, change, invoiced, movements, refunds } = digest;
  if (!invoiced) return [];
  const { discounts } = invoiced;
  const off = sumCents(discounts.map((one) => one.amount));
  const share = discounts.reduce((sum, one) => sum + (one.share ?? 0), 0);
  const types = discounts.map((one) => `${discountWords(one.type)} ${dollars(one.amount)}`).join(', ');
  const back = sumCents(refunds.map(({ line }) => line.vendorAmount));
  const isMoved = movements.length > 0 && isCompared(change);
  return [
    isMoved ? mrk`*Change of run-rate a month*\n${moneyComparison(change)}` : undefined,
    isCompared(amount) ? invoicedFact(digest) : undefined,
    retentionFact(digest),
    paymentFact(invoiced),
    refunds.length > 0
      ? mrk`*Refunds without a new bill*\n${dollars(back)} in ${count(refunds.length, 'line')}`
      : undefined,
    off === 0
      ? undefined
      : mrk`*Discounts, off customers' prices*\n${dollars(off)} (${percent(share, 1)} of gross): ${types}`,
  ].filter((fact) => fact !== undefined);
}

function moveLine(move: NamedMovement): Mrkdwn {
  const { delta, profile } = move;
  const where = profile?.customer.country ? mrk` (${profile.customer.country})` : mrk``;
  const app = [profile?.appName, profile?.edition].filter((part) => part !== undefined).join(' ');
  const what = [app, moveWords(move)].filter((part) => part !== '').join(': ');
  return mrk`• *${customer(profile?.who)}*${where}, ${what}; *${signedDollars(delta)} a month*`;
}

function movesOf(title: string, moves: readonly NamedMovement[], shown: number): Mrkdwn | undefined {
  if (moves.length === 0) return undefined;
  const rest = moves.slice(shown);
  const more =
    rest.length > 0
      ? mrk`\nand ${rest.length} more, ${signedDollars(sumCents(rest.map(({ delta }) => delta)))} a month together, in the thread`
      : mrk``;
  return mrk`*${title}*\n${join(moves.slice(0, shown).map(moveLine), '\n')}${more}`;
}

/** The largest gains and the largest losses, each with what the others add up to. */
function largestChanges({ gains, losses }: NewSalesDigest): Mrkdwn | undefined {
  const parts = [
    movesOf('Largest gains, net per subscription', gains, SHOWN_GAINS),
    movesOf('Largest losses', losses, SHOWN_LOSSES),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : join(parts, '\n\n');
}

function changeChart({ movements: all, state, week }: NewSalesDigest): Block | undefined {
  const movements = withoutOpen(all, { week, state });
  return chart({
    kind: 'bar',
    title: 'Net change of run-rate, $ a month',
    categories: movements.map((one) => shortDate(one.week)),
    series: [{ name: 'Net change', values: movements.map(({ after, before }) => (after - before) / 100) }],
    xLabel: weekAxis({ week, state }),
    yLabel: '$ a month, our share',
  });
}

const LEFT_OUT: Readonly<Record<Exclusion, string>> = {
  atlassian: "Atlassian's own",
  sandbox: 'on sandboxes',
  'license type': 'of licence types nobody pays for',
  'no revenue': 'at $0',
};

function notes({ earlier, late, later, leftOut, withoutPeriod }: NewSalesDigest): Mrkdwn[] {
  const lines = ({ amount, count: number }: Counted) => `${count(number, 'line')} (${dollars(amount)})`;
  const ofThem = late.count === earlier.count ? 'all' : lines(late);
  const howLate = late.count > 0 ? `, ${ofThem} of them more than 14 days late` : '';
  const reasons = leftOut.map(({ lines, reason }) => `${lines} ${LEFT_OUT[reason]}`).join(', ');
  return [
    ...(leftOut.length > 0 ? [mrk`Lines left out: ${reasons}`] : []),
    ...(earlier.count > 0
      ? [mrk`Sold before this week, counted in it because they appeared now: ${lines(earlier)}${howLate}`]
      : []),
    ...(later.count > 0
      ? [mrk`Sold in this week, counted later because they appeared later: ${lines(later)}`]
      : []),
    ...(withoutPeriod.count > 0
      ? [mrk`Without a paid period, so invoiced but in no run-rate: ${lines(withoutPeriod)}`]
      : []),
  ];
}

/** The weekly new-sales digest: how recurring revenue moved, what was invoiced, who is behind it. */
export function newSalesDigest(digest: NewSalesDigest): ThreadedMessage {
  const { asks, asOf, now, scope, state, week } = digest;
  const sentence = verdict(digest);
  const isQuiet = (digest.invoiced?.lines ?? 0) === 0 && digest.gains.length + digest.losses.length === 0;
  const money = isQuiet ? [] : facts(digest);
  const named = largestChanges(digest);
  const changed = changedMoney(digest.changes);
  const parent = message(mrk`New sales ${weekName(week)}, ${scope}: ${sentence}`, [
    header(`New sales, ${weekName(week)}, ${scope}`),
    section(sentence),
    money.length > 0 ? fields(money) : undefined,
    named && section(named),
    isQuiet ? undefined : changeChart(digest),
    changed && section(changed),
    context(
      ...[[dataAge(asOf, now), weekNote(week, state)], notes(digest)]
        .filter((group) => group.length > 0)
        .map((group) => join(group, ' · ')),
    ),
    actions([
      ...(isQuiet ? [] : [{ label: 'All New Customers', asks: `${asks} ${week} details` }]),
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'Explain', asks: 'explain new-sales' },
    ]),
  ]);
  return threaded(parent, isQuiet ? [] : newSalesReplies(digest));
}

import type { WeekState } from '../analytics/freshness.ts';
import { type Leaver, totalLeavers } from '../analytics/leavers.ts';
import type { RateAssessment } from '../analytics/unusual-rate.ts';
import type { WeekRate } from '../analytics/weekly-series.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { Message, ThreadedMessage } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import { type AppBenchmark, churnBenchmark } from './churn-benchmark.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine, changedReplies } from './kit/changed.ts';
import { rateComparison } from './kit/comparison.ts';
import { customer as customerName, join, type Mrkdwn, mrk, quote } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { FEW_DUE, rateChart } from './kit/rate-chart.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, date, dollars, duration, exactDollars, percent, rate, weekName } from './kit/words.ts';
import { weekNote } from './kit/week-state.ts';

/** The part and the whole of a rate in the week told; undefined: not known. */
export interface PlanRate {
  readonly part: number | undefined;
  readonly whole: number | undefined;
}

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

/** Everything the churn digest says. */
export interface ChurnDigest {
  readonly scope: string;
  /** How the same digest is asked for: `churn`, or `churn "App 1"`. */
  readonly asks: string;
  readonly week: Day;
  readonly state: WeekState;
  /** Of weeks this fresh, the share of cancellations that is usually known; undefined: not known. */
  readonly completeness?: number | undefined;
  /** Of all customers due, monthly and annual plans together. */
  readonly assessment: RateAssessment;
  readonly monthly: PlanRate;
  readonly annual: PlanRate;
  readonly leavers: readonly Leaver[];
  /** Run-rate a year at the start of the week, to compare the loss with; undefined when unknown. */
  readonly yearlyRunRate: Cents | undefined;
  /** Oldest first; the weeks before the `shownWeeks` newest complete the first rolling sums of the chart. */
  readonly rates: readonly WeekRate[];
  readonly shownWeeks: number;
  readonly byApp: readonly AppChurn[];
  readonly paidUntil: readonly PaidUntil[];
  readonly changes: readonly ChangedWeek[] | undefined;
  /** What does not add up between Atlassian's own numbers, in sentences. */
  readonly mismatches: readonly string[];
  /** Atlassian's churn benchmark, where it has a month this digest has not told yet. */
  readonly benchmark: readonly AppBenchmark[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

function unknownVerdict({ asOf, leavers, state }: ChurnDigest): Mrkdwn {
  const names = leavers.length > 0 ? mrk` The names below come from its list of events.` : mrk``;
  if (asOf === undefined) return mrk`*No churn numbers have been read yet.*${names}`;
  if (state === 'final') return mrk`*Atlassian has no churn number for this week.*${names}`;
  return mrk`*Atlassian has not published this week's churn yet.*${names}`;
}

function headOf(left: number, whole: number): Mrkdwn {
  const customers = count(whole, 'customer');
  if (whole === 0 && left === 0) return mrk`*No customer was due for renewal*`;
  if (left === 0) return mrk`*None of ${customers} due for renewal left*`;
  const share = whole >= FEW_DUE ? ` (${percent(left, whole)})` : '';
  return mrk`*${left.toLocaleString('en-US')} of ${customers} due for renewal left${share}*`;
}

function lossOf({ assessment, leavers }: ChurnDigest): Mrkdwn {
  const { count: number, largestShare = 0, value } = totalLeavers(leavers);
  if (value <= 0) return mrk``;
  const isWhole = number === assessment.value;
  const who = isWhole ? (number === 1 ? 'It' : 'They') : 'Those named below';
  const largest =
    number > 1 && largestShare >= 0.5 ? `, ${percent(largestShare, 1)} of it from one customer` : '';
  return mrk` ${who} paid us *${dollars(value)} a year*${largest}.`;
}

function verdict(digest: ChurnDigest): Mrkdwn {
  const { assessment, state } = digest;
  const { value: left, whole } = assessment;
  if (left === undefined || whole === undefined) return unknownVerdict(digest);
  const compared = whole === 0 ? mrk`` : mrk`; ${rateComparison(assessment)}`;
  const early = state === 'open' ? mrk` So far: the week is not over.` : mrk``;
  return mrk`${headOf(left, whole)}${compared}.${lossOf(digest)}${early}`;
}

function planFact(title: string, { part, whole }: PlanRate): Mrkdwn {
  if (part === undefined || whole === undefined) return mrk`*${title}*\nnot known yet`;
  return mrk`*${title}*\n${whole > 0 && whole < FEW_DUE ? `${part} of ${whole} left` : rate(part, whole)}`;
}

/** What the list of names adds up to; nothing to say while Atlassian counts people whom its list does not name. */
function facts(digest: ChurnDigest): Mrkdwn[] {
  const totals = totalLeavers(digest.leavers);
  const plans = [planFact('Monthly plans', digest.monthly), planFact('Annual plans', digest.annual)];
  if (totals.count === 0) return plans;
  const share = digest.yearlyRunRate ? ` (${percent(totals.value, digest.yearlyRunRate)} of run-rate)` : '';
  return [
    ...plans,
    mrk`*Lost revenue, a year*\n${dollars(totals.value)}${share}`,
    mrk`*Kept another app of ours*\n${totals.kept} of ${totals.count}`,
  ];
}

function yearly(value: Cents): string {
  return value > 0 ? `${dollars(value)} a year` : 'no revenue';
}

function leaverLine({ appName, customer, kept, plan, reason, tenureDays, tier, value, who }: Leaver): Mrkdwn {
  const details = [
    [appName, tier, plan?.toLowerCase()].filter((part) => part !== undefined).join(', '),
    yearly(value),
    ...(tenureDays === undefined ? [] : [`${duration(tenureDays)} with us`]),
    ...(kept.length > 0 ? [`still uses ${kept.map(({ name }) => name).join(', ')}`] : []),
  ].map((part) => mrk`${part}`);
  const why = reason ? mrk`; reason: _${reason}_` : mrk``;
  const where = customer.country ? mrk` (${customer.country})` : mrk``;
  return mrk`• *${customerName(who)}*${where}: ${join(details, '; ')}${why}`;
}

function whoLeft({ leavers }: ChurnDigest): Mrkdwn | undefined {
  if (leavers.length === 0) return undefined;
  const shown = leavers.slice(0, 3);
  const rest = leavers.slice(3);
  const more =
    rest.length > 0
      ? mrk`\nand ${rest.length} more, ${dollars(totalLeavers(rest).value)} a year together, in the thread`
      : mrk``;
  return mrk`*Who left*\n${join(shown.map(leaverLine), '\n')}${more}`;
}

function churnChart({ rates, assessment, shownWeeks, state, week }: ChurnDigest) {
  return rateChart({
    told: { week, state },
    title: 'Churn % of customers due',
    line: 'Left %',
    yLabel: '% of customers due',
    rates,
    shown: shownWeeks,
    usual: assessment.usual,
  });
}

function leaverTables({ leavers, week }: ChurnDigest): Message[] {
  const { value } = totalLeavers(leavers);
  return tableReplies({
    caption: `Who left ${weekName(week)}, most valuable first`,
    sentence:
      leavers.length === 1
        ? mrk`The customer that left, ${exactDollars(value)} a year.`
        : mrk`All ${count(leavers.length, 'customer')} that left, ${exactDollars(value)} a year together.`,
    columns: [
      { title: 'Customer', cell: (one: Leaver) => one.who ?? 'Without a name' },
      { title: 'App and tier', cell: (one) => [one.appName, one.tier, one.plan].filter(Boolean).join(', ') },
      {
        title: 'Our share $ a year',
        cell: (one) => ({ value: one.value / 100, text: exactDollars(one.value) }),
      },
      {
        title: 'With us',
        cell: (one) => (one.tenureDays === undefined ? 'never paid' : duration(one.tenureDays)),
      },
      { title: 'Entitlement', cell: (one) => one.entitlement || '-' },
    ],
    rows: leavers,
    amountOf: (one) => one.value,
  });
}

/** Reasons beyond these are named together: the list is open, and customers may write their own. */
const REASONS = 10;

function reasons({ leavers }: ChurnDigest): Message | undefined {
  const { byReason } = totalLeavers(leavers);
  const quotes = leavers.filter((one) => one.message !== undefined).slice(0, 5);
  if (byReason.every(({ reason }) => reason === undefined) && quotes.length === 0) return undefined;
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
  const words = quotes.map((one) => mrk`• ${customerName(one.who)}: “${quote(one.message ?? '')}”`);
  const sentence = mrk`Why they left, by the reason they chose.`;
  return message(sentence, [
    section(mrk`*${sentence}*\n${join(lines, '\n')}${more}`),
    words.length > 0 ? section(mrk`*In their own words*\n${join(words, '\n')}`) : undefined,
  ]);
}

function counted(value: number | undefined) {
  return value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
}

function appTables({ byApp, week }: ChurnDigest): Message[] {
  if (byApp.length < 2) return [];
  return tableReplies({
    caption: `Churn by app, ${weekName(week)}`,
    sentence: mrk`Churn by app: left, due, and what is usual.`,
    columns: [
      { title: 'App', cell: (row: AppChurn) => row.app },
      { title: 'Left', cell: ({ rate: { value } }) => counted(value) },
      { title: 'Due', cell: ({ rate: { whole } }) => counted(whole) },
      {
        title: 'Usual range',
        cell: ({ rate: { low, high } }) => (low === undefined ? '-' : `${low} to ${high ?? low}`),
      },
      {
        title: 'Our share $ a year',
        cell: ({ value }) => ({ value: value / 100, text: exactDollars(value) }),
      },
    ],
    rows: byApp,
  });
}

function notGone({ paidUntil }: ChurnDigest): Message | undefined {
  if (paidUntil.length === 0) return undefined;
  const sentence = mrk`${count(paidUntil.length, 'customer')} cancelled but ${paidUntil.length === 1 ? 'is' : 'are'} still paid for: not counted as left.`;
  const lines = paidUntil
    .slice(0, 15)
    .map(
      (one) =>
        mrk`• *${customerName(one.who)}*, ${one.appName}: paid until ${date(one.paidUntil)}, ${dollars(one.value)} a year`,
    );
  const more = paidUntil.length > 15 ? mrk`\nand ${paidUntil.length - 15} more` : mrk``;
  return message(sentence, [section(mrk`*${sentence}*\n${join(lines, '\n')}${more}`)]);
}

/** The weekly churn digest: who left, what they were worth, why, and whether that is unusual. */
export function churnDigest(digest: ChurnDigest): ThreadedMessage {
  const { asks, asOf, benchmark, changes, leavers, mismatches, now, scope, state, week } = digest;
  const sentence = verdict(digest);
  const left = whoLeft(digest);
  const changed = changedLine(changes, 'cancellations');
  const isQuiet = !digest.assessment.value && leavers.length === 0;
  const parent = message(mrk`Churn ${weekName(week)}, ${scope}: ${sentence}`, [
    header(`Churn, ${weekName(week)}, ${scope}`),
    section(sentence),
    isQuiet ? undefined : fields(facts(digest)),
    left && section(left),
    isQuiet ? undefined : churnChart(digest),
    changed && section(changed),
    ...mismatches.map((mismatch) => context(mrk`*Does not add up*: ${mismatch}`)),
    context(
      join(
        [
          dataAge(asOf, now),
          weekNote(week, state, digest.completeness),
          mrk`"Due" are paying Cloud customers with an opportunity to renew`,
        ],
        ' · ',
      ),
    ),
    actions([
      ...(leavers.length > 0 ? [{ label: 'All Who Left', asks: `${asks} ${week} details` }] : []),
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'What This Means', asks: 'explain churn' },
    ]),
  ]);
  return threaded(parent, [
    ...leaverTables(digest),
    reasons(digest),
    ...appTables(digest),
    notGone(digest),
    churnBenchmark(benchmark),
    ...changedReplies(changes, 'cancellations'),
  ]);
}

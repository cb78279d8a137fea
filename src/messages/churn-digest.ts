import type { WeekState } from '../analytics/freshness.ts';
import { type Leaver, totalLeavers } from '../analytics/leavers.ts';
import type { RateAssessment } from '../analytics/unusual-rate.ts';
import type { WeekRate } from '../analytics/weekly-series.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { Message, ThreadedMessage } from '../domain/message.ts';
import type { Cents } from '../domain/money.ts';
import { type AppBenchmark, churnBenchmark } from './churn-benchmark.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine } from './kit/changed.ts';
import { chart } from './kit/chart.ts';
import { rateComparison } from './kit/comparison.ts';
import { customer as customerName, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { dataTable } from './kit/table.ts';
import {
  count,
  date,
  dollars,
  duration,
  exactDollars,
  percent,
  rate,
  shortDate,
  weekName,
} from './kit/words.ts';
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
  /** Of all customers due, monthly and annual plans together. */
  readonly assessment: RateAssessment;
  readonly monthly: PlanRate;
  readonly annual: PlanRate;
  readonly leavers: readonly Leaver[];
  /** Run-rate a year at the start of the week, to compare the loss with; undefined when unknown. */
  readonly yearlyRunRate: Cents | undefined;
  /** Weeks of the chart, oldest first. */
  readonly rates: readonly WeekRate[];
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

/** Below this many due in a week the chart shows four weeks together, and says so. */
const FEW_DUE = 10;

function verdict({ assessment, leavers, state }: ChurnDigest): Mrkdwn {
  const { value: left, whole } = assessment;
  if (left === undefined || whole === undefined) {
    return mrk`*Atlassian has not published this week's churn yet.* The names below come from its list of events.`;
  }
  const totals = totalLeavers(leavers);
  const customers = count(whole, 'customer');
  const head =
    left === 0
      ? mrk`*None of ${customers} due for renewal left*`
      : mrk`*${left} of ${customers} due for renewal left${whole >= FEW_DUE ? ` (${percent(left, whole)})` : ''}*`;
  const money =
    totals.value > 0
      ? mrk` They paid us *${dollars(totals.value)} a year*${totals.count > 1 && (totals.largestShare ?? 0) >= 0.5 ? `, ${percent(totals.largestShare ?? 0, 1)} of it one customer` : ''}.`
      : mrk``;
  const early = state === 'open' ? mrk` So far: the week is not over.` : mrk``;
  return mrk`${head}; ${rateComparison(assessment)}.${money}${early}`;
}

function planFact(title: string, { part, whole }: PlanRate): Mrkdwn {
  return mrk`*${title}*\n${part === undefined || whole === undefined ? 'not known yet' : whole < FEW_DUE ? `${part} of ${whole} left` : rate(part, whole)}`;
}

function facts(digest: ChurnDigest): Mrkdwn[] {
  const totals = totalLeavers(digest.leavers);
  const share = digest.yearlyRunRate ? ` (${percent(totals.value, digest.yearlyRunRate)} of run-rate)` : '';
  return [
    planFact('Monthly plans', digest.monthly),
    planFact('Annual plans', digest.annual),
    mrk`*Lost revenue, a year*\n${dollars(totals.value)}${share}`,
    mrk`*Kept another app of ours*\n${totals.count === 0 ? 'nobody left' : `${totals.kept} of ${totals.count}`}`,
  ];
}

function leaverLine({ appName, customer, kept, plan, reason, tenureDays, tier, value, who }: Leaver): Mrkdwn {
  const details = [
    [appName, tier, plan?.toLowerCase()].filter((part) => part !== undefined).join(', '),
    value > 0 ? `${dollars(value)} a year` : 'no revenue',
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

function churnChart({ rates, assessment }: ChurnDigest) {
  const isRolling = rates.some(({ whole }) => whole !== undefined && whole < FEW_DUE);
  const window = isRolling ? 4 : 1;
  const points = rates.map((_, index) => {
    const weeks = rates.slice(Math.max(0, index - window + 1), index + 1);
    if (weeks.length < window) return undefined;
    const parts = weeks.map(({ part }) => part);
    const wholes = weeks.map(({ whole }) => whole);
    if ([...parts, ...wholes].includes(undefined)) return undefined;
    const sum = (list: readonly (number | undefined)[]) =>
      list.reduce<number>((total, one) => total + (one ?? 0), 0);
    return sum(wholes) === 0 ? undefined : (sum(parts) / sum(wholes)) * 100;
  });
  const usual =
    assessment.usual === undefined
      ? []
      : [{ name: 'Usual %', values: rates.map(() => (assessment.usual ?? 0) * 100) }];
  return chart({
    kind: 'line',
    title: isRolling ? 'Churn % of customers due, 4 weeks rolling' : 'Churn % of customers due',
    categories: rates.map(({ week }) => shortDate(week)),
    series: [{ name: 'Left %', values: points }, ...usual],
    xLabel: 'Week starting Sunday',
    yLabel: '% of customers due',
  });
}

function leaverTable({ leavers, week }: ChurnDigest): Message | undefined {
  if (leavers.length === 0) return undefined;
  const { value } = totalLeavers(leavers);
  const { block, shown } = dataTable(
    `Who left ${weekName(week)}, most valuable first`,
    [
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
    leavers,
  );
  const rest = leavers.length - shown;
  const sentence = mrk`All ${count(leavers.length, 'customer')} that left, ${exactDollars(value)} a year together${rest > 0 ? ` (${rest} more do not fit here)` : ''}.`;
  return message(sentence, [section(sentence), block]);
}

function reasons({ leavers }: ChurnDigest): Message | undefined {
  const { byReason } = totalLeavers(leavers);
  const quotes = leavers.filter((one) => one.message !== undefined).slice(0, 5);
  if (byReason.every(({ reason }) => reason === undefined) && quotes.length === 0) return undefined;
  const lines = byReason.map(
    ({ count: number, reason, value }) =>
      mrk`• ${reason ?? 'No reason given'}: ${number}, ${dollars(value)} a year`,
  );
  const words = quotes.map((one) => mrk`• ${customerName(one.who)}: “${one.message ?? ''}”`);
  const sentence = mrk`Why they left, by the reason they chose.`;
  return message(sentence, [
    section(mrk`*${sentence}*\n${join(lines, '\n')}`),
    words.length > 0 ? section(mrk`*In their own words*\n${join(words, '\n')}`) : undefined,
  ]);
}

function appTable({ byApp, week }: ChurnDigest): Message | undefined {
  if (byApp.length < 2) return undefined;
  const { block } = dataTable(
    `Churn by app, ${weekName(week)}`,
    [
      { title: 'App', cell: (row: AppChurn) => row.app },
      {
        title: 'Left',
        cell: ({ rate: { value } }) => (value === undefined ? '-' : { value, text: String(value) }),
      },
      {
        title: 'Due',
        cell: ({ rate: { whole } }) => (whole === undefined ? '-' : { value: whole, text: String(whole) }),
      },
      {
        title: 'Usual range',
        cell: ({ rate: { low, high } }) => (low === undefined ? '-' : `${low} to ${high ?? low}`),
      },
      {
        title: 'Our share $ a year',
        cell: ({ value }) => ({ value: value / 100, text: exactDollars(value) }),
      },
    ],
    byApp,
  );
  const sentence = mrk`Churn by app: left, due, and what is usual.`;
  return message(sentence, [section(sentence), block]);
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
  const { asks, asOf, benchmark, changes, mismatches, now, scope, state, week } = digest;
  const sentence = verdict(digest);
  const left = whoLeft(digest);
  const changed = changedLine(changes, 'cancellations');
  const isQuiet = digest.assessment.value === 0 && digest.leavers.length === 0;
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
          weekNote(week, state),
          mrk`"Due" are paying Cloud customers with an opportunity to renew`,
        ],
        ' · ',
      ),
    ),
    actions([
      { label: 'All Who Left', asks: `${asks} ${week} details` },
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'What This Means', asks: 'explain churn' },
    ]),
  ]);
  return threaded(parent, [
    leaverTable(digest),
    reasons(digest),
    appTable(digest),
    notGone(digest),
    churnBenchmark(benchmark),
  ]);
}

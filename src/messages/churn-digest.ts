import type { WeekState } from '../analytics/freshness.ts';
import { type Leaver, totalLeavers } from '../analytics/leavers.ts';
import type { PooledDue } from '../analytics/pooled-due.ts';
import type { RateAssessment } from '../analytics/unusual-rate.ts';
import type { WeekRate } from '../analytics/weekly-series.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import type { Cents } from '../domain/money.ts';
import { churnBenchmark, churnBenchmarkLine, type ChurnBenchmarkNews } from './churn-benchmark.ts';
import {
  type AppChurn,
  appTables,
  leaverTables,
  notGone,
  type PaidUntil,
  reasonList,
  worthOf,
} from './churn-lists.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine, changedReplies } from './kit/changed.ts';
import { fourWeekRate, isUnusual, rateComparison } from './kit/comparison.ts';
import { customer as customerName, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { FEW_DUE, rateChart } from './kit/rate-chart.ts';
import { tierWords } from './kit/tier-words.ts';
import { count, dollars, duration, percent, rate, weekName } from './kit/words.ts';
import { weekNote } from './kit/week-state.ts';

/** Cancellations of one billing period. */
export interface PlanChurn {
  /** `Monthly` or `Annual`. */
  readonly plan: string;
  readonly week: RateAssessment;
  readonly fourWeeks: RateAssessment;
  /** The different customers of the four weeks; undefined where their lists are not known. */
  readonly pooled: PooledDue | undefined;
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
  /** Of all customers due, monthly and annual plans together: of the week, and of the four that end with it. */
  readonly assessment: RateAssessment;
  readonly fourWeeks: RateAssessment;
  readonly plans: readonly PlanChurn[];
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
  /** Atlassian's monthly churn benchmark. */
  readonly benchmark: ChurnBenchmarkNews;
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
  const compared =
    whole === 0 ? mrk`` : mrk`; ${rateComparison(assessment)}${fourWeekRate(digest.fourWeeks)}`;
  const early = state === 'open' ? mrk` So far: the week is not over.` : mrk``;
  return mrk`${headOf(left, whole)}${compared}.${lossOf(digest)}${early}`;
}

/** One billing period: of few due in the week, four weeks together, because one week says little. */
function planFact({ fourWeeks, plan, pooled, week }: PlanChurn): Mrkdwn {
  const { value, whole } = week;
  const title = mrk`*${plan} plans*`;
  if (value === undefined || whole === undefined) return mrk`${title}\nnot known yet`;
  const flag = isUnusual(week) ? mrk`; ${rateComparison(week)}` : mrk``;
  const isFew = whole > 0 && whole < FEW_DUE;
  const four = isFew && pooled && pooled.due > 0 ? `; in 4 weeks ${rate(pooled.left, pooled.due)}` : '';
  const share = isFew ? `${value} of ${whole} left` : rate(value, whole);
  return mrk`${title}\n${share}${flag}${four}${fourWeekRate(fourWeeks)}`;
}

/** What the list of names adds up to; nothing to say while Atlassian counts people whom its list does not name. */
function facts(digest: ChurnDigest): Mrkdwn[] {
  const totals = totalLeavers(digest.leavers);
  const plans = digest.plans.map(planFact);
  if (totals.count === 0) return plans;
  const share = digest.yearlyRunRate ? ` (${percent(totals.value, digest.yearlyRunRate)} of run-rate)` : '';
  return [
    ...plans,
    mrk`*Lost revenue, a year*\n${dollars(totals.value)}${share}`,
    mrk`*Kept another app of ours*\n${totals.kept} of ${totals.count}`,
  ];
}

function leaverLine(leaver: Leaver): Mrkdwn {
  const { appName, customer, kept, plan, reason, tenureDays, tier, who } = leaver;
  const details = [
    [appName, tierWords(tier), plan?.toLowerCase()].filter((part) => part !== undefined).join(', '),
    worthOf(leaver),
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
    context(
      ...mismatches.map((mismatch) => mrk`*Does not add up*: ${mismatch}`),
      join(
        [
          dataAge(asOf, now),
          weekNote(week, state, digest.completeness),
          mrk`"Due" are paying Cloud customers with an opportunity to renew`,
          churnBenchmarkLine(benchmark),
        ],
        ' · ',
      ),
    ),
    actions([
      ...(leavers.length > 0 ? [{ label: 'All Who Left', asks: `${asks} ${week} details` }] : []),
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'Explain', asks: 'explain churn' },
    ]),
  ]);
  return threaded(parent, [
    ...leaverTables(leavers, week),
    ...reasonList(leavers),
    ...appTables(digest.byApp, week),
    ...notGone(digest.paidUntil),
    ...churnBenchmark(benchmark),
    ...changedReplies(changes, 'cancellations'),
  ]);
}

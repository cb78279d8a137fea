import type { Cohort } from '../analytics/cohorts.ts';
import type { ConversionGroup, ConversionWindow } from '../analytics/conversion-groups.ts';
import type { WeekState } from '../analytics/freshness.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { RateAssessment } from '../analytics/unusual-rate.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import { cohortChart } from './cohort-chart.ts';
import {
  type BoughtEvaluation,
  boughtList,
  conversionByApp,
  conversionBySize,
  expiringList,
  firstYearTotal,
  paidFor,
  type RunningEvaluation,
} from './conversion-lists.ts';
import { bigSites, customerInCountry, isBigSite, siteSize } from './evaluating-customer.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLines, changedReplies } from './kit/changed.ts';
import { countComparison, fourWeekRate, isUnusual, rateComparison } from './kit/comparison.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { weekNote } from './kit/week-state.ts';
import { count, dollars, rate, shortDate, weekName } from './kit/words.ts';

/** The evaluations that started in one week, and how many of them were bought in time. */
export interface CohortRate {
  readonly week: Day;
  readonly days: number;
  readonly assessment: RateAssessment;
  /** The four newest cohorts that had their days, together. */
  readonly fourWeeks: RateAssessment;
}

/** `part` of `whole`; undefined: not known. */
interface Share {
  readonly part: number | undefined;
  readonly whole: number | undefined;
}

/** Everything the conversion digest says. */
export interface ConversionDigest {
  readonly scope: string;
  /** How the same digest, and the list of running evaluations, are asked for. */
  readonly asks: string;
  readonly asksRunning: string;
  readonly week: Day;
  readonly state: WeekState;
  /** Of weeks this fresh, the share of Atlassian's conversions that is usually known; undefined: not known. */
  readonly completeness?: number | undefined;
  /** The newest cohorts that had 30, 60 and 90 days to buy. */
  readonly after30: CohortRate;
  readonly after60: CohortRate;
  readonly after90: CohortRate;
  /** Evaluations bought in the week, most valuable first, and how many that is beside the weeks before. */
  readonly bought: readonly BoughtEvaluation[];
  readonly boughtCount: CountAssessment;
  /** Median days from start to sale, of those bought in the week and of those of the 12 weeks before. */
  readonly daysToBuy: { readonly now: number | undefined; readonly before: number | undefined };
  /** Atlassian's Conversions of Evaluations of the same week, and of the 12 weeks before together. */
  readonly ratio: { readonly now: Share; readonly before: Share };
  /** What runs out by a day; undefined for past weeks, because it is a list about today. */
  readonly expiring: { readonly until: Day; readonly list: readonly RunningEvaluation[] } | undefined;
  /** Oldest first, up to the newest one that had 30 days; more weeks than the chart shows. */
  readonly cohorts: readonly Cohort[];
  readonly chartWeeks: number;
  readonly groups: {
    readonly window: ConversionWindow;
    readonly bySize: readonly ConversionGroup<number | undefined>[];
    readonly byApp: readonly ConversionGroup<string>[];
  };
  /** Cohorts told before of which another number bought within 30 days now. */
  readonly cohortChanges: readonly ChangedWeek[] | undefined;
  /** Weeks of Atlassian's conversions. */
  readonly changes: readonly ChangedWeek[] | undefined;
  /** What does not add up between Atlassian's own numbers, in sentences. */
  readonly mismatches: readonly string[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

/** What the two kinds of restated weeks count. */
const COHORTS = 'bought within 30 days of those who started';
const CONVERSIONS = "Atlassian's conversions";

/** Below this many a percentage says less than the counts. */
const FEW = 10;

function partOf(part: number, whole: number): string {
  return whole < FEW ? `${part} of ${whole}` : rate(part, whole);
}

function cohortVerdict({ assessment, days, fourWeeks, week }: CohortRate): Mrkdwn {
  const { value, whole } = assessment;
  if (value === undefined || whole === undefined)
    return mrk`*How evaluations convert is not known yet*: it takes a first sync of the licences.`;
  if (whole === 0) return mrk`*No evaluation started ${weekName(week)}*, so there is no conversion to tell.`;
  return mrk`*Evaluations started ${weekName(week)}: ${partOf(value, whole)} bought within ${days} days*; ${rateComparison(assessment)}${fourWeekRate(fourWeeks)}.`;
}

/** The cohorts that had longer to buy, where they did so unusually often or seldom: it must not hide among the facts. */
function unusualLater({ after60, after90 }: ConversionDigest): Mrkdwn {
  const odd = [after60, after90].filter(({ assessment }) => isUnusual(assessment));
  if (odd.length === 0) return mrk``;
  const parts = odd.map(
    ({ assessment, days, week }) =>
      mrk`within ${days} days (started ${weekName(week)}) *${assessment.verdict} than usual*`,
  );
  return mrk` Conversion ${join(parts, ', ')}.`;
}

function nobodyBought({ boughtCount, state }: ConversionDigest): Mrkdwn {
  if (boughtCount.value === undefined) return mrk``;
  return mrk` Nobody bought this week${state === 'open' ? ' so far' : ''}; ${countComparison(boughtCount)}.`;
}

function boughtFact({ boughtCount, state }: ConversionDigest): Mrkdwn {
  const { value } = boughtCount;
  if (value === undefined) return mrk`*Bought this week*\nnot known yet`;
  return mrk`*Bought this week*\n${value}${state === 'open' ? ' so far' : ''}; ${countComparison(boughtCount)}`;
}

function ratioFact({ ratio: { before, now } }: ConversionDigest): Mrkdwn {
  const name = mrk`*Atlassian ratio (same week, not a cohort)*`;
  if (now.part === undefined || now.whole === undefined) return mrk`${name}\nnot published yet`;
  const share = now.whole === 0 ? `${now.part} bought, none started` : partOf(now.part, now.whole);
  const usual =
    before.part !== undefined && before.whole ? `; 12 weeks before: ${rate(before.part, before.whole)}` : '';
  return mrk`${name}\n${share}${usual}`;
}

function daysFact({ daysToBuy: { before, now } }: ConversionDigest): Mrkdwn {
  const value = now === undefined ? 'nobody bought' : count(now, 'day');
  return mrk`*Median time to buy*\n${value}${before === undefined ? '' : `; 12 weeks before: ${count(before, 'day')}`}`;
}

/** An older cohort that had longer to buy; nothing where nothing started. */
function laterFact({ assessment, days, fourWeeks, week }: CohortRate): Mrkdwn | undefined {
  const { value, whole } = assessment;
  if (value === undefined || !whole) return undefined;
  return mrk`*Bought within ${days} days*\nStarted ${weekName(week)}: ${partOf(value, whole)}; ${rateComparison(assessment)}${fourWeekRate(fourWeeks)}`;
}

function boughtLine(one: BoughtEvaluation): Mrkdwn {
  const value = one.value === undefined ? 'no paid line yet' : `${dollars(one.value)} in the first year`;
  const days = one.days === 0 ? 'bought on the first day' : `bought after ${count(one.days, 'day')}`;
  return mrk`• ${customerInCountry(one)}: ${escape(paidFor(one), 80)}; ${value}; ${days}`;
}

function whoBought({ bought }: ConversionDigest): Mrkdwn | undefined {
  if (bought.length === 0) return undefined;
  const rest = bought.slice(3);
  const more =
    rest.length > 0
      ? mrk`\nand ${rest.length} more, ${dollars(firstYearTotal(rest))} together, in the thread`
      : mrk``;
  const together = bought.length > 1 ? ' together' : '';
  return mrk`*Who bought*, ${dollars(firstYearTotal(bought))} in the first year${together}\n${join(bought.slice(0, 3).map(boughtLine), '\n')}${more}`;
}

/** What runs out, the big sites by name: those are worth a call before they do. */
function runningOut({ expiring }: ConversionDigest): Mrkdwn | undefined {
  if (!expiring || expiring.list.length === 0) return undefined;
  const big = expiring.list.filter(isBigSite).toSorted((a, b) => (b.users ?? 0) - (a.users ?? 0) || 0);
  const shown = big.slice(0, 3).map((one) => {
    return mrk`• ${customerInCountry(one)}: ${escape(one.appName, 60)}, ${siteSize(one.users)}; until ${shortDate(one.endsOn)}`;
  });
  const names = shown.length > 0 ? mrk`\n${join(shown, '\n')}` : mrk``;
  return mrk`*Running out by ${shortDate(expiring.until)}*: ${count(expiring.list.length, 'evaluation')}, ${bigSites(big.length)}; all in the thread${names}`;
}

function isQuiet({ after30, bought, boughtCount, expiring }: ConversionDigest): boolean {
  const isNews = [after30.assessment, boughtCount].some(isUnusual);
  return bought.length === 0 && !expiring?.list.length && !isNews;
}

/** The weekly conversion digest: how a cohort that had its time converted, who bought, and what runs out. */
export function conversionDigest(digest: ConversionDigest): ThreadedMessage {
  const { asks, asOf, changes, expiring, groups, mismatches, now, scope, state, week } = digest;
  const quiet = isQuiet(digest);
  const sentence = mrk`${cohortVerdict(digest.after30)}${unusualLater(digest)}${quiet ? nobodyBought(digest) : mrk``}`;
  const facts = [
    boughtFact(digest),
    laterFact(digest.after60),
    laterFact(digest.after90),
    daysFact(digest),
    ratioFact(digest),
  ];
  const who = whoBought(digest);
  const out = runningOut(digest);
  const changed = changedLines([
    { noun: COHORTS, changes: digest.cohortChanges },
    { noun: CONVERSIONS, changes },
  ]);
  const { block, note } = cohortChart(digest.cohorts, digest.chartWeeks);
  const buyers =
    digest.bought.length > 0
      ? mrk` ${count(digest.bought.length, 'customer')} bought this week, ${dollars(firstYearTotal(digest.bought))} in the first year.`
      : mrk``;
  const parent = message(mrk`Conversion ${weekName(week)}, ${scope}: ${sentence}${buyers}`, [
    header(`Conversion, ${weekName(week)}, ${scope}`),
    section(sentence),
    quiet ? undefined : fields(facts.filter((fact) => fact !== undefined)),
    who && section(who),
    out && section(out),
    quiet ? undefined : block,
    changed && section(changed),
    ...mismatches.map((mismatch) => context(mrk`*Does not add up*: ${mismatch}`)),
    context(
      join(
        [
          dataAge(asOf, now),
          weekNote(week, state, digest.completeness),
          mrk`Own evaluations, one per site and app, without sandboxes`,
          quiet || note === undefined ? mrk`` : mrk`${note}`,
        ],
        ' · ',
      ),
    ),
    actions([
      ...(quiet ? [] : [{ label: 'Who Bought', asks: `${asks} ${week} details` }]),
      ...(expiring?.list.length ? [{ label: 'Running Evaluations', asks: digest.asksRunning }] : []),
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'Explain', asks: 'explain conversion' },
    ]),
  ]);
  if (quiet) return threaded(parent, []);
  return threaded(parent, [
    ...boughtList(week, digest.bought),
    ...(expiring ? expiringList(expiring.until, expiring.list) : []),
    ...conversionBySize(groups.bySize, groups.window),
    ...conversionByApp(groups.byApp, groups.window),
    ...changedReplies(digest.cohortChanges, COHORTS),
    ...changedReplies(changes, CONVERSIONS),
  ]);
}

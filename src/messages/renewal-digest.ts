import type { WeekState } from '../analytics/freshness.ts';
import type { PooledDue } from '../analytics/pooled-due.ts';
import type { Renewer } from '../analytics/renewers.ts';
import type { RateAssessment } from '../analytics/unusual-rate.ts';
import type { WeekRate } from '../analytics/weekly-series.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import { sumCents } from '../domain/money.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine, changedReplies } from './kit/changed.ts';
import { fourWeekRate, rateComparison } from './kit/comparison.ts';
import { customer as customerName, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { FEW_DUE, rateChart } from './kit/rate-chart.ts';
import { tierWords } from './kit/tier-words.ts';
import { weekNote } from './kit/week-state.ts';
import { count, dollars, percent, rate, weekName } from './kit/words.ts';
import { dueSentence, lateSentence, type RenewalRadar, renewalRadarReplies } from './renewal-radar.ts';
import { appTable, changeAtRenewal, renewerTable, valueOf } from './renewal-lists.ts';

/** Renewals of one billing period: in the week, and in the four weeks that end with it. */
export interface PlanRenewals {
  /** `Monthly` or `Annual`. */
  readonly plan: string;
  readonly week: RateAssessment;
  readonly fourWeeks: RateAssessment;
  /** The different customers of the four weeks; undefined where their lists are not known. */
  readonly pooled?: PooledDue | undefined;
}

/** One app's row of the table by app. */
export interface AppRenewals {
  readonly app: string;
  readonly rate: RateAssessment;
}

/** Everything the renewal digest says. */
export interface RenewalDigest {
  readonly scope: string;
  /** How the same digest is asked for: `renewal`, or `renewal "App 1"`. */
  readonly asks: string;
  readonly week: Day;
  readonly state: WeekState;
  /** Of weeks this fresh, the share of renewals that is usually known; undefined: not known. */
  readonly completeness?: number | undefined;
  /** Renewals of renewal opportunities, monthly and annual plans together: of the week, and of four weeks. */
  readonly assessment: RateAssessment;
  readonly fourWeeks?: RateAssessment;
  readonly plans: readonly PlanRenewals[];
  /** Largest renewed term first. */
  readonly renewers: readonly Renewer[];
  /** Oldest first; the weeks before the `shownWeeks` newest complete the first rolling sums. */
  readonly rates: readonly WeekRate[];
  readonly shownWeeks: number;
  readonly byApp: readonly AppRenewals[];
  readonly changes: readonly ChangedWeek[] | undefined;
  /** What does not add up between Atlassian's own numbers, in sentences. */
  readonly mismatches: readonly string[];
  /** Seen from today, so only with the newest complete week. */
  readonly radar: RenewalRadar | undefined;
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

/** How many days ahead the parent message looks; the tables in the thread may look further. */
export const RADAR_DAYS = 60;

function verdict({ assessment, fourWeeks, renewers, state }: RenewalDigest): Mrkdwn {
  const { value: renewed, whole } = assessment;
  if (renewed === undefined || whole === undefined) {
    return mrk`*Atlassian has not published this week's renewals yet.*`;
  }
  const early = state === 'open' ? mrk`So far, the week is not over. ` : mrk``;
  if (whole === 0) return mrk`${early}*No customer was due for renewal.*`;
  const share = whole >= FEW_DUE ? ` (${percent(renewed, whole)})` : '';
  const head = mrk`${early}*${renewed} of ${count(whole, 'customer')} due renewed${share}*; ${rateComparison(assessment)}${fourWeeks ? fourWeekRate(fourWeeks) : mrk``}.`;
  const known = renewers.filter(({ value }) => value !== undefined);
  const unknown = renewers.length - known.length;
  if (known.length === 0) return head;
  const open = unknown > 0 ? mrk`; ${count(unknown, 'bill')} of theirs not known yet` : mrk``;
  return mrk`${head} The renewed terms bring us *${dollars(sumCents(known.map(valueOf)))}*${open}.`;
}

function planFact({ fourWeeks, plan, pooled, week }: PlanRenewals): Mrkdwn {
  const { value, whole } = week;
  const title = mrk`*${plan} plans*`;
  if (value === undefined || whole === undefined) return mrk`${title}\nnot known yet`;
  if (whole === 0) return mrk`${title}\nnone due`;
  if (whole >= FEW_DUE)
    return mrk`${title}\n${rate(value, whole)} renewed; ${rateComparison(week)}${fourWeekRate(fourWeeks)}`;
  // Few in one week say little: four weeks together have the power to show a change.
  const four = pooled && pooled.due > 0 ? `; in 4 weeks ${rate(pooled.renewed, pooled.due)}` : '';
  return mrk`${title}\n${value} of ${whole} renewed${four}; ${rateComparison(week)}${fourWeekRate(fourWeeks)}`;
}

function facts(digest: RenewalDigest): Mrkdwn[] {
  const change = changeAtRenewal(digest.renewers);
  return [...digest.plans.map(planFact), ...(change ? [mrk`*Beside their terms before*\n${change}`] : [])];
}

function renewerLine(renewer: Renewer): Mrkdwn {
  const { appName, customer, newTier, oldTier, plan, tier, who } = renewer;
  const where = customer.country ? mrk` (${customer.country})` : mrk``;
  const [before, after] = [tierWords(oldTier), tierWords(newTier)];
  const changed = before !== undefined && after !== undefined && before !== after;
  const size = changed ? `from ${before} to ${after}` : (after ?? tierWords(tier));
  const what = [appName, size, plan?.toLowerCase()].filter((part) => part !== undefined).join(', ');
  return mrk`• *${customerName(who)}*${where}: ${what}; *${dollars(valueOf(renewer))}*`;
}

function whoRenewed({ renewers }: RenewalDigest): Mrkdwn | undefined {
  const known = renewers.filter(({ value }) => value !== undefined);
  if (known.length === 0) return undefined;
  const rest = renewers.slice(3);
  const worth = dollars(sumCents(rest.map(valueOf)));
  const more = rest.length > 0 ? mrk`\nand ${rest.length} more, ${worth} together, in the thread` : mrk``;
  return mrk`*Who renewed, largest terms first (our share)*\n${join(known.slice(0, 3).map(renewerLine), '\n')}${more}`;
}

/** Where more renewed than had an opportunity the numbers contradict each other, and nothing is known. */
function notRenewed({ part, week, whole }: WeekRate): WeekRate {
  const known = part !== undefined && whole !== undefined && part <= whole;
  return { week, part: known ? whole - part : undefined, whole };
}

/** Drawn as those who did not renew: 96 % and 94 % look the same on a chart that starts at zero, 4 % and 6 % do not. */
function renewalChart({ assessment, rates, shownWeeks, state, week }: RenewalDigest) {
  const { usual } = assessment;
  return rateChart({
    told: { week, state },
    title: 'Not renewed, % of opportunities',
    line: 'Not renewed %',
    yLabel: '% of renewal opportunities',
    rates: rates.map(notRenewed),
    shown: shownWeeks,
    usual: usual === undefined ? undefined : 1 - usual,
  });
}

/** The weekly renewal digest: how many of those due renewed, who, and what is due next. */
export function renewalDigest(digest: RenewalDigest): ThreadedMessage {
  const { asks, asOf, changes, mismatches, now, radar, scope, state, week } = digest;
  const sentence = verdict(digest);
  const isQuiet = !digest.assessment.whole && digest.renewers.length === 0;
  const renewed = whoRenewed(digest);
  const known = isQuiet ? [] : facts(digest);
  const changed = changedLine(changes, 'renewals');
  const ahead = radar
    ? [dueSentence(radar, RADAR_DAYS), lateSentence(radar)].filter((one) => one !== undefined)
    : [];
  const parent = message(mrk`Renewals ${weekName(week)}, ${scope}: ${sentence}`, [
    header(`Renewals, ${weekName(week)}, ${scope}`),
    section(sentence),
    known.length > 0 ? fields(known) : undefined,
    renewed && section(renewed),
    isQuiet ? undefined : renewalChart(digest),
    changed && section(changed),
    ahead.length > 0 ? section(join(ahead, '\n\n')) : undefined,
    context(
      ...mismatches.map((mismatch) => mrk`*Does not add up*: ${mismatch}`),
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
      { label: 'All Renewals', asks: `${asks} ${week} details` },
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'Explain', asks: 'explain renewal' },
    ]),
  ]);
  const lists = radar ? renewalRadarReplies(radar) : [];
  return threaded(parent, [
    ...lists,
    ...renewerTable(digest),
    ...appTable(digest),
    ...changedReplies(changes, 'renewals'),
  ]);
}

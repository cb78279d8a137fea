import type { WeekState } from '../analytics/freshness.ts';
import type { Pipeline } from '../analytics/pipeline.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { WeekValue } from '../analytics/weekly-series.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import { type BenchmarkCard, benchmarkTable, benchmarkText, benchmarkVerdict } from './benchmark-card.ts';
import { bigSites, customerInCountry, siteSize } from './evaluating-customer.ts';
import {
  type AppEvaluations,
  appList,
  pipelineList,
  type StartedEvaluation,
  startedList,
} from './evaluation-lists.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine, changedReplies } from './kit/changed.ts';
import { weeklyBars } from './kit/charted-weeks.ts';
import { countComparison, isUnusual } from './kit/comparison.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { weekNote } from './kit/week-state.ts';
import { count, dollars, monthLabel, shortDate, weekName } from './kit/words.ts';
import { yearWords, type YearAgo } from './kit/year-ago.ts';

/** Evaluations running today. */
export interface RunningEvaluations {
  readonly count: number;
  /** On sites with more than 500 users. */
  readonly big: number;
  /** Extended beyond the day they would have ended. */
  readonly extended: number;
  /** Undefined while nothing was bought that could price them. */
  readonly pipeline: Pipeline | undefined;
}

/** Everything the evaluation and benchmark digest says. */
export interface EvaluationBenchmarkDigest {
  readonly scope: string;
  /** How the same digest, and the list of running evaluations, are asked for. */
  readonly asks: string;
  readonly asksRunning: string;
  readonly week: Day;
  readonly state: WeekState;
  /** Of weeks this fresh, the share of evaluations that is usually known; undefined: not known. */
  readonly completeness?: number | undefined;
  /** New evaluations of the week, and of the four weeks that end with it. */
  readonly assessment: CountAssessment;
  readonly fourWeeks: CountAssessment;
  /** Undefined if not known. */
  readonly yearAgo: YearAgo | undefined;
  /** New evaluations of the week by hosting, and by type; only those above 0. */
  readonly hostings: readonly { readonly name: string; readonly count: number }[];
  readonly types: readonly { readonly name: string; readonly count: number }[];
  /** Weeks of the chart, oldest first. */
  readonly values: readonly WeekValue[];
  /** Most evaluations first; empty for a digest about one app. */
  readonly byApp: readonly AppEvaluations[];
  /** Biggest site first. */
  readonly started: readonly StartedEvaluation[];
  /** Undefined for past weeks, because it is about today. */
  readonly running: RunningEvaluations | undefined;
  /** The newest benchmark month; undefined without any. */
  readonly newestMonth: Day | undefined;
  /** Set when a benchmark month is new or restated. */
  readonly card: BenchmarkCard | undefined;
  readonly changes: readonly ChangedWeek[] | undefined;
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

function verdict({ assessment, fourWeeks, state }: EvaluationBenchmarkDigest): Mrkdwn {
  const { value } = assessment;
  if (value === undefined) return mrk`*Atlassian has not published this week's evaluations yet.*`;
  const head = value === 0 ? mrk`*No evaluation started*` : mrk`*${count(value, 'evaluation')} started*`;
  const early = state === 'open' ? mrk` so far: the week is not over` : mrk``;
  const longer = isUnusual(fourWeeks)
    ? mrk` The last four weeks together are *${fourWeeks.verdict} than usual*.`
    : mrk``;
  return mrk`${head}${early}; ${countComparison(assessment)}.${longer}`;
}

function appLine({ byApp }: EvaluationBenchmarkDigest): Mrkdwn {
  if (byApp.length < 2) return mrk``;
  const apps = byApp.slice(0, 3).map(({ app, assessment }) => {
    const usual =
      assessment.usual === undefined ? mrk`` : mrk`, usual ${assessment.usual.toLocaleString('en-US')}`;
    const flag = isUnusual(assessment) ? mrk`, *${assessment.verdict} than usual*` : mrk``;
    return mrk`${escape(app, 60)} ${assessment.value?.toLocaleString('en-US') ?? 'not known'}${usual}${flag}`;
  });
  const rest = byApp.slice(3);
  const flagged = rest.filter(({ assessment }) => isUnusual(assessment)).length;
  const note = flagged > 0 ? ` (${flagged} outside the usual range)` : '';
  const more = rest.length > 0 ? mrk`; ${count(rest.length, 'more app')} in the thread${note}` : mrk``;
  return mrk`\nBy app: ${join(apps, '; ')}${more}`;
}

function listed(parts: EvaluationBenchmarkDigest['hostings']): string {
  return parts.map(({ count, name }) => `${name} ${count.toLocaleString('en-US')}`).join(', ');
}

function lastFourWeeks(digest: EvaluationBenchmarkDigest): Mrkdwn[] {
  const { fourWeeks } = digest;
  if (fourWeeks.value === undefined) return [];
  return [
    mrk`*Last 4 weeks*\n${fourWeeks.value}; ${countComparison(fourWeeks)}${yearWords(digest.week, digest.yearAgo)}`,
  ];
}

function runningFacts({ running, started }: EvaluationBenchmarkDigest): Mrkdwn[] {
  const again = started.filter(({ triedOn }) => triedOn !== undefined).length;
  const repeats = again > 0 ? [`${again} of ${started.length} that started had tried the app before`] : [];
  if (!running) return repeats.length > 0 ? [mrk`*Repeats*\n${repeats.join('')}`] : [];
  const { big, count: number, extended, pipeline } = running;
  const worth =
    pipeline === undefined
      ? mrk`too few were bought so far to price them`
      : mrk`${dollars(pipeline.low)} to ${dollars(pipeline.high)} in the first year, if they buy as before; expected ${dollars(pipeline.expected)}`;
  const extensions = extended > 0 ? [`${extended} of ${number} running were extended`] : [];
  const both = [...extensions, ...repeats];
  return [
    mrk`*Running now*\n${number}, ${bigSites(big)}`,
    ...(number > 0 ? [mrk`*Worth*\n${worth}`] : []),
    ...(both.length > 0 ? [mrk`*Extensions and repeats*\n${both.join('; ')}`] : []),
  ];
}

function facts(digest: EvaluationBenchmarkDigest): Mrkdwn[] {
  const { hostings, types } = digest;
  const hasDataCenter = hostings.some(({ count, name }) => name === 'Data Center' && count > 0);
  return [
    ...lastFourWeeks(digest),
    ...runningFacts(digest),
    ...(hasDataCenter ? [mrk`*By hosting*\n${listed(hostings)}`] : []),
    ...(types.length > 1 ? [mrk`*By type*\n${listed(types)}`] : []),
  ];
}

function biggest({ started }: EvaluationBenchmarkDigest): Mrkdwn | undefined {
  const shown = started.filter(({ users }) => users !== undefined).slice(0, 3);
  if (shown.length === 0) return undefined;
  const lines = shown.map((one) => {
    const until = one.endsOn === undefined ? mrk`` : mrk`; runs until ${shortDate(one.endsOn)}`;
    const again = one.triedOn === undefined ? mrk`` : mrk`; tried it before, in ${monthLabel(one.triedOn)}`;
    return mrk`• ${customerInCountry(one)}: ${escape(one.appName, 60)}, ${siteSize(one.users)}${until}${again}`;
  });
  return mrk`*Biggest that started*\n${join(lines, '\n')}`;
}

/** The weekly digest of new evaluations, with the benchmark in the weeks in which a month of it is new or restated. */
export function evaluationBenchmarkDigest(digest: EvaluationBenchmarkDigest): ThreadedMessage {
  const { asks, asOf, assessment, card, changes, newestMonth, now, running, scope, started, state, week } =
    digest;
  const isQuiet = assessment.value === 0 && started.length === 0 && !running?.count && !isUnusual(assessment);
  const sentence = mrk`${verdict(digest)}${isQuiet ? mrk`` : appLine(digest)}`;
  const shownFacts = isQuiet ? [] : facts(digest);
  const big = biggest(digest);
  const changed = changedLine(changes, 'evaluations started');
  const month =
    card || newestMonth === undefined
      ? mrk``
      : mrk`Benchmark: ${monthLabel(newestMonth)} is still the newest month`;
  const parent = message(
    mrk`Evaluations ${weekName(week)}, ${scope}: ${verdict(digest)}${card ? mrk` ${benchmarkVerdict(card)}.` : mrk``}`,
    [
      header(`Evaluations, ${weekName(week)}, ${scope}`),
      section(sentence),
      shownFacts.length > 0 ? fields(shownFacts) : undefined,
      big && section(big),
      isQuiet
        ? undefined
        : weeklyBars(digest.values, digest, {
            title: 'New evaluations a week',
            name: 'New evaluations',
            yLabel: 'Evaluations started',
          }),
      card && section(benchmarkText(card)),
      changed && section(changed),
      context(join([dataAge(asOf, now), weekNote(week, state, digest.completeness), month], ' · ')),
      actions([
        ...(isQuiet ? [] : [{ label: 'All That Started', asks: `${asks} ${week} details` }]),
        ...(running?.count ? [{ label: 'Running Evaluations', asks: digest.asksRunning }] : []),
        { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
        { label: 'Explain', asks: 'explain evaluation-benchmark' },
      ]),
    ],
  );
  return threaded(parent, [
    ...(card ? benchmarkTable(card) : []),
    ...appList(week, digest.byApp),
    ...startedList(week, started, assessment.value),
    ...pipelineList(running?.pipeline),
    ...changedReplies(changes, 'evaluations started'),
  ]);
}

import {
  type FunnelAssessment,
  type FunnelMonth,
  type RestatedStep,
  type Step,
  STEPS,
} from '../analytics/funnel.ts';
import type { Assessment } from '../analytics/usual.ts';
import { addMonths, type Day, type Instant, middleOf } from '../domain/day.ts';
import type { Block, Message, ThreadedMessage } from '../domain/message.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { chart } from './kit/chart.ts';
import { countComparison, rateComparison } from './kit/comparison.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { stillNewest } from './kit/still-newest.ts';
import { tableReplies } from './kit/table-replies.ts';
import { readAge, type Unread, unreadNote } from './kit/unread.ts';
import { count, monthLabel, percent } from './kit/words.ts';

/** One app's steps in the month. */
export interface AppFunnel {
  readonly app: string;
  readonly steps: FunnelMonth;
}

/** The newest month and what belongs to it. */
export interface FunnelCard {
  readonly steps: FunnelMonth;
  readonly assessment: FunnelAssessment;
  /** Most evaluations first; empty for a digest about one app. */
  readonly byApp: readonly AppFunnel[];
  /** Oldest first, the month told included. */
  readonly months: readonly FunnelMonth[];
  /** Newest first. */
  readonly restated: readonly RestatedStep[];
  /** What does not add up between Atlassian's own numbers, in sentences. */
  readonly mismatches: readonly string[];
}

/** Everything the funnel digest says. */
export interface FunnelDigest {
  readonly scope: string;
  readonly asks: string;
  /** The newest month; undefined without any. */
  readonly month: Day | undefined;
  /** Undefined while nothing is new and nobody asks. */
  readonly card: FunnelCard | undefined;
  readonly unread: readonly Unread[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

const TITLE = 'Funnel';

/** Below this many a percentage says less than the counts. */
const FEW = 10;

function partOf(part: number, whole: number): string {
  if (whole < FEW || part > whole) return '';
  return ` (${percent(part, whole)})`;
}

function requestWords({ approved, requests }: FunnelMonth): Mrkdwn {
  if (requests === undefined) return mrk`requests are not known`;
  if (requests === 0) return mrk`nobody requested an app`;
  const were = requests === 1 ? 'was' : 'were';
  if (approved === undefined) return mrk`${count(requests, 'request')} ${were} made`;
  const share = partOf(approved, requests);
  return mrk`${approved.toLocaleString('en-US')} of ${count(requests, 'request')} ${approved === 1 ? 'was' : 'were'} approved${share}`;
}

function evaluationWords({ conversions, evaluations }: FunnelMonth): Mrkdwn {
  if (evaluations === undefined) return mrk`evaluations are not known`;
  const were = conversions === 1 ? 'was' : 'were';
  const bought = conversions === undefined ? '' : `, ${conversions.toLocaleString('en-US')} ${were} bought`;
  return mrk`${count(evaluations, 'evaluation')} started${bought}`;
}

/** The steps of one app among others: "9 of 24 requests approved; 57 evaluations, 19 bought". */
function shortWords({ approved, conversions, evaluations, requests }: FunnelMonth): Mrkdwn {
  const asked =
    requests === undefined
      ? 'requests not known'
      : `${approved === undefined ? '' : `${approved.toLocaleString('en-US')} of `}${count(requests, 'request')}${approved === undefined ? '' : ' approved'}`;
  const bought = conversions === undefined ? '' : `, ${conversions.toLocaleString('en-US')} bought`;
  const started =
    evaluations === undefined ? 'evaluations not known' : `${count(evaluations, 'evaluation')}${bought}`;
  return mrk`${asked}; ${started}`;
}

const NAMES: Readonly<Record<Step, string>> = {
  requests: 'Requests',
  approved: 'Approvals',
  evaluations: 'Evaluations',
  conversions: 'Conversions',
};

function isUnusual({ verdict }: Assessment): boolean {
  return verdict === 'higher' || verdict === 'lower';
}

/** Which steps are unusual; that none is; or nothing where too few months are known to say. */
function usualSentence({ assessment }: FunnelCard): Mrkdwn {
  const steps = Object.entries(assessment) as [Step, Assessment][];
  const judged = steps.filter(([, { high, verdict }]) => high !== undefined && verdict !== 'unknown');
  if (judged.length === 0) return mrk` Too few months before it to say what is usual.`;
  const odd = judged.filter(([, one]) => isUnusual(one));
  if (odd.length === 0)
    return mrk` ${judged.length === 4 ? 'All four are' : 'What is known is'} within the usual range.`;
  const words = odd.map(([step, { verdict }]) => mrk`${NAMES[step]} are *${verdict} than usual*`);
  return mrk` ${join(words, ', ')}.`;
}

function verdict(card: FunnelCard): Mrkdwn {
  const { steps } = card;
  return mrk`*In ${monthLabel(steps.month)} ${requestWords(steps)}; ${evaluationWords(steps)}.*${usualSentence(card)}`;
}

function countFact(name: Step, assessment: FunnelAssessment['requests']): Mrkdwn[] {
  const { value } = assessment;
  if (value === undefined) return [mrk`*${NAMES[name]}*\nnot known`];
  // That too few months are known is said once, in the verdict.
  const beside =
    assessment.verdict === 'no history' ? mrk`` : mrk`; ${countComparison(assessment, 'months')}`;
  return [mrk`*${NAMES[name]}*\n${value.toLocaleString('en-US')}${beside}`];
}

function approvedFact({ approved }: FunnelAssessment): Mrkdwn[] {
  const { value, whole } = approved;
  if (value === undefined || !whole) return [];
  const of = mrk`${value.toLocaleString('en-US')} of ${whole.toLocaleString('en-US')}${partOf(value, whole)}`;
  return [mrk`*Approvals*\n${of}; ${rateComparison(approved, 'months')}`];
}

function conversionFact({ assessment, steps: { conversions, evaluations } }: FunnelCard): Mrkdwn[] {
  const [fact = mrk``] = countFact('conversions', assessment.conversions);
  if (conversions === undefined || !evaluations) return [fact];
  const started = count(evaluations, 'evaluation');
  if (conversions > evaluations)
    return [mrk`${fact}; more than the ${started} of the month, because those bought began earlier`];
  const of = `${conversions.toLocaleString('en-US')} of ${started}${partOf(conversions, evaluations)}`;
  return [mrk`${fact}; ${of} of the same month, not a cohort`];
}

function facts(card: FunnelCard): Mrkdwn[] {
  const { assessment } = card;
  return [
    ...countFact('requests', assessment.requests),
    ...approvedFact(assessment),
    ...countFact('evaluations', assessment.evaluations),
    ...conversionFact(card),
  ];
}

function appLines({ byApp }: FunnelCard): Mrkdwn | undefined {
  if (byApp.length < 2) return undefined;
  const lines = byApp.slice(0, 3).map(({ app, steps }) => mrk`• *${escape(app, 60)}*: ${shortWords(steps)}`);
  const rest = byApp.length > 3 ? mrk`\nand ${count(byApp.length - 3, 'more app')} in the thread` : mrk``;
  return mrk`*By app*\n${join(lines, '\n')}${rest}`;
}

/** The steps of the month beside what is usual for each: the funnel as it stands. */
function stepsChart({ assessment, steps }: FunnelCard): Block | undefined {
  const usual: Readonly<Record<Step, number | undefined>> = {
    requests: assessment.requests.usual,
    approved:
      assessment.approved.usual === undefined || steps.requests === undefined
        ? undefined
        : assessment.approved.usual * steps.requests,
    evaluations: assessment.evaluations.usual,
    conversions: assessment.conversions.usual,
  };
  const order = Object.keys(NAMES) as Step[];
  const isJudged = order.some((step) => steps[step] !== undefined && usual[step] !== undefined);
  return chart({
    kind: 'bar',
    title: `${monthLabel(steps.month)}, step by step`,
    categories: order.map((step) => NAMES[step]),
    series: [
      { name: monthLabel(steps.month), values: order.map((step) => steps[step]) },
      ...(isJudged ? [{ name: 'Usual', values: order.map((step) => usual[step]) }] : []),
    ],
    xLabel: 'Step, all of the same month',
    yLabel: 'Count',
  });
}

function restatedLine({ restated }: FunnelCard): Mrkdwn | undefined {
  if (restated.length === 0) return undefined;
  const words = restated.slice(0, 4).map(({ after, before, month, step }) => {
    const now = after === undefined ? 'not known any more' : after.toLocaleString('en-US');
    return mrk`${monthLabel(month)}, ${NAMES[step].toLowerCase()} from ${before.toLocaleString('en-US')} to ${now}`;
  });
  const rest = restated.length > 4 ? mrk`; and ${count(restated.length - 4, 'more number')}` : mrk``;
  return mrk`*Restated since my last digest*: ${join(words, '; ')}${rest}`;
}

function cell(value: number | undefined) {
  return value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
}

function appTable({ byApp, steps: { month } }: FunnelCard): Message[] {
  if (byApp.length < 2) return [];
  const sums = STEPS.map((step) => {
    const known = byApp.flatMap(({ steps }) => steps[step] ?? []);
    return mrk`${known.reduce((sum, value) => sum + value, 0).toLocaleString('en-US')} ${NAMES[step].toLowerCase()}`;
  });
  return tableReplies({
    caption: `Funnel by app, ${monthLabel(month)}, most evaluations first`,
    sentence: mrk`${join(sums, ', ')} of ${monthLabel(month)} by app.`,
    columns: [
      { title: 'App', cell: ({ app }: AppFunnel) => clean(app, 60) },
      { title: 'Requests', cell: ({ steps }) => cell(steps.requests) },
      { title: 'Approvals', cell: ({ steps }) => cell(steps.approved) },
      { title: 'Evaluations', cell: ({ steps }) => cell(steps.evaluations) },
      { title: 'Conversions', cell: ({ steps }) => cell(steps.conversions) },
    ],
    rows: byApp,
  });
}

function monthTable({ months }: FunnelCard): Message[] {
  if (months.length < 2) return [];
  return tableReplies({
    caption: 'Funnel month by month, newest first',
    sentence: mrk`The steps month by month, newest first.`,
    columns: [
      { title: 'Month', cell: ({ month }: FunnelMonth) => monthLabel(month) },
      { title: 'Requests', cell: ({ requests }) => cell(requests) },
      { title: 'Approvals', cell: ({ approved }) => cell(approved) },
      { title: 'Evaluations', cell: ({ evaluations }) => cell(evaluations) },
      { title: 'Conversions', cell: ({ conversions }) => cell(conversions) },
    ],
    rows: months.toReversed(),
  });
}

/** Nothing to tell: never read, or no month is over yet. */
function withoutMonth({ asOf, now, scope, unread }: FunnelDigest): ThreadedMessage {
  const sentence =
    unread.length > 1
      ? mrk`*Requests and evaluations by month have not been read yet.*`
      : mrk`*No month of requests and evaluations is known yet.*`;
  const parent = message(mrk`${TITLE}, ${scope}: ${sentence}`, [
    header(`${TITLE}, ${scope}`),
    section(sentence),
    unreadNote(unread),
    context(readAge(asOf, now)),
    actions([{ label: 'Explain', asks: 'explain funnel' }]),
  ]);
  return threaded(parent, []);
}

/** The monthly funnel: in full when a month is new, restated or asked for, otherwise one line. */
export function funnelDigest(digest: FunnelDigest): ThreadedMessage {
  const { asks, asOf, card, month, now, scope, unread } = digest;
  if (month === undefined) return withoutMonth(digest);
  if (!card) return stillNewest({ digest: 'funnel', title: TITLE, scope, month, asks, asOf, now });
  const sentence = verdict(card);
  const apps = appLines(card);
  const restated = restatedLine(card);
  const thread = [...appTable(card), ...monthTable(card)];
  const parent = message(mrk`${TITLE} ${monthLabel(month)}, ${scope}: ${sentence}`, [
    header(`${TITLE}, ${monthLabel(month)}, ${scope}`),
    section(sentence),
    fields(facts(card)),
    apps && section(apps),
    stepsChart(card),
    restated && section(restated),
    ...card.mismatches.map((mismatch) => context(mrk`*Does not add up*: ${mismatch}`)),
    unreadNote(unread),
    context(
      join(
        [
          readAge(asOf, now),
          mrk`Cloud, calendar month; the steps of one month, nobody is followed from one to the next`,
        ],
        ' · ',
      ),
    ),
    actions([
      ...(thread.length > 0
        ? [{ label: 'Apps and Months', asks: `${asks} ${middleOf(month)} details` }]
        : []),
      { label: 'Month Before', asks: `${asks} ${middleOf(addMonths(month, -1))}` },
      { label: 'Explain', asks: 'explain funnel' },
    ]),
  ]);
  return threaded(parent, thread);
}

import type { WeekState } from '../analytics/freshness.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import { totalVoices, type Voice, type VoiceGroup } from '../analytics/voices.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { Block, ThreadedMessage } from '../domain/message.ts';
import { sumCents } from '../domain/money.ts';
import {
  allQuotes,
  appTable,
  doneWords,
  isUnusual,
  type NamedVoice,
  quotesOf,
  reasonTable,
  saidBy,
  type UsualGroup,
  voiceTable,
} from './feedback-lists.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine, changedReplies } from './kit/changed.ts';
import { chart } from './kit/chart.ts';
import { weekAxis, withoutOpen } from './kit/charted-weeks.ts';
import { countComparison } from './kit/comparison.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { readAge, type Unread, unreadNote } from './kit/unread.ts';
import { weekNote } from './kit/week-state.ts';
import { count, dollars, shortDate, weekName } from './kit/words.ts';

/** One week of the chart; undefined: not known. */
export interface FeedbackWeek {
  readonly week: Day;
  readonly paying: number | undefined;
  readonly others: number | undefined;
}

/** Everything the feedback digest says. */
export interface FeedbackDigest {
  readonly scope: string;
  readonly asks: string;
  readonly week: Day;
  readonly state: WeekState;
  readonly assessment: CountAssessment;
  /** Of the week; paying customers first, those who pay most before the others. */
  readonly voices: readonly NamedVoice[];
  /** Most money first. */
  readonly byReason: readonly UsualGroup[];
  readonly byType: readonly VoiceGroup[];
  /** Empty for a digest about one app. */
  readonly byApp: readonly UsualGroup[];
  /** Oldest first. */
  readonly weeks: readonly FeedbackWeek[];
  readonly changes: readonly ChangedWeek[] | undefined;
  /** False: feedback was never pulled. */
  readonly isRead: boolean;
  readonly unread: readonly Unread[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

/** Reasons and quotes of the parent; the rest is in the thread. */
const SHOWN = 3;

function payingSentence(voices: readonly Voice[]): Mrkdwn {
  const { count: number, paying, yearly } = totalVoices(voices);
  if (number === 0) return mrk``;
  if (paying === 0) return mrk` None is of a paying customer.`;
  const who = paying === 1 ? '1 is of a paying customer' : `${paying} are of paying customers`;
  return mrk` ${who}, *${dollars(yearly)} a year*${paying === 1 ? '' : ' together'}.`;
}

/** What stands out within the week: " Higher than usual: It is too expensive (4, usually 0 to 3)." */
function oddSentence({ byApp, byReason }: FeedbackDigest): Mrkdwn {
  const odd = [...byReason, ...byApp].filter(isUnusual);
  if (odd.length === 0) return mrk``;
  const words = odd.slice(0, 2).map(({ assessment: { high, low, verdict: side }, count: number, key }) => {
    const range = `${number.toLocaleString('en-US')}, usually ${low} to ${high}`;
    return mrk`*${side === 'higher' ? 'Higher' : 'Lower'} than usual*: ${escape(key ?? 'no reason given', 60)} (${range})`;
  });
  const rest = odd.length > 2 ? mrk`; and ${odd.length - 2} more` : mrk``;
  return mrk` ${join(words, '; ')}${rest}.`;
}

function verdict(digest: FeedbackDigest): Mrkdwn {
  const { assessment, isRead, state, voices } = digest;
  if (!isRead) return mrk`*Feedback has not been read yet.*`;
  const { value } = assessment;
  if (value === undefined && voices.length === 0)
    return mrk`*The feedback of this week was never read*: it is from before the first import.`;
  const pieces = voices.length === 0 ? 'No feedback' : count(voices.length, 'piece', 'pieces');
  const head = voices.length === 0 ? mrk`*${pieces}*` : mrk`*${pieces} of feedback*`;
  const early = state === 'open' ? mrk` so far: the week is not over` : mrk``;
  return mrk`${head}${early}; ${countComparison(assessment)}.${payingSentence(voices)}${oddSentence(digest)}`;
}

function facts({ byType, voices }: FeedbackDigest): Mrkdwn[] {
  const { paying } = totalVoices(voices);
  const nameless = voices.filter(({ feedback }) => feedback.entitlement === '').length;
  const types = byType.map(({ count: number, key }) => mrk`${doneWords(key ?? 'unknown')} ${number}`);
  const parts = [
    `${paying.toLocaleString('en-US')} paying`,
    `${(voices.length - paying - nameless).toLocaleString('en-US')} not paying`,
    ...(nameless > 0 ? [`${nameless.toLocaleString('en-US')} not known, without a subscription`] : []),
  ];
  return [mrk`*What they did*\n${join(types, ', ')}`, mrk`*Who they are*\n${parts.join(', ')}`];
}

function reasonLine(group: UsualGroup): Mrkdwn {
  const { assessment, count: number, key, paying, yearly } = group;
  const worth = yearly > 0 ? `, ${dollars(yearly)} a year` : '';
  const money = paying === 0 ? '' : `; ${paying.toLocaleString('en-US')} of paying customers${worth}`;
  const { high, low } = assessment;
  const range = low === undefined || high === undefined ? '' : `, usually ${low} to ${high}`;
  const flag = isUnusual(group) ? mrk`: *${assessment.verdict} than usual*` : mrk``;
  return mrk`• ${escape(key ?? 'No reason given', 80)}: ${number.toLocaleString('en-US')}${range}${flag}${money}`;
}

function reasons({ byReason }: FeedbackDigest): Mrkdwn | undefined {
  if (byReason.length === 0) return undefined;
  const rest = byReason.slice(SHOWN);
  const pieces = rest.reduce((sum, { count: number }) => sum + number, 0);
  const money = sumCents(rest.map(({ yearly }) => yearly));
  const flagged = rest.filter(isUnusual).length;
  const note = flagged > 0 ? `, ${flagged} outside the usual range` : '';
  const more =
    rest.length > 0
      ? mrk`\nand ${count(rest.length, 'more reason')}, ${count(pieces, 'piece')}${money > 0 ? `, ${dollars(money)} a year` : ''}${note}, in the thread`
      : mrk``;
  return mrk`*Why, most money first*\n${join(byReason.slice(0, SHOWN).map(reasonLine), '\n')}${more}`;
}

function firstQuotes({ voices }: FeedbackDigest): Mrkdwn | undefined {
  const spoken = quotesOf(voices);
  if (spoken.length === 0) return undefined;
  const shown = spoken.slice(0, SHOWN).map(saidBy);
  const rest = spoken.length > SHOWN ? mrk`\nand ${spoken.length - SHOWN} more in the thread` : mrk``;
  const first = spoken[0]?.isPaying ? ', paying customers first' : '';
  const spoke = `${spoken.length.toLocaleString('en-US')} of ${voices.length.toLocaleString('en-US')} wrote something`;
  return mrk`*What they said${first}*: ${spoke}\n${join(shown, '\n')}${rest}`;
}

function weeklyChart({ state, week, weeks }: FeedbackDigest): Block | undefined {
  const shown = withoutOpen(weeks, { week, state });
  return chart({
    kind: 'bar',
    title: 'Feedback a week',
    categories: shown.map((one) => shortDate(one.week)),
    series: [
      { name: 'Paying customers', values: shown.map(({ paying }) => paying) },
      { name: 'Others', values: shown.map(({ others }) => others) },
    ],
    xLabel: weekAxis({ week, state }),
    yLabel: 'Pieces of feedback',
  });
}

/** The weekly digest of feedback: why customers stop, what they pay, and what they say. */
export function feedbackDigest(digest: FeedbackDigest): ThreadedMessage {
  const { asks, asOf, byReason, changes, now, scope, state, unread, voices, week } = digest;
  const sentence = verdict(digest);
  const isQuiet = voices.length === 0;
  const why = reasons(digest);
  const said = firstQuotes(digest);
  const changed = changedLine(changes, 'pieces of feedback');
  const parent = message(mrk`Feedback ${weekName(week)}, ${scope}: ${sentence}`, [
    header(`Feedback, ${weekName(week)}, ${scope}`),
    section(sentence),
    isQuiet ? undefined : fields(facts(digest)),
    why && section(why),
    said && section(said),
    isQuiet ? undefined : weeklyChart(digest),
    changed && section(changed),
    unreadNote(unread),
    context(
      join(
        [
          readAge(asOf, now),
          weekNote(week, state),
          mrk`Money is what the subscription paid a year around that day, our share`,
        ],
        ' · ',
      ),
    ),
    actions([
      ...(isQuiet ? [] : [{ label: 'All Feedback', asks: `${asks} ${week} details` }]),
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'Explain', asks: 'explain feedback' },
    ]),
  ]);
  return threaded(parent, [
    ...reasonTable(week, byReason),
    ...(quotesOf(voices).length > SHOWN ? [allQuotes(voices)] : []),
    ...voiceTable(week, voices),
    ...appTable(week, digest.byApp),
    ...changedReplies(changes, 'pieces of feedback'),
  ]);
}

import type { WeekState } from '../analytics/freshness.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { WeekValue } from '../analytics/weekly-series.ts';
import { addDays, type Day, type Instant } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { type ChangedWeek, changedLine, changedReplies } from './kit/changed.ts';
import { weeklyBars } from './kit/charted-weeks.ts';
import { countComparison } from './kit/comparison.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { readAge, type Unread, unreadNote } from './kit/unread.ts';
import { weekNote } from './kit/week-state.ts';
import { count, monthLabel, weekName } from './kit/words.ts';
import { yearWords, type YearAgo } from './kit/year-ago.ts';
import {
  appSearchTable,
  type AppSearchRow,
  ideaTable,
  isUnusual,
  keywordTable,
  marketTables,
  rankWords,
} from './search-keywords-tables.ts';
import { ideaLines, type KeywordMarket, type OwnKeyword } from './search-keywords-market.ts';

/** Everything the digest of searches says. */
export interface SearchKeywordsDigest {
  readonly scope: string;
  readonly asks: string;
  /** "your apps", or the app asked for. */
  readonly about: string;
  readonly week: Day;
  readonly state: WeekState;
  /** Of weeks this fresh, the share of appearances that is usually known; undefined: not known. */
  readonly completeness?: number | undefined;
  /** How often searches showed the apps in the week, and in the four weeks that end with it. */
  readonly assessment: CountAssessment;
  readonly fourWeeks: CountAssessment;
  /** Undefined if not known. */
  readonly yearAgo: YearAgo | undefined;
  /** Oldest first. */
  readonly values: readonly WeekValue[];
  /** Most first; empty for a digest about one app. */
  readonly byApp: readonly AppSearchRow[];
  /** Most first. */
  readonly keywords: readonly OwnKeyword[];
  /** The newest month of everybody's searches; undefined without any. */
  readonly month: Day | undefined;
  /** Undefined while nothing of it is new and nobody asks. */
  readonly market: KeywordMarket | undefined;
  readonly changes: readonly ChangedWeek[] | undefined;
  /** False: searches were never pulled. */
  readonly isRead: boolean;
  readonly unread: readonly Unread[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

/** Keywords of the parent; the rest is in the thread. */
const SHOWN = 5;

function verdict({ about, assessment, fourWeeks, isRead, state }: SearchKeywordsDigest): Mrkdwn {
  if (!isRead) return mrk`*Searches have not been read yet.*`;
  const { value } = assessment;
  if (value === undefined) return mrk`*Atlassian has not published this week's searches yet.*`;
  const head =
    value === 0 ? mrk`*No search showed ${about}*` : mrk`*Searches showed ${about} ${count(value, 'time')}*`;
  const early = state === 'open' ? mrk` so far: the week is not over` : mrk``;
  const longer =
    fourWeeks.verdict === 'higher' || fourWeeks.verdict === 'lower'
      ? mrk` The last four weeks together are *${fourWeeks.verdict} than usual*.`
      : mrk``;
  return mrk`${head}${early}; ${countComparison(assessment)}.${longer}`;
}

function facts({ fourWeeks, week, yearAgo }: SearchKeywordsDigest): Mrkdwn[] {
  const { value } = fourWeeks;
  if (value === undefined) return [];
  return [
    mrk`*Last 4 weeks*\n${value.toLocaleString('en-US')}; ${countComparison(fourWeeks)}${yearWords(week, yearAgo)}`,
  ];
}

/** ", usual 110"; outside the usual range ", usual 110 (range 70 to 160): *higher than usual*". */
function besideWords(assessment: CountAssessment): Mrkdwn {
  const { high, low, usual, verdict } = assessment;
  if (usual === undefined) return mrk``;
  const words = mrk`, usual ${usual.toLocaleString('en-US')}`;
  if (!isUnusual(assessment) || low === undefined || high === undefined) return words;
  return mrk`${words} (range ${low.toLocaleString('en-US')} to ${high.toLocaleString('en-US')}): *${verdict} than usual*`;
}

function appFact({ byApp }: SearchKeywordsDigest): Mrkdwn[] {
  if (byApp.length < 2) return [];
  const apps = byApp
    .slice(0, 3)
    .map(
      ({ app, assessment }) =>
        mrk`${escape(app, 60)} ${assessment.value?.toLocaleString('en-US') ?? 'not known'}${besideWords(assessment)}`,
    );
  const rest = byApp.length > 3 ? mrk`; ${count(byApp.length - 3, 'more app')} in the thread` : mrk``;
  return [mrk`*By app*\n${join(apps, '; ')}${rest}`];
}

function keywordLine({ app, assessment, embeddedRank, isNew, keyword, marketplaceRank }: OwnKeyword): Mrkdwn {
  const beside = isNew ? mrk`, new` : besideWords(assessment);
  const ranks = rankWords(marketplaceRank, embeddedRank);
  const among = ranks === '' ? mrk`` : mrk`; ${ranks}`;
  return mrk`• *${escape(keyword, 60)}*, ${escape(app, 60)}: ${assessment.value?.toLocaleString('en-US') ?? '0'}${beside}${among}`;
}

/** The most frequent keywords, and behind them those that are unusual, wherever they stand. */
function keywordLines({ about, keywords, month }: SearchKeywordsDigest): Mrkdwn | undefined {
  const top = keywords.slice(0, SHOWN);
  if (top.length === 0) return undefined;
  const rest = keywords.slice(SHOWN);
  const odd = rest.filter(({ assessment }) => isUnusual(assessment)).slice(0, SHOWN);
  const left = rest.length - odd.length;
  const more = left > 0 ? mrk`\nand ${count(left, 'more keyword')} in the thread` : mrk``;
  const places = keywords.some(({ embeddedRank, marketplaceRank }) => embeddedRank ?? marketplaceRank);
  const note = places && month !== undefined ? `, places among all searches of ${monthLabel(month)}` : '';
  return mrk`*Keywords that showed ${about}*${note}\n${join([...top, ...odd].map(keywordLine), '\n')}${more}`;
}

/** The weekly digest of searches, with what everybody searches for in the weeks in which a month of it is new. */
export function searchKeywordsDigest(digest: SearchKeywordsDigest): ThreadedMessage {
  const {
    asks,
    asOf,
    assessment,
    byApp,
    changes,
    completeness,
    isRead,
    keywords,
    market,
    month,
    now,
    scope,
    state,
    unread,
    week,
  } = digest;
  const isQuiet = !assessment.value && keywords.length === 0;
  const sentence = verdict(digest);
  const shownFacts = isQuiet ? [] : [...facts(digest), ...appFact(digest)];
  const words = keywordLines(digest);
  const ideas = market && ideaLines(market);
  const changed = changedLine(changes, 'appearances in searches');
  const newest =
    market || month === undefined
      ? mrk``
      : mrk`What everybody searches for: ${monthLabel(month)} is still the newest month`;
  const parent = message(mrk`Searches ${weekName(week)}, ${scope}: ${sentence}`, [
    header(`Searches, ${weekName(week)}, ${scope}`),
    section(sentence),
    shownFacts.length > 0 ? fields(shownFacts) : undefined,
    words && section(words),
    isQuiet
      ? undefined
      : weeklyBars(digest.values, digest, {
          title: 'Appearances in searches a week',
          name: 'Appearances',
          yLabel: 'Appearances',
        }),
    ideas && section(ideas),
    changed && section(changed),
    unreadNote(unread),
    context(join([readAge(asOf, now), isRead ? weekNote(week, state, completeness) : mrk``, newest], ' · ')),
    actions([
      ...(isQuiet && !market ? [] : [{ label: 'All Keywords', asks: `${asks} ${week} details` }]),
      { label: 'Week Before', asks: `${asks} ${addDays(week, -7)}` },
      { label: 'Explain', asks: 'explain search-keywords' },
    ]),
  ]);
  return threaded(parent, [
    ...keywordTable(week, keywords),
    ...appSearchTable(week, byApp),
    ...(market ? ideaTable(market) : []),
    ...(market ? marketTables(market) : []),
    ...changedReplies(changes, 'appearances in searches'),
  ]);
}

import { appKeywords } from '../analytics/app-keywords.ts';
import {
  keyOf,
  keywordMonths,
  type MarketKeyword,
  marketKeywords,
  productIdeas,
} from '../analytics/market-keywords.ts';
import { assessCount } from '../analytics/unusual-count.ts';
import { type AssessmentOptions, FOUR_WEEKS } from '../analytics/usual.ts';
import { weeklyValues, yearAgo } from '../analytics/weekly-series.ts';
import { addDays, addMonths, type Day, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { searchKeywordsDigest, type SearchKeywordsDigest } from '../messages/search-keywords-digest.ts';
import type { KeywordMarket, OwnKeyword } from '../messages/search-keywords-market.ts';
import type { AppSearchRow } from '../messages/search-keywords-tables.ts';
import type { ReadModel } from '../store/read-model.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { searchKeywordsNumbers } from './numbers/search-keywords.ts';
import { readMonths } from './read-months.ts';
import { readAges } from './read-ages.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { monthToTell } from './told-month.ts';
import { readWeekJudgement } from './week-judgement.ts';

const METRIC = 'search-keywords';

/** 52 weeks back to the same four weeks a year ago. */
const HISTORY_WEEKS = 56;

/** Keywords are pulled for so many weeks. */
const KEYWORD_WEEKS = 17;

/** A month that lists are compared with, and how far back the newest one is looked for. */
const MARKET_MONTHS = 4;

/** What a message shows of a list, and what therefore makes it worth telling again. */
const SHOWN = 10;

const MARKET = {
  metrics: ['search-keywords-by-source', 'zero-result-keywords'],
  months: MARKET_MONTHS,
} as const;

function toMarket(
  series: readonly MetricSeries[],
  request: DigestRequest,
  own: readonly string[],
): KeywordMarket | undefined {
  const months = keywordMonths(series);
  const month = monthToTell(months, request.today);
  if (month === undefined) return undefined;
  return {
    month,
    knowsBefore: months.includes(addMonths(month, -1)),
    // What nobody finds is about no app.
    ideas: request.app ? [] : productIdeas(series, month, own),
    marketplace: marketKeywords(series, 'marketplace', month),
    embedded: marketKeywords(series, 'embedded-marketplace', month),
  };
}

/** What of a month is read at a glance: shares that moved in the second decimal are no news. */
function glanceOf(market: KeywordMarket | undefined): string {
  const lists = [market?.ideas ?? [], market?.marketplace ?? [], market?.embedded ?? []];
  return JSON.stringify([
    market?.month,
    ...lists.map((list) => list.slice(0, SHOWN).map(({ keyword }) => keyword)),
  ]);
}

/** What everybody searched for, and whether any of it is new since the digest last spoke. */
async function readMarket(read: ReadModel, request: DigestRequest, own: readonly string[]) {
  const market = toMarket(await readMonths(read, request, MARKET), request, own);
  if (market === undefined || request.isAsked || request.lastSpokeAt === undefined)
    return { market, isNews: market !== undefined };
  const told = toMarket(await readMonths(read, request, MARKET, request.lastSpokeAt), request, own);
  return { market, isNews: glanceOf(told) !== glanceOf(market) };
}

/** The places of keywords, capitals and accents set aside; of two that differ in those alone the better one. */
function ranksOf(keywords: readonly MarketKeyword[] = []): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const { keyword, rank } of keywords) {
    const key = keyOf(keyword);
    if (!ranks.has(key)) ranks.set(key, rank);
  }
  return ranks;
}

function byApp(
  series: readonly MetricSeries[],
  apps: ReadonlyMap<string, string>,
  week: Day,
  options: AssessmentOptions,
): AppSearchRow[] {
  const weeks = weeksEndingWith(week, HISTORY_WEEKS);
  return [...apps]
    .map(([appKey, app]) => ({
      app,
      assessment: assessCount(weeklyValues(series, { metric: METRIC, appKey }, weeks), week, options),
    }))
    .filter(({ assessment: { usual, value } }) => (value ?? 0) > 0 || (usual ?? 0) > 0)
    .toSorted((a, b) => (b.assessment.value ?? 0) - (a.assessment.value ?? 0) || (a.app < b.app ? -1 : 1));
}

/** How often searches showed the apps, by which keywords, and what people search for and do not find. */
export const searchKeywords: Digest = {
  id: 'search-keywords',
  aliases: ['keywords', 'searches', 'ideas'],
  summary: 'which searches showed the apps last week, and what people search for and do not find',
  definition:
    'How often searches showed the apps in a week and by which keywords; and, when a month of it is new, what everybody searches for and does not find.',
  reads: ['search-keywords', 'market-keywords'],
  async build(read, request) {
    const { app, chartWeeks = CHART_WEEKS, developerId, now, week } = request;
    const appKey = app?.appKey ?? null;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const recent = weeks.slice(-KEYWORD_WEEKS);
    const [series, keywordSeries, apps, changes, judgement] = await Promise.all([
      read.readSeries({ developerId, metric: METRIC, from: weeks[0] ?? week, to: week }),
      read.readSeries({ developerId, metric: 'app-search-keywords', from: recent[0] ?? week, to: week }),
      read.readApps(developerId),
      readChangedWeeks(read, request, { metric: METRIC, appKey }),
      readWeekJudgement(read, request, { metric: METRIC, appKey }),
    ]);
    const names = new Map(apps.map((one) => [one.appKey, one.name]));
    const shown = new Map(
      app ? [] : series.flatMap(({ appKey: key }) => (key === null ? [] : [[key, names.get(key) ?? key]])),
    );
    const keywords = appKeywords(
      app ? keywordSeries.filter((one) => one.appKey === app.appKey) : keywordSeries,
      recent,
      { ...judgement.options, tested: 1 + shown.size },
    );
    const options = { ...judgement.options, tested: 1 + shown.size + keywords.length };
    const ownWords = [...new Set(keywordSeries.map(({ name }) => name))];
    const { isNews, market } = await readMarket(read, request, ownWords);
    const ranks = { marketplace: ranksOf(market?.marketplace), embedded: ranksOf(market?.embedded) };
    const values = weeklyValues(series, { metric: METRIC, appKey }, weeks);
    const until = options.provisional ? addDays(week, -7) : week;
    const aYearAgo = yearAgo(values, until);
    const facts: SearchKeywordsDigest = {
      scope: scopeName(request, 'All apps'),
      asks: asksFor('search-keywords', request),
      about: app?.name ?? 'your apps',
      week,
      state: judgement.state,
      completeness: judgement.completeness,
      assessment: assessCount(values, week, options),
      fourWeeks: assessCount(values, week, { ...options, comparison: FOUR_WEEKS }),
      yearAgo: aYearAgo && { until, ...aYearAgo },
      values: values.slice(-chartWeeks),
      byApp: byApp(series, shown, week, options),
      keywords: keywords.map(
        (one): OwnKeyword => ({
          ...one,
          app: names.get(one.appKey) ?? one.appKey,
          marketplaceRank: ranks.marketplace.get(keyOf(one.keyword)),
          embeddedRank: ranks.embedded.get(keyOf(one.keyword)),
        }),
      ),
      month: market?.month,
      market: isNews ? market : undefined,
      changes: await nameChangedWeeks(changes, async () => new Map<string, string>()),
      isRead: (await read.readAsOf(developerId, ['search-keywords'])) !== undefined,
      ...(await readAges(read, developerId, {
        'search-keywords': 'searches',
        'market-keywords': 'keywords of the Marketplace',
      })),
      now,
    };
    return { ...searchKeywordsDigest(facts), numbers: searchKeywordsNumbers(facts, values) };
  },
};

import { appKeywords } from '../analytics/app-keywords.ts';
import { weekState } from '../analytics/freshness.ts';
import {
  keyOf,
  keywordMonths,
  type MarketKeyword,
  marketKeywords,
  productIdeas,
} from '../analytics/market-keywords.ts';
import { assessCount } from '../analytics/unusual-count.ts';
import { FOUR_WEEKS } from '../analytics/usual.ts';
import { weeklyValues, yearAgo } from '../analytics/weekly-series.ts';
import { addDays, addMonths, type Day, type Instant, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { searchKeywordsDigest } from '../messages/search-keywords-digest.ts';
import type { KeywordMarket, OwnKeyword } from '../messages/search-keywords-market.ts';
import type { AppSearchRow } from '../messages/search-keywords-tables.ts';
import type { ReadModel } from '../store/read-model.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { readAges } from './read-ages.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { monthToTell } from './told-month.ts';

const METRIC = 'search-keywords';

/** 52 weeks back to the same four weeks a year ago. */
const HISTORY_WEEKS = 56;

/** Keywords are pulled for so many weeks. */
const KEYWORD_WEEKS = 17;

/** A month that lists are compared with, and how far back the newest one is looked for. */
const MARKET_MONTHS = 4;

/** What a message shows of a list, and what therefore makes it worth telling again. */
const SHOWN = 10;

async function readMarketSeries(read: ReadModel, { developerId, week }: DigestRequest, knownAt?: Instant) {
  const query = {
    developerId,
    from: addMonths(week, -MARKET_MONTHS),
    to: addDays(week, 6),
    ...(knownAt !== undefined && { knownAt }),
  };
  const [shares, missing] = await Promise.all([
    read.readSeries({ ...query, metric: 'search-keywords-by-source' }),
    read.readSeries({ ...query, metric: 'zero-result-keywords' }),
  ]);
  return [...shares, ...missing];
}

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
  const market = toMarket(await readMarketSeries(read, request), request, own);
  if (market === undefined || request.isAsked || request.lastSpokeAt === undefined)
    return { market, isNews: market !== undefined };
  const told = toMarket(await readMarketSeries(read, request, request.lastSpokeAt), request, own);
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
  names: ReadonlyMap<string, string>,
  week: Day,
  provisional: boolean,
): AppSearchRow[] {
  const weeks = weeksEndingWith(week, HISTORY_WEEKS);
  const appKeys = [...new Set(series.flatMap(({ appKey }) => appKey ?? []))];
  return appKeys
    .map((appKey) => ({
      app: names.get(appKey) ?? appKey,
      assessment: assessCount(weeklyValues(series, { metric: METRIC, appKey }, weeks), week, {
        provisional,
        tested: appKeys.length + 2,
      }),
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
    'An appearance is one app among the results of one search; all apps together are the sum, so a search that shows two of them counts twice. Keywords are told app by app. The usual range is what an exact test would not call unusual given the 12 weeks before, made wider where searches scatter more than chance does, as they mostly do. The place of a keyword is its rank among the 500 that everybody searches for, in one calendar month, on the Marketplace and within Jira and Confluence; shares of searches are in percent. Product ideas are what people searched for on the Marketplace in that month without any result, with the filters they had set; spellings that differ in capitals or accents alone are taken together, and one that is a letter or two away from a keyword of yours may be a misspelling of it. A month is told once, and again only when it reads differently.',
  reads: ['search-keywords', 'market-keywords'],
  async build(read, request) {
    const { app, chartWeeks = CHART_WEEKS, developerId, now, today, week } = request;
    const appKey = app?.appKey ?? null;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const recent = weeks.slice(-KEYWORD_WEEKS);
    const [series, keywordSeries, apps, changes] = await Promise.all([
      read.readSeries({ developerId, metric: METRIC, from: weeks[0] ?? week, to: week }),
      read.readSeries({ developerId, metric: 'app-search-keywords', from: recent[0] ?? week, to: week }),
      read.readApps(developerId),
      readChangedWeeks(read, request, { metric: METRIC, appKey }),
    ]);
    const state = weekState(week, today);
    const provisional = state === 'open' || state === 'provisional';
    const names = new Map(apps.map((one) => [one.appKey, one.name]));
    const keywords = appKeywords(
      app ? keywordSeries.filter((one) => one.appKey === app.appKey) : keywordSeries,
      recent,
      provisional,
    );
    const ownWords = [...new Set(keywordSeries.map(({ name }) => name))];
    const { isNews, market } = await readMarket(read, request, ownWords);
    const ranks = { marketplace: ranksOf(market?.marketplace), embedded: ranksOf(market?.embedded) };
    const values = weeklyValues(series, { metric: METRIC, appKey }, weeks);
    return searchKeywordsDigest({
      scope: scopeName(request, 'All apps'),
      asks: asksFor('search-keywords', request),
      about: app?.name ?? 'your apps',
      week,
      state,
      assessment: assessCount(values, week, { provisional }),
      fourWeeks: assessCount(values, week, { provisional, comparison: FOUR_WEEKS }),
      yearAgo: yearAgo(values, week)?.before,
      values: values.slice(-chartWeeks),
      byApp: app ? [] : byApp(series, names, week, provisional),
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
    });
  },
};

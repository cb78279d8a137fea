import type { EvaluationFact } from './aggregates.ts';
import { APPS, type DemoApp } from './apps.ts';
import { type AggregateRange, type Bucket, createBuckets } from './buckets.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { Market } from './market.ts';
import { APP_KEYWORDS, ENDINGS, MISSING, WORDS } from './vocabulary.ts';

/** Who was searching: visitors of the Marketplace's site, or users within products. */
export type SearchSource = 'marketplace' | 'embedded-marketplace';

/** A keyword that showed an app. */
export interface RawAppKeyword {
  readonly searchKeyword: string;
  readonly keywordCount: number;
  readonly elements: readonly RawSearches[];
}

/** Searches of one week or month. */
export interface RawSearches extends Bucket {
  readonly count: number;
}

/** An app and how often searches showed it. */
export interface RawAppSearches {
  readonly addonName: string;
  readonly addonKey: string;
  readonly productId: string;
  readonly leadingSearchKeyword: string;
  readonly searchAppearances: number;
  readonly elements: readonly RawSearches[];
}

/** Keywords in the list of one source, at most. */
const MOST = 500;

/** Sums of counts per bucket, for lists of the same facts. */
function added(lists: readonly (readonly RawSearches[])[]): RawSearches[] {
  const sums = new Map<RawSearches['date'], number>();
  for (const { count, date } of lists.flat()) sums.set(date, (sums.get(date) ?? 0) + count);
  return [...sums].map(([date, count]) => ({ date, count })).sort((a, b) => (a.date < b.date ? -1 : 1));
}

const totalOf = (elements: readonly RawSearches[]): number =>
  elements.reduce((sum, { count }) => sum + count, 0);

/** What people search for. An app's searches come before its evaluations, so many to each; the rest is the market's. */
export function createSearches(market: Market, calendar: Calendar) {
  const { elements, within } = createBuckets(calendar);
  const fashions = new Map<string, number>();

  /** How much a keyword is in fashion in the week of a day: each has its own ups and downs. */
  function fashion(appKey: string, keyword: string, on: Offset): number {
    const week = calendar.weekStart(on);
    const name = `appearances/${appKey}/${keyword}`;
    const key = `${name}/${week}`;
    const known = fashions.get(key) ?? market.number(name, week, 0.55, 1.45);
    fashions.set(key, known);
    return known;
  }

  /** The keywords that showed an app, the most frequent first. */
  function keywordsOf(
    app: DemoApp,
    facts: readonly EvaluationFact[],
    range: AggregateRange,
  ): RawAppKeyword[] {
    const own = facts
      .filter(({ appKey }) => appKey === app.appKey)
      .map(({ start }) => ({ on: start }))
      .filter(within(range));
    if (own.length === 0) return [];
    return (APP_KEYWORDS[app.appKey] ?? []).map(([searchKeyword, searches]) => {
      const shown = ({ on }: { readonly on: Offset }) =>
        Math.round(searches * fashion(app.appKey, searchKeyword, on));
      const buckets = elements(own, range, (entries) => ({
        count: entries.reduce((sum, entry) => sum + shown(entry), 0),
      }));
      return { searchKeyword, keywordCount: totalOf(buckets), elements: buckets };
    });
  }

  /** Every app that searches showed. */
  function appsIn(facts: readonly EvaluationFact[], range: AggregateRange): RawAppSearches[] {
    return APPS.flatMap((app) => {
      const keywords = keywordsOf(app, facts, range);
      const [leading] = keywords;
      if (!leading) return [];
      const all = added(keywords.map((keyword) => keyword.elements));
      return [
        {
          addonName: app.name,
          addonKey: app.appKey,
          productId: app.productId,
          leadingSearchKeyword: leading.searchKeyword,
          searchAppearances: totalOf(all),
          elements: all,
        },
      ];
    });
  }

  /** The market's own keywords in one month, each with its share in percent, the most frequent first. */
  function topKeywords(source: SearchSource, month: Offset) {
    const words = [
      ...WORDS,
      ...Object.values(APP_KEYWORDS).flatMap((own) => own.map(([keyword]) => keyword)),
    ];
    const weighted = words.flatMap((word, place) =>
      ENDINGS.map((ending) => ({
        searchKeyword: `${word} ${ending}`.trim(),
        weight:
          market.number(`searches/${source}/${word}/${ending}`, month, 0.3, 1) /
          ((place + 2) * (ending === '' ? 1 : 6)),
      })),
    );
    const all = weighted.reduce((sum, { weight }) => sum + weight, 0);
    return weighted
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MOST)
      .map(({ searchKeyword, weight }) => ({
        searchKeyword,
        percentage: Math.round((10_000 * weight) / all) / 100,
      }));
  }

  /** What nobody found anything for in one month, with the filters that were set. */
  function missingKeywords(month: Offset) {
    return MISSING.map(([searchKeyword, filters]) => ({
      searchKeyword,
      ...filters,
      count: Math.round(market.number(`missing/${searchKeyword}`, month, 1, 60)),
    })).sort((a, b) => b.count - a.count);
  }

  return { keywordsOf, appsIn, topKeywords, missingKeywords };
}

export type Searches = ReturnType<typeof createSearches>;

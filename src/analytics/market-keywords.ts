import { addMonths, type Day } from '../domain/day.ts';
import { fold } from '../domain/fold.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { wordDistance } from '../domain/word-distance.ts';

/** Who searched: visitors of the Marketplace's own site, and people within Jira and Confluence. */
export type KeywordSource = 'marketplace' | 'embedded-marketplace';

/** A keyword of everybody's searches in one month. */
export interface MarketKeyword {
  readonly keyword: string;
  /** 1 is the most searched; equal shares have equal ranks. */
  readonly rank: number;
  /** Of all searches. */
  readonly percent: number;
  /** In the month before; undefined when it was not listed, or that month is not known. */
  readonly rankBefore: number | undefined;
}

/** Something people searched for without finding anything: an app that is missing. */
export interface ProductIdea {
  readonly keyword: string;
  /** Searches, with whatever filters. */
  readonly count: number;
  /** In the month before; undefined when it was not listed, or that month is not known. */
  readonly before: number | undefined;
  /** The filters that were set, the most frequent first. */
  readonly filters: readonly string[];
  /** A keyword of our own that it may be a misspelling of. */
  readonly near: string | undefined;
}

interface Count {
  readonly keyword: string;
  readonly dataset: string;
  readonly value: number;
}

function countsOf(series: readonly MetricSeries[], metric: MetricSeries['metric'], month: Day): Count[] {
  return series.flatMap((one) => {
    const value = one.metric === metric ? one.points.find(({ period }) => period === month)?.value : null;
    return value === null || value === undefined ? [] : [{ keyword: one.name, dataset: one.dataset, value }];
  });
}

/** Text as keywords are compared: people type capitals and accents or do not. What folds to nothing stays itself. */
export function keyOf(keyword: string): string {
  return fold(keyword) || keyword;
}

function ranked(series: readonly MetricSeries[], source: KeywordSource, month: Day) {
  const list = countsOf(series, 'search-keywords-by-source', month)
    .filter(({ dataset }) => dataset === source)
    .toSorted((a, b) => b.value - a.value || (a.keyword < b.keyword ? -1 : 1));
  let rank = 0;
  return list.map(({ keyword, value }, index) => {
    if (list[index - 1]?.value !== value) rank = index + 1;
    return { keyword, rank, percent: value };
  });
}

/** What everybody searched for in a month, the most frequent first, with the ranks of the month before. */
export function marketKeywords(
  series: readonly MetricSeries[],
  source: KeywordSource,
  month: Day,
): MarketKeyword[] {
  const before = new Map(
    ranked(series, source, addMonths(month, -1)).map(({ keyword, rank }) => [keyword, rank]),
  );
  return ranked(series, source, month).map((one) => ({ ...one, rankBefore: before.get(one.keyword) }));
}

/** Letters that a misspelling may differ by: at most two, and at most a third of the word. */
function isMisspelt(word: string, of: string): boolean {
  if (word === of || Math.abs(word.length - of.length) > 2) return false;
  const away = wordDistance(word, of);
  return away <= 2 && away * 3 <= of.length;
}

/** The keyword of our own that a search meant, probably: near as a whole, or in one of its words. Three letters are too few to tell. */
function nearestOwn(keyword: string, own: readonly string[]): string | undefined {
  const text = keyOf(keyword);
  const words = [text, ...text.split(' ')].filter((word) => word.length > 3);
  return own.find((one) => {
    const key = keyOf(one);
    return !text.includes(key) && words.some((word) => isMisspelt(word, key));
  });
}

/** Longer texts are no misspelt words, and comparing them letter by letter takes long. */
const LONGEST_MISSPELT = 40;

/**
 * What people searched for in a month without finding anything, most searches first: spellings that differ in capitals
 * or accents alone and searches with different filters together. `own`: the keywords that show our apps.
 */
export function productIdeas(
  series: readonly MetricSeries[],
  month: Day,
  own: readonly string[],
): ProductIdea[] {
  const group = (of: Day) =>
    Map.groupBy(countsOf(series, 'zero-result-keywords', of), ({ keyword }) => keyOf(keyword));
  const sum = (counts: readonly Count[]) => counts.reduce((total, { value }) => total + value, 0);
  const before = group(addMonths(month, -1));
  return [...group(month)]
    .map(([key, counts]): ProductIdea => {
      const sorted = counts.toSorted((a, b) => b.value - a.value || (a.dataset < b.dataset ? -1 : 1));
      const known = before.get(key);
      const [{ keyword }] = sorted as [Count, ...Count[]];
      return {
        keyword,
        count: sum(counts),
        before: known && sum(known),
        filters: [...new Set(sorted.map(({ dataset }) => dataset))].filter((filter) => filter !== ''),
        near: keyword.length > LONGEST_MISSPELT ? undefined : nearestOwn(keyword, own),
      };
    })
    .toSorted((a, b) => b.count - a.count || (a.keyword < b.keyword ? -1 : 1));
}

/** The months anything is known of, newest first. */
export function keywordMonths(series: readonly MetricSeries[]): Day[] {
  const months = new Set<Day>();
  for (const { points } of series) {
    for (const { period, value } of points) if (value !== null) months.add(period);
  }
  return [...months].toSorted().toReversed();
}

import type { MarketKeyword, ProductIdea } from '../analytics/market-keywords.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { clean, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, monthLabel, ordinal, weekName } from './kit/words.ts';
import type { KeywordMarket, OwnKeyword } from './search-keywords-market.ts';

/** How often searches showed one app. */
export interface AppSearchRow {
  readonly app: string;
  readonly assessment: CountAssessment;
}

/** Keywords of everybody that a table shows: nobody reads the other 480. */
const TOP = 20;

/** True outside the usual range. */
export function isUnusual({ verdict }: CountAssessment): boolean {
  return verdict === 'higher' || verdict === 'lower';
}

/** "12th on the Marketplace, 3rd within products"; empty when it is on neither list. */
export function rankWords(marketplace: number | undefined, embedded: number | undefined): string {
  return [
    ...(marketplace === undefined ? [] : [`${ordinal(marketplace)} on the Marketplace`]),
    ...(embedded === undefined ? [] : [`${ordinal(embedded)} within products`]),
  ].join(', ');
}

function numberCell(value: number | undefined) {
  return value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
}

function rangeOf({ high, low }: CountAssessment): string {
  return low === undefined || high === undefined ? '-' : `${low} to ${high}`;
}

const BESIDE: Readonly<Record<CountAssessment['verdict'], string>> = {
  within: 'within the usual range',
  higher: 'higher than usual',
  lower: 'lower than usual',
  'too early': 'still filling',
  'no history': 'too few weeks before',
  unknown: 'not known yet',
};

/** Every keyword that showed an app in the week. */
export function keywordTable(week: Day, keywords: readonly OwnKeyword[]): Message[] {
  return tableReplies({
    caption: `Keywords that show your apps, ${weekName(week)}, most first`,
    sentence: mrk`${count(keywords.length, 'keyword')} that show your apps, with their place among the 500 that everybody searches for.`,
    columns: [
      { title: 'Keyword', cell: ({ keyword }: OwnKeyword) => clean(keyword, 60) },
      { title: 'App', cell: ({ app }) => clean(app, 60) },
      { title: 'Shown', cell: ({ assessment }) => numberCell(assessment.value) },
      { title: 'Usual range', cell: ({ assessment }) => rangeOf(assessment) },
      { title: 'Beside it', cell: ({ assessment, isNew }) => (isNew ? 'new' : BESIDE[assessment.verdict]) },
      { title: 'On the Marketplace', cell: ({ marketplaceRank }) => numberCell(marketplaceRank) },
      { title: 'Within products', cell: ({ embeddedRank }) => numberCell(embeddedRank) },
    ],
    rows: keywords,
  });
}

/** Appearances by app; nothing for a single one. */
export function appSearchTable(week: Day, apps: readonly AppSearchRow[]): Message[] {
  if (apps.length < 2) return [];
  const total = apps.reduce((sum, { assessment }) => sum + (assessment.value ?? 0), 0);
  return tableReplies({
    caption: `Appearances in searches by app, ${weekName(week)}, most first`,
    sentence: mrk`Searches showed these apps ${count(total, 'time')}, and what is usual for each.`,
    columns: [
      { title: 'App', cell: ({ app }: AppSearchRow) => clean(app, 60) },
      { title: 'Shown', cell: ({ assessment }) => numberCell(assessment.value) },
      { title: 'Usual', cell: ({ assessment }) => numberCell(assessment.usual) },
      { title: 'Usual range', cell: ({ assessment }) => rangeOf(assessment) },
      { title: 'Beside it', cell: ({ assessment }) => BESIDE[assessment.verdict] },
    ],
    rows: apps,
  });
}

/** Everything that was searched for and not found. */
export function ideaTable({ ideas, knowsBefore, month }: KeywordMarket): Message[] {
  return tableReplies({
    caption: `Searched on the Marketplace and not found, ${monthLabel(month)}, most first`,
    sentence: mrk`${count(ideas.length, 'search term')} of ${monthLabel(month)} that found nothing on the Marketplace.`,
    columns: [
      { title: 'Keyword', cell: ({ keyword }: ProductIdea) => clean(keyword, 60) },
      { title: 'Searches', cell: ({ count: number }) => numberCell(number) },
      {
        title: 'Month before',
        cell: ({ before }) =>
          before === undefined ? (knowsBefore ? 'not listed' : '-') : numberCell(before),
      },
      { title: 'Filters set', cell: ({ filters }) => clean(filters.join('; '), 80) || '-' },
      { title: 'May mean', cell: ({ near }) => clean(near ?? '-', 40) },
    ],
    rows: ideas,
  });
}

function placeBefore({ rankBefore }: MarketKeyword, knowsBefore: boolean) {
  return rankBefore === undefined && knowsBefore ? 'not listed' : numberCell(rankBefore);
}

/** What everybody searches for most, on the Marketplace's site and within products. */
export function marketTables({ embedded, knowsBefore, marketplace, month }: KeywordMarket): Message[] {
  const lists = [
    { keywords: marketplace, where: "on the Marketplace's site" },
    { keywords: embedded, where: 'within Jira and Confluence' },
  ];
  return lists.flatMap(({ keywords, where }) =>
    tableReplies({
      caption: `Most searched ${where}, ${monthLabel(month)}`,
      sentence: mrk`${keywords.length === 1 ? 'The most searched keyword' : `The ${Math.min(TOP, keywords.length)} most searched keywords`} ${where}, ${monthLabel(month)}, as shares of all searches there.`,
      columns: [
        { title: 'Keyword', cell: ({ keyword }: MarketKeyword) => clean(keyword, 60) },
        { title: 'Place', cell: ({ rank }) => numberCell(rank) },
        { title: 'Place the month before', cell: (one) => placeBefore(one, knowsBefore) },
        { title: '% of searches', cell: ({ percent }) => ({ value: percent, text: percent.toFixed(2) }) },
      ],
      rows: keywords.slice(0, TOP),
    }),
  );
}

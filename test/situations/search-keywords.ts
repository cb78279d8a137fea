import type { CountAssessment } from '../../src/analytics/unusual-count.ts';
import { addDays, type Day, startOf } from '../../src/domain/day.ts';
import {
  type SearchKeywordsDigest,
  searchKeywordsDigest,
} from '../../src/messages/search-keywords-digest.ts';
import type { KeywordMarket, OwnKeyword } from '../../src/messages/search-keywords-market.ts';
import type { DigestSituations } from './situation.ts';

const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const AS_OF = startOf('2026-03-17') + 6 * 3_600_000;
const WEEK: Day = '2026-03-08';

const within: CountAssessment = {
  value: 402,
  usual: 380.5,
  low: 290,
  high: 480,
  verdict: 'within',
  chance: 0.5,
  holiday: false,
  widening: 2.4,
};

const noHistory: CountAssessment = {
  ...within,
  value: undefined,
  usual: undefined,
  low: undefined,
  high: undefined,
  chance: undefined,
  verdict: 'no history',
};

function keyword(name: string, changes: Partial<OwnKeyword> = {}): OwnKeyword {
  return {
    appKey: 'app-1',
    app: 'App 1',
    keyword: name,
    assessment: { ...within, value: 40, usual: 38, low: 20, high: 60 },
    isNew: false,
    marketplaceRank: undefined,
    embeddedRank: undefined,
    ...changes,
  };
}

const keywords = [
  keyword('project management', {
    assessment: { ...within, value: 200, usual: 110, low: 70, high: 160, verdict: 'higher', chance: 0.0004 },
    marketplaceRank: 12,
    embeddedRank: 3,
  }),
  keyword('gantt', { marketplaceRank: 101 }),
  keyword('timeline', { embeddedRank: 22 }),
  keyword('okr', {
    isNew: true,
    assessment: { ...within, value: 20, usual: 0, low: 0, high: 1, verdict: 'higher' },
  }),
  keyword('page editor', { app: 'App 2', assessment: { ...within, value: 19, usual: 21 } }),
  keyword('report', { assessment: { ...within, value: 11, usual: 10 } }),
  keyword('export', {
    assessment: { ...within, value: 0, usual: 30, low: 15, high: 48, verdict: 'lower', chance: 0.00001 },
  }),
];

const market: KeywordMarket = {
  month: '2026-02-01',
  knowsBefore: true,
  ideas: [
    {
      keyword: 'carbon footprint',
      count: 55,
      before: undefined,
      filters: ['Reports, Cloud fortified apps'],
      near: undefined,
    },
    {
      keyword: 'sap sync',
      count: 43,
      before: 61,
      filters: ['jira, Cloud, Integrations', 'jira', ''],
      near: undefined,
    },
    { keyword: 'gant', count: 9, before: 7, filters: [], near: 'gantt' },
    { keyword: 'NA', count: 1, before: undefined, filters: [], near: undefined },
  ],
  marketplace: [
    { keyword: 'structure', rank: 1, percent: 2.69, rankBefore: 1 },
    { keyword: 'scriptrunner', rank: 2, percent: 2.61, rankBefore: 5 },
    { keyword: 'jira', rank: 3, percent: 2.6, rankBefore: undefined },
  ],
  embedded: [{ keyword: 'automation', rank: 1, percent: 3.5, rankBefore: 2 }],
};

const busy: SearchKeywordsDigest = {
  scope: 'All apps',
  asks: 'search-keywords',
  about: 'your apps',
  week: WEEK,
  state: 'provisional',
  assessment: within,
  fourWeeks: { ...within, value: 1900, usual: 1500, low: 1200, high: 1800, verdict: 'higher', chance: 0.003 },
  yearAgo: { until: WEEK, now: 1900, before: 1250 },
  values: Array.from({ length: 13 }, (_, index) => ({
    week: addDays(WEEK, 7 * (index - 12)),
    value: index === 4 ? undefined : index === 12 ? 402 : 350 + ((index * 17) % 90),
  })),
  byApp: [
    { app: 'App 1', assessment: { ...within, value: 300, usual: 280 } },
    { app: 'App 2', assessment: { ...within, value: 102, usual: 60, low: 30, high: 100, verdict: 'higher' } },
  ],
  keywords,
  month: '2026-02-01',
  market,
  changes: [{ week: '2026-03-01', before: 377, after: 391 }],
  isRead: true,
  unread: [],
  asOf: AS_OF,
  now: NOW,
};

const ordinary: SearchKeywordsDigest = {
  ...busy,
  state: 'settling',
  fourWeeks: { ...within, value: 1500, usual: 1500 },
  keywords: keywords.slice(1, 3),
  market: undefined,
  changes: [],
};

const quiet: SearchKeywordsDigest = {
  ...ordinary,
  scope: 'App 3',
  asks: 'search-keywords "App 3"',
  about: 'App 3',
  assessment: { ...within, value: 0, usual: 1, low: 0, high: 5 },
  byApp: [],
  keywords: [],
};

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: SearchKeywordsDigest = {
  ...busy,
  scope: hostile,
  about: hostile,
  state: 'open',
  assessment: { ...within, value: 9_876_543, usual: 0.5, low: 0, high: 4, verdict: 'higher', chance: 0 },
  yearAgo: { until: addDays(WEEK, -7), now: 9_876_543, before: 3 },
  byApp: Array.from({ length: 70 }, (_, index) => ({ app: `${hostile}${index}`, assessment: within })),
  keywords: Array.from({ length: 100 }, (_, index) =>
    keyword(`${hostile}${index}`, {
      app: hostile,
      marketplaceRank: 111,
      embeddedRank: 500,
      assessment: { ...within, verdict: 'higher' },
    }),
  ),
  market: {
    month: '2026-02-01',
    knowsBefore: false,
    ideas: Array.from({ length: 500 }, () => ({
      keyword: hostile,
      count: 9_876_543,
      before: undefined,
      filters: [hostile, hostile, hostile],
      near: hostile,
    })),
    marketplace: Array.from({ length: 500 }, () => ({
      keyword: hostile,
      rank: 1,
      percent: 99.999,
      rankBefore: undefined,
    })),
    embedded: [],
  },
  unread: [{ name: hostile, failedCode: undefined }],
};

const firstWeek: SearchKeywordsDigest = {
  ...ordinary,
  assessment: { ...noHistory, value: 12 },
  fourWeeks: noHistory,
  yearAgo: undefined,
  values: [],
  byApp: [],
  keywords: [keyword('gantt', { assessment: { ...noHistory, value: 12 } })],
  month: undefined,
  changes: undefined,
};

const unpublished: SearchKeywordsDigest = { ...firstWeek, assessment: noHistory, keywords: [] };

const neverRead: SearchKeywordsDigest = {
  ...unpublished,
  isRead: false,
  unread: [{ name: 'searches', failedCode: 'API_FORBIDDEN' }],
  asOf: undefined,
};

/** The digest of searches in its situations. */
export const situations = {
  quiet: () => searchKeywordsDigest(quiet),
  busy: () => searchKeywordsDigest(busy),
  absurd: () => searchKeywordsDigest(absurd),
  'no-history': () => searchKeywordsDigest(firstWeek),
  ordinary: () => searchKeywordsDigest(ordinary),
  unpublished: () => searchKeywordsDigest(unpublished),
  'never-read': () => searchKeywordsDigest(neverRead),
} satisfies DigestSituations;

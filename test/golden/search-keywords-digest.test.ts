import { describe, expect, it } from 'vitest';
import type { CountAssessment } from '../../src/analytics/unusual-count.ts';
import { addDays, type Day, startOf } from '../../src/domain/day.ts';
import {
  type SearchKeywordsDigest,
  searchKeywordsDigest,
} from '../../src/messages/search-keywords-digest.ts';
import type { KeywordMarket, OwnKeyword } from '../../src/messages/search-keywords-market.ts';
import { expectGolden } from '../support/golden.ts';

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
  yearAgo: 1250,
  values: Array.from({ length: 13 }, (_, index) => ({
    week: addDays(WEEK, 7 * (index - 12)),
    value: index === 4 ? undefined : 350 + ((index * 17) % 90),
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
  yearAgo: 3,
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

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the digest of searches', () => {
  it('tells how often searches showed the apps, by which keywords, and what nobody finds', () => {
    const message = searchKeywordsDigest(busy);
    expect(message.text).toContain('Searches showed your apps 402 times; usual 380.5 (range 290 to 480)');
    // 1,900 after 1,250 a year ago: +52 %.
    expect(textOf(message.blocks)).toContain('a year ago 1,250 (+52 %)');
    expectGolden('search-keywords-busy', message);
  });

  it('tells the five most frequent keywords, and behind them each that is unusual', () => {
    const text = textOf(searchKeywordsDigest(busy).blocks);
    expect(text).toContain(
      '*project management*, App 1: 200, usual 110 (range 70 to 160): *higher than usual*; 12th on the Marketplace, 3rd within products',
    );
    expect(text).toContain('*okr*, App 1: 20, new');
    expect(text).toContain('*export*, App 1: 0, usual 30 (range 15 to 48): *lower than usual*');
    expect(text).not.toContain('*report*');
    expect(text).toContain('and 1 more keyword in the thread');
  });

  it('keeps what everybody searches for to one line while no month is new', () => {
    const message = searchKeywordsDigest(ordinary);
    expect(textOf(message.blocks)).toContain(
      'What everybody searches for: Feb 2026 is still the newest month',
    );
    expect(textOf(message)).not.toContain('Product ideas');
    expectGolden('search-keywords-ordinary', message);
  });

  it('is one sentence in a week in which nothing was shown', () => {
    const message = searchKeywordsDigest(quiet);
    expect(message.text).toContain('No search showed App 3');
    expect(message.thread).toEqual([]);
    expectGolden('search-keywords-quiet', message);
  });

  it('survives hostile keywords, huge numbers and more rows than fit', () => {
    const message = searchKeywordsDigest(absurd);
    expect(textOf(message.blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
    expectGolden('search-keywords-absurd', message);
  });

  it('calls nothing usual or new without history', () => {
    const message = searchKeywordsDigest(firstWeek);
    expect(message.text).toContain('too few weeks before it');
    expect(textOf(message.blocks)).not.toContain(', new');
    expectGolden('search-keywords-no-history', message);
  });

  it('says what was never read, and what is not published', () => {
    const unread = [{ name: 'searches', failedCode: 'API_FORBIDDEN' }];
    const never = {
      ...firstWeek,
      assessment: noHistory,
      keywords: [],
      isRead: false,
      unread,
      asOf: undefined,
    };
    expect(searchKeywordsDigest(never).text).toContain('Searches have not been read yet');
    expectGolden('search-keywords-never-read', searchKeywordsDigest(never));
    const late = { ...firstWeek, assessment: noHistory, keywords: [] };
    expect(searchKeywordsDigest(late).text).toContain("has not published this week's searches yet");
  });
});

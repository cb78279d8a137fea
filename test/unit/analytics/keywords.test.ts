import { describe, expect, it } from 'vitest';
import { appKeywords } from '../../../src/analytics/app-keywords.ts';
import { keywordMonths, marketKeywords, productIdeas } from '../../../src/analytics/market-keywords.ts';
import { addDays, type Day, weeksEndingWith } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { createRandom } from './rows.ts';

const WEEK: Day = '2026-03-08';
const WEEKS = weeksEndingWith(WEEK, 13);

/** A keyword of an app: its numbers in the weeks that end with the one judged; undefined: left out by the API. */
function shown(appKey: string, name: string, values: readonly (number | undefined)[]): MetricSeries {
  const weeks = weeksEndingWith(WEEK, values.length);
  return {
    metric: 'app-search-keywords',
    appKey,
    dataset: '',
    name,
    type: '',
    points: weeks.flatMap((period, index) => {
      const value = values[index];
      return value === undefined ? [] : [{ period, value }];
    }),
  };
}

const SETTLED = { provisional: false };
const FOUR = Array.from({ length: 12 }, () => 4);

describe('appKeywords', () => {
  it('compares each keyword with its 12 weeks before', () => {
    // 48 in 12 weeks: 0 to 10 is usual, by the exact test of the weekly counts.
    const [first, second] = appKeywords(
      [shown('app-1', 'gantt', [...FOUR, 11]), shown('app-1', 'plan', [...FOUR, 4])],
      WEEKS,
      SETTLED,
    );
    expect(first).toMatchObject({
      keyword: 'gantt',
      assessment: { value: 11, usual: 4, low: 0, high: 10, verdict: 'higher' },
      isNew: false,
    });
    expect(second).toMatchObject({ keyword: 'plan', assessment: { value: 4, verdict: 'within' } });
  });

  it('takes a week in which another keyword showed the app for a week without this one', () => {
    const [, late] = appKeywords(
      [shown('app-1', 'gantt', [...FOUR, 4]), shown('app-1', 'roadmap', [3])],
      WEEKS,
      SETTLED,
    );
    // Twelve weeks of 0: 0 to 1 is usual, 3 is more.
    expect(late).toMatchObject({
      keyword: 'roadmap',
      isNew: true,
      assessment: { usual: 0, high: 1, verdict: 'higher' },
    });
    // Of another app nothing is known in these weeks.
    const [alone] = appKeywords([shown('app-2', 'forms', [3])], WEEKS, SETTLED);
    expect(alone).toMatchObject({ isNew: false, assessment: { value: 3, verdict: 'no history' } });
  });

  it('keeps a keyword that used to show the app and did not, last', () => {
    const list = appKeywords(
      [shown('app-1', 'gantt', [...FOUR.map(() => 12), 0]), shown('app-1', 'plan', [...FOUR, 4])],
      WEEKS,
      SETTLED,
    );
    expect(list.map(({ assessment, keyword }) => [keyword, assessment.value, assessment.verdict])).toEqual([
      ['plan', 4, 'within'],
      ['gantt', 0, 'lower'], // 144 in 12 weeks, none in this one
    ]);
  });

  it('knows nothing of a week that no keyword of the app has', () => {
    const series = [shown('app-1', 'gantt', FOUR)].map((one) => ({
      ...one,
      points: one.points.map(({ period, value }) => ({ period: addDays(period, -7), value })),
    }));
    expect(appKeywords(series, WEEKS, SETTLED)).toEqual([]);
  });

  it('judges the hundred largest, and tests them the more strictly the more they are', () => {
    const many = Array.from({ length: 150 }, (_, index) =>
      shown('app-1', `word ${index}`, [...FOUR, index === 0 ? 11 : 4]),
    );
    const list = appKeywords(many, WEEKS, SETTLED);
    expect(list).toHaveLength(100);
    // 11 after 48 in 12 weeks is higher than usual alone (p = .0072), not among a hundred (limit .001).
    expect(list[0]).toMatchObject({
      keyword: 'word 0',
      assessment: { value: 11, high: 12, verdict: 'within' },
    });
    // One keyword beside 99 other series of the same digest is one of a hundred too.
    const [alone] = appKeywords(many.slice(0, 1), WEEKS, { ...SETTLED, tested: 99 });
    expect(alone?.assessment).toMatchObject({ value: 11, high: 12, verdict: 'within' });
  });

  it('depends on no order, and on no other app', () => {
    const random = createRandom(9);
    const series = ['a', 'b', 'c', 'd'].map((name) =>
      shown(
        'app-1',
        name,
        Array.from({ length: 13 }, () => random.whole(0, 20)),
      ),
    );
    const expected = appKeywords(series, WEEKS, SETTLED);
    expect(appKeywords(random.shuffle(series), WEEKS, SETTLED)).toEqual(expected);
    const more = appKeywords([...series, shown('app-2', 'a', FOUR)], WEEKS, SETTLED);
    expect(more.filter(({ appKey }) => appKey === 'app-1')).toEqual(expected);
  });
});

const FEBRUARY: Day = '2026-02-01';
const JANUARY: Day = '2026-01-01';

function share(dataset: string, name: string, january: number | null, february: number | null): MetricSeries {
  const points = [
    { period: JANUARY, value: january },
    { period: FEBRUARY, value: february },
  ];
  return { metric: 'search-keywords-by-source', appKey: null, dataset, name, type: '', points };
}

describe('marketKeywords', () => {
  const SERIES = [
    share('marketplace', 'jira', 2.6, 2.6),
    share('marketplace', 'structure', 2.5, 2.69),
    share('marketplace', 'automation', null, 2.6),
    share('marketplace', 'old', 9, null),
    share('embedded-marketplace', 'jira', 5, 5),
  ];

  it('are ranked by their share, equal shares equally, beside their place in the month before', () => {
    expect(marketKeywords(SERIES, 'marketplace', FEBRUARY)).toEqual([
      // January: old 9, jira 2.6, structure 2.5.
      { keyword: 'structure', rank: 1, percent: 2.69, rankBefore: 3 },
      { keyword: 'automation', rank: 2, percent: 2.6, rankBefore: undefined },
      { keyword: 'jira', rank: 2, percent: 2.6, rankBefore: 2 },
    ]);
    expect(marketKeywords(SERIES, 'embedded-marketplace', FEBRUARY)).toEqual([
      { keyword: 'jira', rank: 1, percent: 5, rankBefore: 1 },
    ]);
  });

  it('are none in a month that is not known', () => {
    expect(marketKeywords(SERIES, 'marketplace', '2026-03-01')).toEqual([]);
    expect(keywordMonths(SERIES)).toEqual([FEBRUARY, JANUARY]);
  });
});

function missing(
  name: string,
  dataset: string,
  february: number,
  january: number | null = null,
): MetricSeries {
  const points = [
    { period: JANUARY, value: january },
    { period: FEBRUARY, value: february },
  ];
  return { metric: 'zero-result-keywords', appKey: null, dataset, name, type: '', points };
}

describe('productIdeas', () => {
  it('take together spellings and filters of one search, most searches first', () => {
    const series = [
      missing('SAP Sync', 'jira, Cloud', 30, 5),
      missing('sap sync', '', 12, 3),
      missing('carbon', 'Reports', 40),
    ];
    expect(productIdeas(series, FEBRUARY, [])).toEqual([
      // 30 + 12 after 5 + 3.
      { keyword: 'SAP Sync', count: 42, before: 8, filters: ['jira, Cloud'], near: undefined },
      { keyword: 'carbon', count: 40, before: undefined, filters: ['Reports'], near: undefined },
    ]);
    expect(productIdeas(series.toReversed(), FEBRUARY, [])).toEqual(productIdeas(series, FEBRUARY, []));
  });

  it.each([
    ['timline', 'timeline'], // a letter is missing
    ['gant chart', 'gantt'], // in one of its words
    ['roadmpa', 'roadmap'], // two letters swapped
    ['timeline', undefined], // the keyword itself
    ['timeline for teams', undefined], // contains it
    ['timelines', undefined], // more than one of it
    ['url', undefined], // three letters are too few to tell
    ['url scanner', undefined],
    ['wartezeit', undefined],
  ])('know that %s may mean %s', (searched, near) => {
    const own = ['timeline', 'gantt', 'roadmap', 'uml'];
    expect(productIdeas([missing(searched, '', 5)], FEBRUARY, own)[0]?.near).toBe(near);
  });

  it('compare no text letter by letter that is as long as a novel', () => {
    const [idea] = productIdeas([missing('timline '.repeat(2000), '', 5)], FEBRUARY, ['timeline']);
    expect(idea?.near).toBeUndefined();
  });

  it('keep a keyword of signs alone', () => {
    const series = [missing('!!!', '', 2), missing('???', '', 1)];
    expect(productIdeas(series, FEBRUARY, []).map(({ keyword }) => keyword)).toEqual(['!!!', '???']);
  });
});

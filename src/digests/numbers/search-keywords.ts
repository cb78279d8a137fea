import { ONE_WEEK } from '../../analytics/usual.ts';
import type { WeekValue } from '../../analytics/weekly-series.ts';
import { weeksEndingWith } from '../../domain/day.ts';
import type { TracedNumber } from '../../domain/traced-number.ts';
import type { SearchKeywordsDigest } from '../../messages/search-keywords-digest.ts';
import { monthLabel } from '../../messages/kit/words.ts';
import { countedAs, type Rest, sumInOrder, sumOf, usualWeeks, weekRows } from './trace.ts';

/** Atlassian counts all apps together by itself; lists of keywords leave rare ones out. */
const BESIDE_APPS: Rest = {
  missing: 'Counted for all apps together, for none of them alone',
  surplus: 'Counted for apps, not for all together',
};

const BESIDE_KEYWORDS: Rest = {
  missing: 'Searches of keywords that Atlassian does not name',
  surplus: 'Named by keyword, not counted',
};

/** The numbers of the digest of searches with the apps, keywords and weeks behind them. */
export function searchKeywordsNumbers(
  facts: SearchKeywordsDigest,
  allWeeks: readonly WeekValue[],
): TracedNumber[] {
  const { assessment, byApp, fourWeeks, keywords, market, scope, week } = facts;
  const told = { explained: 'Appearances in searches', unit: 'count' } as const;
  const apps = byApp.length === 0 ? [{ app: scope, assessment }] : byApp;
  const four = new Set(weeksEndingWith(week, 4));
  return [
    ...countedAs(
      { ...told, id: 'appearances', title: 'Appearances, by app' },
      assessment.value,
      apps.flatMap((one) =>
        one.assessment.value === undefined ? [] : [{ what: one.app, amount: one.assessment.value }],
      ),
      BESIDE_APPS,
    ),
    ...countedAs(
      { ...told, explained: 'Keywords that showed us', id: 'keywords', title: 'Appearances, by keyword' },
      keywords.length === 0 ? undefined : assessment.value,
      keywords.map((one) => ({ what: `${one.keyword}, ${one.app}`, amount: one.assessment.value ?? 0 })),
      BESIDE_KEYWORDS,
    ),
    ...(fourWeeks.value === undefined
      ? []
      : [
          sumInOrder(
            { ...told, explained: 'Last 4 weeks of searches', id: 'four-weeks', title: 'Last 4 weeks' },
            weekRows(allWeeks.filter((one) => four.has(one.week))),
          ),
        ]),
    ...(market && market.ideas.length > 0
      ? [
          sumOf(
            {
              id: 'ideas',
              title: `Searches that found nothing, ${monthLabel(market.month)}`,
              explained: 'Product ideas',
              unit: 'count',
            },
            market.ideas.map(({ count, keyword }) => ({ what: keyword, amount: count })),
          ),
        ]
      : []),
    ...usualWeeks({ ...told, id: 'usual', title: 'Usual appearances' }, allWeeks, week, ONE_WEEK),
  ];
}

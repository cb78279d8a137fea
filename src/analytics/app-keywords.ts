import { type Day, weekOf } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { assessCount, type CountAssessment } from './unusual-count.ts';
import type { AssessmentOptions } from './usual.ts';
import { knownWeeks, type WeekValue } from './weekly-series.ts';

/** A keyword that shows one app, beside what is usual for it. */
export interface AppKeyword {
  readonly appKey: string;
  readonly keyword: string;
  /** How often it showed the app in the week: 0 when it usually does and did not. */
  readonly assessment: CountAssessment;
  /** It never showed the app in the weeks before. */
  readonly isNew: boolean;
}

interface Counted {
  readonly appKey: string;
  readonly keyword: string;
  readonly values: readonly WeekValue[];
  /** How many the keyword brings: in the week, or in an average week before. */
  readonly size: number;
}

const METRIC = 'app-search-keywords';

/** Keywords judged and shown: a table holds no more, and the rest is seldom searched. */
const MOST = 100;

/** Numbers by week. A week in which another keyword showed the app is known, so that a keyword without a number has 0. */
function valuesOf({ points }: MetricSeries, weeks: readonly Day[], known: ReadonlySet<Day>): WeekValue[] {
  const values = new Map(points.map(({ period, value }) => [weekOf(period), value ?? undefined]));
  return weeks.map((week) => ({ week, value: known.has(week) ? (values.get(week) ?? 0) : undefined }));
}

function countKeywords(series: readonly MetricSeries[], weeks: readonly Day[]): Counted[] {
  const ofApps = series.filter(({ appKey, metric }) => metric === METRIC && appKey !== null);
  return [...Map.groupBy(ofApps, ({ appKey }) => appKey ?? '')].flatMap(([appKey, own]) => {
    const known = knownWeeks(own, METRIC);
    return own.map((one): Counted => {
      const values = valuesOf(one, weeks, known);
      const before = values.slice(0, -1).flatMap(({ value }) => value ?? []);
      const mean = before.reduce((sum, value) => sum + value, 0) / Math.max(1, before.length);
      return { appKey, keyword: one.name, values, size: Math.max(values.at(-1)?.value ?? 0, mean) };
    });
  });
}

/**
 * The keywords that show each app, the most frequent of the week first; of many the 100 largest. `weeks` end with the
 * week judged. Each keyword is compared with the 12 weeks before it; that so many are tested makes each test stricter:
 * `options.tested` is how many other series the same digest tests.
 */
export function appKeywords(
  series: readonly MetricSeries[],
  weeks: readonly Day[],
  options: AssessmentOptions,
): AppKeyword[] {
  const week = weeks.at(-1);
  if (week === undefined) return [];
  const judged = countKeywords(series, weeks)
    .filter(({ size, values }) => size >= 1 && values.at(-1)?.value !== undefined)
    .toSorted((a, b) => b.size - a.size || (a.keyword < b.keyword ? -1 : 1))
    .slice(0, MOST);
  const tested = (options.tested ?? 0) + judged.length;
  return judged
    .map(({ appKey, keyword, values }) => {
      const before = values.slice(0, -1).filter(({ value }) => value !== undefined);
      return {
        appKey,
        keyword,
        assessment: assessCount(values, week, { ...options, tested }),
        isNew: before.length > 0 && before.every(({ value }) => value === 0),
      };
    })
    .toSorted(
      (a, b) =>
        (b.assessment.value ?? 0) - (a.assessment.value ?? 0) ||
        (a.keyword < b.keyword ? -1 : a.keyword > b.keyword ? 1 : a.appKey < b.appKey ? -1 : 1),
    );
}

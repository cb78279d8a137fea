import type { Day } from '../../src/domain/day.ts';
import type { EvaluationFact } from './aggregates.ts';
import { APPS, type DemoApp } from './apps.ts';
import type { Calendar, Offset } from './calendar.ts';
import { growth, type Market, round } from './market.ts';
import type { Subscription } from './subscription.ts';

/** One month of `churnBenchmarkPerMonth`. Rates in percent; `*Benchmark` is a ratio, 1.0 is the average app. */
export interface RawChurnMonth {
  readonly year: string;
  readonly month: string;
  readonly churnedLicenses: number;
  readonly totalLicenses: number;
  readonly churnRate: number;
  readonly isolatedChurnRate: number;
  readonly churnRateBenchmark: number;
  readonly isolatedChurnRateBenchmark: number;
}

/** One app of the churn benchmark. */
export interface RawChurnBenchmark {
  readonly appName: string;
  readonly appKey: string;
  readonly productId: string;
  readonly churnBenchmarkPerMonth: readonly RawChurnMonth[];
}

/** One month of the evaluation benchmark; growth in percent, `*Benchmark*` the lead over the market in points. */
export interface RawEvaluationMonth {
  readonly date: Day;
  readonly evaluationCount: number;
  readonly previousMonthEvaluationCount: number;
  readonly evaluationMoMGrowth: number | null;
  readonly evaluationPercentile: number;
  readonly evaluationCountYTD: number;
  readonly evaluationCountYTDLastYear: number;
  readonly evaluationYTDYoYGrowth: number | null;
  readonly evaluationYTDPercentile: number;
  readonly [benchmark: `evaluation${string}Benchmark${string}`]: number | null;
}

/** The evaluation benchmark as the live API names it. */
export interface RawEvaluationBenchmark {
  readonly totals: {
    readonly name: string;
    readonly evaluationBenchmarkPerVendorPerMonth: readonly RawEvaluationMonth[];
  };
  readonly addons: readonly {
    readonly addonKey: string;
    readonly productId: string;
    readonly name: string;
    readonly evaluationBenchmarkPerAppPerMonth: readonly RawEvaluationMonth[];
  }[];
}

/** Atlassian's monthly comparisons of churn and evaluations. */
export function createBenchmarks(market: Market, calendar: Calendar) {
  /**
   * "Churned in M": active on the last day of M and not on the last day of M+1. M appears on the 5th of M+3, so
   * that the newest month is two to three months old. Free and annual licences count as exposed every month, as
   * Atlassian's do.
   */
  function churn(subscriptions: readonly Subscription[], asOf: Offset): RawChurnBenchmark[] {
    const published = market.months(asOf, 3, 5);
    return APPS.filter((app) => !app.alwaysFree).flatMap((app) => {
      const own = subscriptions.filter(
        (subscription) =>
          subscription.app === app &&
          subscription.hosting === 'Cloud' &&
          subscription.owner === 'customer' &&
          subscription.paidSince !== undefined,
      );
      const rows = published
        .map((month) => churnMonth(app, own, month))
        .filter((row) => row.totalLicenses > 0);
      if (rows.length === 0) return [];
      return [
        { appName: app.name, appKey: app.appKey, productId: app.productId, churnBenchmarkPerMonth: rows },
      ];
    });
  }

  function churnMonth(app: DemoApp, own: readonly Subscription[], month: Offset): RawChurnMonth {
    const lastDay = calendar.monthStart(month, 1) - 1;
    const nextLastDay = calendar.monthStart(month, 2) - 1;
    const isActive = ({ paidSince = Infinity, endedOn = Infinity }: Subscription, day: Offset) =>
      paidSince <= day && endedOn > day;
    const exposed = own.filter((subscription) => isActive(subscription, lastDay));
    const churned = exposed.filter((subscription) => !isActive(subscription, nextLastDay));
    const isolated = churned.filter(({ leftHost }) => !leftHost);
    const base = Math.max(1, exposed.length);
    const churnRate = round((100 * churned.length) / base, 3);
    const isolatedChurnRate = round((100 * isolated.length) / base, 3);
    const [year = '', monthNumber = ''] = calendar.day(month).split('-');
    return {
      year,
      month: monthNumber,
      churnedLicenses: churned.length,
      totalLicenses: exposed.length,
      churnRate,
      isolatedChurnRate,
      churnRateBenchmark: round(churnRate / market.number(`churn/${app.product}`, month, 2.6, 4.8), 2),
      isolatedChurnRateBenchmark: round(
        isolatedChurnRate / market.number(`isolated/${app.product}`, month, 1.8, 3.2),
        2,
      ),
    };
  }

  /** Cloud evaluations by calendar month; month M appears on the 10th of M+1 and is not recounted later. */
  function evaluation(facts: readonly EvaluationFact[], asOf: Offset): RawEvaluationBenchmark {
    const published = market.months(asOf, 1, 10);
    const cloud = facts.filter(({ hosting }) => hosting === 'Cloud');
    const paid = APPS.filter((app) => !app.alwaysFree);
    return {
      totals: {
        name: 'All apps',
        evaluationBenchmarkPerVendorPerMonth: evaluationMonths(cloud, published, 'all', 'AllPartners'),
      },
      addons: paid.map((app) => ({
        addonKey: app.appKey,
        productId: app.productId,
        name: app.name,
        evaluationBenchmarkPerAppPerMonth: evaluationMonths(
          cloud.filter(({ appKey }) => appKey === app.appKey),
          published,
          app.product,
          'AllAppsOnBaseProduct',
        ),
      })),
    };
  }

  function evaluationMonths(
    facts: readonly EvaluationFact[],
    published: readonly Offset[],
    scope: string,
    suffix: string,
  ): RawEvaluationMonth[] {
    return published.flatMap((month) => {
      const knownOn = calendar.monthStart(month, 1) + 9;
      const known = facts.filter(
        ({ visible, goneFrom = Infinity }) => visible <= knownOn && goneFrom > knownOn,
      );
      const count = (from: Offset, before: Offset) =>
        known.filter(({ start }) => start >= from && start < before).length;
      const next = calendar.monthStart(month, 1);
      const evaluationCount = count(month, next);
      const previous = count(calendar.monthStart(month, -1), month);
      if (evaluationCount === 0 && previous === 0) return [];
      const monthNumber = Number(calendar.day(month).slice(5, 7));
      const ytd = count(calendar.monthStart(month, 1 - monthNumber), next);
      const lastYear = count(calendar.monthStart(month, -11 - monthNumber), calendar.monthStart(month, -11));
      const mom = growth(evaluationCount, previous);
      const yoy = growth(ytd, lastYear);
      const lead = (own: number | null, label: string) =>
        own === null ? null : round(own - market.number(`${label}/${scope}`, month, -9, 11), 2);
      return [
        {
          date: calendar.day(month),
          evaluationCount,
          previousMonthEvaluationCount: previous,
          evaluationMoMGrowth: mom,
          evaluationPercentile: Math.round(market.number(`percentile/${scope}`, month, 84, 97)),
          [`evaluationMoMGrowthBenchmark${suffix}`]: lead(mom, 'mom'),
          evaluationCountYTD: ytd,
          evaluationCountYTDLastYear: lastYear,
          evaluationYTDYoYGrowth: yoy,
          evaluationYTDPercentile: Math.round(market.number(`ytd/${scope}`, month, 86, 99)),
          [`evaluationYTDYoYGrowthBenchmark${suffix}`]: lead(yoy, 'yoy'),
        } as RawEvaluationMonth,
      ];
    });
  }

  return { churn, evaluation };
}

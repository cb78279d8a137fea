import type { Day } from '../../src/domain/day.ts';
import { APPS } from './apps.ts';
import type { RawAggregate } from './buckets.ts';
import type { Calendar, Offset } from './calendar.ts';
import { growth, type Market, round } from './market.ts';
import { type SoldLine, sumOf } from './sales.ts';

/** One month; money in dollars, the partner's share; growth in percent, `*Benchmark*` the lead in points. */
export interface RawSalesMonth {
  readonly date: Day;
  readonly sale: number;
  readonly previousMonthSale: number;
  readonly salesMoMGrowth: number | null;
  readonly salesPercentile: number;
  readonly salesYTD: number;
  readonly salesYTDLastYear: number;
  readonly salesYTDYoYGrowth: number | null;
  readonly salesYTDPercentile: number;
  readonly [benchmark: `sales${string}Benchmark${string}`]: number | null;
}

/** The sales benchmark; app rows are compared twice, as public importers saw. */
export type RawSalesBenchmark = RawAggregate<{ readonly salesBenchmarkPerMonth: readonly RawSalesMonth[] }>;

const VENDOR = ['AllPartners'] as const;
const APP = ['AllAppsOnBaseProduct', 'BaseProduct'] as const;

/** Compares Cloud sales by calendar month with the market; the months are the sums of the lines shown that day. */
export function createSalesBenchmark(market: Market, calendar: Calendar) {
  function monthOf(
    lines: readonly SoldLine[],
    month: Offset,
    scope: string,
    comparisons: readonly string[],
  ): RawSalesMonth | undefined {
    const sold = (from: Offset, before: Offset) => sumOf(lines.filter(({ on }) => on >= from && on < before));
    const next = calendar.monthStart(month, 1);
    const sale = sold(month, next);
    const previous = sold(calendar.monthStart(month, -1), month);
    if (sale === 0 && previous === 0) return undefined;
    const monthNumber = Number(calendar.day(month).slice(5, 7));
    const ytd = sold(calendar.monthStart(month, 1 - monthNumber), next);
    const lastYear = sold(calendar.monthStart(month, -11 - monthNumber), calendar.monthStart(month, -11));
    const mom = growth(sale, previous);
    const yoy = growth(ytd, lastYear);
    const leads = (own: number | null, label: string) =>
      Object.fromEntries(
        comparisons.map((comparison) => [
          `${label}${comparison}`,
          own === null
            ? null
            : round(own - market.number(`${label}/${comparison}/${scope}`, month, -8, 9), 2),
        ]),
      );
    return {
      date: calendar.day(month),
      sale,
      previousMonthSale: previous,
      salesMoMGrowth: mom,
      salesPercentile: Math.round(market.number(`sales percentile/${scope}`, month, 80, 98)),
      ...leads(mom, 'salesMoMGrowthBenchmark'),
      salesYTD: ytd,
      salesYTDLastYear: lastYear,
      salesYTDYoYGrowth: yoy,
      salesYTDPercentile: Math.round(market.number(`sales ytd/${scope}`, month, 82, 99)),
      ...leads(yoy, 'salesYTDYoYGrowthBenchmark'),
    };
  }

  function monthsOf(lines: readonly SoldLine[], asOf: Offset, scope: string, comparisons: readonly string[]) {
    return market
      .quarters(asOf)
      .map((month) => monthOf(lines, month, scope, comparisons))
      .filter((month) => month !== undefined);
  }

  return function salesBenchmark(sold: readonly SoldLine[], asOf: Offset): RawSalesBenchmark {
    const cloud = sold.filter(({ row }) => row.purchaseDetails.hosting === 'Cloud');
    return {
      total: { name: 'All apps', salesBenchmarkPerMonth: monthsOf(cloud, asOf, 'all', VENDOR) },
      addons: APPS.filter((app) => !app.alwaysFree).map((app) => ({
        addonKey: app.appKey,
        productId: app.productId,
        name: app.name,
        salesBenchmarkPerMonth: monthsOf(
          cloud.filter(({ appKey }) => appKey === app.appKey),
          asOf,
          app.product,
          APP,
        ),
      })),
    };
  };
}

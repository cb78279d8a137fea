import type { RawDataset, RawSeries } from '../world/aggregates.ts';
import type { RawEvaluationBenchmark } from '../world/benchmarks.ts';
import type { Grouped, RawAggregate } from '../world/buckets.ts';
import type { InsightGroup, RawInsightMonth } from '../world/customer-insights.ts';
import type { RawEvent } from '../world/raw-rows.ts';
import type { RawSales } from '../world/sales.ts';
import type { RawSalesBenchmark, RawSalesMonth } from '../world/sales-benchmark.ts';

/**
 * The shapes printed in Atlassian's reference page where they differ from what the live API sends. Clients must
 * accept both, because nobody outside Atlassian can tell which one an account will see.
 */

/** Churn: in the apps' Annual dataset, Cancellations stands beside the dataset instead of inside it. */
export function churnAsDocumented(answer: RawAggregate<{ datasets: RawDataset[] }>): object {
  return {
    total: answer.total,
    addons: answer.addons.map((addon) => ({
      ...addon,
      datasets: addon.datasets.flatMap((dataset) =>
        dataset.name === 'Annual' ? outside(dataset, 'Cancellations') : [dataset],
      ),
    })),
  };
}

/** Renewal: the total's monthly Renewals stand beside their dataset, and the apps' Annual dataset inside Monthly's series. */
export function renewalAsDocumented(answer: RawAggregate<{ datasets: RawDataset[] }>): object {
  return {
    total: {
      ...answer.total,
      datasets: answer.total.datasets.flatMap((dataset) =>
        dataset.name === 'Monthly' ? outside(dataset, 'Renewals') : [dataset],
      ),
    },
    addons: answer.addons.map((addon) => {
      const annual = addon.datasets.find(({ name }) => name === 'Annual');
      const monthly = addon.datasets.find(({ name }) => name === 'Monthly');
      if (!annual || !monthly) return addon;
      return { ...addon, datasets: [{ ...monthly, series: [...monthly.series, annual] }] };
    }),
  };
}

function outside(dataset: RawDataset, name: string): (RawDataset | RawSeries)[] {
  const inside = dataset.series.filter((series) => series.name !== name);
  return [{ ...dataset, series: inside }, ...dataset.series.filter((series) => series.name === name)];
}

/** Conversion: every series has a conversionType, and a stub of an app has a quote in its only key. */
export function conversionAsDocumented(answer: RawAggregate<{ series: RawSeries[] }>): object {
  const typed = labelled(answer, 'conversionType', 'Upgrade');
  return { ...typed, addons: [...typed.addons, { 'productId"': answer.addons[0]?.productId ?? '' }] };
}

/** Evaluations: every series has an evaluationType. */
export function evaluationsAsDocumented(answer: RawAggregate<{ series: RawSeries[] }>): object {
  return labelled(answer, 'evaluationType', 'Net new evaluation');
}

/** Sales: the sample's series have an evaluationType, copied from another resource. */
export function salesAsDocumented(answer: RawAggregate<{ series: Grouped<RawSales>[] }>): object {
  return labelled(answer, 'evaluationType', 'Net new evaluation');
}

function labelled<Series extends { readonly name: string }>(
  answer: RawAggregate<{ series: Series[] }>,
  field: string,
  value: string,
) {
  const label = ({ name, ...rest }: Series) => ({ name, [field]: value, ...rest });
  return {
    total: { ...answer.total, series: answer.total.series.map(label) },
    addons: answer.addons.map((addon) => ({ ...addon, series: addon.series.map(label) })),
  };
}

/** Events: licenseDetails is null and its fields lie flat in the event. */
export function eventAsDocumented({ licenseDetails, ...rest }: RawEvent): unknown {
  return { ...rest, licenseDetails: null, ...licenseDetails };
}

/** Evaluation benchmark: other names for the same two lists. */
export function evaluationBenchmarkAsDocumented({ totals, addons }: RawEvaluationBenchmark): object {
  return {
    totals: {
      name: totals.name,
      CloudEvaluationBenchmarkPerVendorPerMonth: totals.evaluationBenchmarkPerVendorPerMonth,
    },
    CloudEvaluationBenchmarkPerApp: addons.map(({ evaluationBenchmarkPerAppPerMonth, ...app }) => ({
      ...app,
      CloudEvaluationBenchmarkPerAppPerMonth: evaluationBenchmarkPerAppPerMonth,
    })),
  };
}

/** Sales benchmark: apps are compared with all partners, as the total is. */
export function salesBenchmarkAsDocumented({ addons, total }: RawSalesBenchmark): object {
  const compared = (month: RawSalesMonth) =>
    Object.fromEntries(
      Object.entries(month)
        .filter(([name]) => !name.endsWith('BenchmarkBaseProduct'))
        .map(([name, value]) => [name.replace('AllAppsOnBaseProduct', 'AllPartners'), value]),
    );
  return {
    total,
    addons: addons.map((app) => ({
      ...app,
      salesBenchmarkPerMonth: app.salesBenchmarkPerMonth.map(compared),
    })),
  };
}

const CUSTOMER_LISTS: Readonly<Record<InsightGroup, string>> = {
  activeUsers: 'activePaidUsersInsights',
  edition: 'usersEditionDistribution',
  region: 'regionWiseUserInsightsPerMonth',
  tier: 'usersDistributionPerProduct',
};
const NO_GROUP = { activeUsers: null, edition: null, product: null, region: null, tier: null };

/** Customers: every list has a name of its own, and a group names what it is not grouped by. */
export function customersAsDocumented(group: InsightGroup, months: readonly RawInsightMonth[]): object {
  return {
    [CUSTOMER_LISTS[group]]: months.map(({ date, insightsType }) => ({
      date,
      insightsType: insightsType.map(({ value }) => ({
        value: { ...value, group: { ...NO_GROUP, ...value.group } },
      })),
    })),
  };
}

/** Searches without results, as live: the documented row has the filters that were set. */
export function withoutFilters({ count, searchKeyword }: { searchKeyword: string; count: number }): object {
  return { searchKeyword, count };
}

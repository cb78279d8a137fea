import { benchmarkNews } from '../analytics/benchmark-news.ts';
import { benchmarkMonths } from '../analytics/benchmarks.ts';
import { readSalesBenchmark, type SalesBenchmark, threeMonths } from '../analytics/sales-benchmark.ts';
import type { App } from '../domain/app.ts';
import { addDays, addMonths, type Day, monthsEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { sumCents } from '../domain/money.ts';
import { exactDollars } from '../messages/kit/words.ts';
import {
  salesBenchmarkDigest,
  type SalesBenchmarkDigest,
  type SalesCard,
} from '../messages/sales-benchmark-digest.ts';
import type { SalesRow } from '../messages/sales-benchmark-tables.ts';
import type { ReadModel } from '../store/read-model.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { salesBenchmarkNumbers } from './numbers/sales-benchmark.ts';
import { readAges } from './read-ages.ts';
import { asksFor, scopeName } from './scope-words.ts';

const METRIC = 'sales-benchmark';

/** Months are up to five months old, and three of them are compared with the same a year before. */
const MONTHS = 20;

/** Each app of a month, the largest of the year first. */
function rowsOf(series: readonly MetricSeries[], apps: readonly App[], month: Day): SalesRow[] {
  const appKeys = new Set(series.flatMap(({ appKey }) => appKey ?? []));
  return [...appKeys]
    .flatMap((appKey) => {
      const benchmark = readSalesBenchmark(series, appKey, month);
      const name = apps.find((one) => one.appKey === appKey)?.name ?? appKey;
      return benchmark ? [{ name, benchmark }] : [];
    })
    .toSorted(
      (a, b) =>
        (b.benchmark.yearToDate.sales ?? 0) - (a.benchmark.yearToDate.sales ?? 0) ||
        (a.name < b.name ? -1 : 1),
    );
}

/** Where several apps, each of which has an amount, add up to something else than all of them together. */
function sumMismatches(rows: readonly SalesRow[], own: SalesBenchmark | undefined): string[] {
  return (['ofMonth', 'yearToDate'] as const).flatMap((span) => {
    const known = rows.flatMap(({ benchmark }) => benchmark[span].sales ?? []);
    const whole = own?.[span].sales ?? null;
    const isComparable = whole !== null && rows.length > 1 && known.length === rows.length;
    if (!isComparable || sumCents(known) === whole) return [];
    const words = span === 'ofMonth' ? 'the month' : 'the year to date';
    return `Atlassian tells ${exactDollars(whole)} for ${words} of all apps, its apps one by one make ${exactDollars(sumCents(known))}`;
  });
}

/** The newest month of what the request is about, and what is to be said of it. */
async function readCard(
  read: ReadModel,
  request: DigestRequest,
): Promise<{ month: Day | undefined; card: SalesCard | undefined }> {
  const { app, chartWeeks = CHART_WEEKS, developerId, isAsked, lastSpokeAt, week } = request;
  const query = {
    developerId,
    metric: METRIC,
    from: addMonths(week, -MONTHS),
    to: addDays(week, 6),
  } as const;
  const series = await read.readSeries(query);
  const told =
    lastSpokeAt === undefined ? undefined : await read.readSeries({ ...query, knownAt: lastSpokeAt });
  const own = app?.appKey ?? null;
  const appKeys = app ? [own] : new Set([null, ...series.map(({ appKey }) => appKey)]);
  const { isNew, newest: month, restated } = benchmarkNews(series, told, METRIC, appKeys);
  const isNews = isAsked === true || isNew || restated.length > 0;
  if (month === undefined || !isNews) return { month, card: undefined };
  const salesOf = (known: readonly MetricSeries[], one: Day) =>
    readSalesBenchmark(known, own, one)?.ofMonth.sales ?? null;
  const known = benchmarkMonths(series, METRIC, own);
  const benchmark = readSalesBenchmark(series, own, month);
  const apps = app ? [] : rowsOf(series, await read.readApps(developerId), month);
  return {
    month,
    card: {
      own: benchmark,
      others: app ? 'all apps for the same product' : 'all partners',
      threeMonths: threeMonths(series, own, month),
      apps,
      months: monthsEndingWith(month, chartWeeks)
        .filter((one) => known.includes(one))
        .flatMap((one) => readSalesBenchmark(series, own, one) ?? []),
      restated: restated.map((one) => ({
        month: one,
        before: salesOf(told ?? [], one),
        after: salesOf(series, one),
      })),
      mismatches: sumMismatches(apps, benchmark),
    },
  };
}

/** Cloud sales beside the Marketplace, when months of it come out. */
export const salesBenchmark: Digest = {
  id: 'sales-benchmark',
  aliases: ['sales-benchmarks', 'market-sales'],
  summary: 'Cloud sales beside the Marketplace, when a quarter of it is published',
  definition:
    'Our share of Cloud sales by calendar month and how its growth compares with the Marketplace, when a month of it is published.',
  reads: ['sales-benchmark'],
  async build(read, request) {
    const { developerId, now } = request;
    const facts: SalesBenchmarkDigest = {
      scope: scopeName(request, 'All apps'),
      asks: asksFor('sales-benchmark', request),
      ...(await readCard(read, request)),
      ...(await readAges(read, developerId, { 'sales-benchmark': 'the sales benchmark' })),
      now,
    };
    return { ...salesBenchmarkDigest(facts), numbers: salesBenchmarkNumbers(facts) };
  },
};

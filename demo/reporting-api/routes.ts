import type { AggregateRange } from '../world/aggregates.ts';
import type { EvaluationGroup, EventKind } from '../world/world.ts';
import {
  churnAsDocumented,
  conversionAsDocumented,
  evaluationBenchmarkAsDocumented,
  evaluationsAsDocumented,
  eventAsDocumented,
  renewalAsDocumented,
} from './docs-shapes.ts';
import { selectEvents, selectFeedback } from './event-list.ts';
import { EXPORT_ROUTES } from './export-routes.ts';
import { selectLicenses } from './license-list.ts';
import { exportLinks, indexLinks, pageLink, queryLink, type Resource, selfLink } from './links.ts';
import { readDay, readEnum, readList, readPage } from './query.ts';
import { type Answer, ok, type Route, type RouteContext, shown } from './route.ts';
import { selectTransactions } from './transaction-list.ts';

/** A page of a list, with `_links.next` until there is none. */
function listed(context: RouteContext, resource: Resource, name: string, rows: readonly unknown[]): Answer {
  const { offset, limit } = readPage(context.query, 'refuse');
  return ok({
    _links: {
      self: selfLink(context),
      query: queryLink(context, resource),
      ...(resource === 'feedback' ? {} : { export: exportLinks(context) }),
      ...(offset > 0 ? { prev: pageLink(context, Math.max(0, offset - limit), limit) } : {}),
      ...(offset + limit < rows.length ? { next: pageLink(context, offset + limit, limit) } : {}),
    },
    totalCount: rows.length,
    [name]: rows.slice(offset, offset + limit),
  });
}

/** A page of `/details`: its links are arrays, and in the documented shape they lie outside `_links`. */
function details(context: RouteContext): Answer {
  const kind = context.parts[0] as EventKind;
  const { offset, limit } = readPage(context.query, 'clamp');
  const rows = selectEvents(shown(context).events(kind), context.query);
  const links = {
    query: [queryLink(context, 'details')],
    export: exportLinks(context),
    ...(offset + limit < rows.length ? { next: [pageLink(context, offset + limit, limit)] } : {}),
  };
  const page = rows.slice(offset, offset + limit);
  if (context.docsShapes) return ok({ ...links, events: page.map(eventAsDocumented) });
  return ok({ _links: { self: selfLink(context), ...links }, events: page });
}

/** Aggregates read three parameters and ignore all others without a word. */
function rangeOf({ query }: RouteContext): AggregateRange {
  const aggregation = readEnum(query, 'aggregation', ['week', 'month'])?.has('month') ? 'month' : 'week';
  const startDate = readDay(query, 'startDate');
  const endDate = readDay(query, 'endDate');
  if (startDate && endDate && startDate > endDate) return { aggregation, startDate: '9999-01-01', endDate };
  return { aggregation, startDate, endDate };
}

function aggregate(context: RouteContext, body: object): Answer {
  return ok({ _links: { self: selfLink(context), query: queryLink(context, 'aggregate') }, ...body });
}

function saleMetric(context: RouteContext): Answer {
  const range = rangeOf(context);
  const snapshot = shown(context);
  const kind = context.parts[0] as EventKind;
  if (kind === 'conversion') {
    const answer = snapshot.conversion(range);
    return aggregate(context, context.docsShapes ? conversionAsDocumented(answer) : answer);
  }
  const answer = snapshot.retention(kind, range);
  if (!context.docsShapes) return aggregate(context, answer);
  return aggregate(context, (kind === 'churn' ? churnAsDocumented : renewalAsDocumented)(answer));
}

function evaluations(context: RouteContext): Answer {
  const answer = shown(context).evaluations(context.parts[0] as EvaluationGroup, rangeOf(context));
  return aggregate(context, context.docsShapes ? evaluationsAsDocumented(answer) : answer);
}

/** Keeps the months asked for: both dates snap to their month. */
function inMonths(query: URLSearchParams): (month: string) => boolean {
  const from = readDay(query, 'startDate')?.slice(0, 7) ?? '0000-00';
  const to = readDay(query, 'endDate')?.slice(0, 7) ?? '9999-99';
  return (month) => month >= from && month <= to;
}

/** By `productId`, else by `addon` (app key); ids that name no app are ignored, which selects every app. */
function chosenApps<App extends { readonly productId: string }>(
  query: URLSearchParams,
  apps: readonly App[],
  keyOf: (app: App) => string,
): readonly App[] {
  const byProduct = query.has('productId');
  const wanted = readList(query, byProduct ? 'productId' : 'addon');
  const chosen = apps.filter((app) => wanted?.has(byProduct ? app.productId : keyOf(app)));
  return chosen.length > 0 ? chosen : apps;
}

function churnBenchmark(context: RouteContext): Answer {
  const isAsked = inMonths(context.query);
  const apps = chosenApps(context.query, shown(context).churnBenchmark(), ({ appKey }) => appKey)
    .map((app) => ({
      ...app,
      churnBenchmarkPerMonth: app.churnBenchmarkPerMonth.filter(({ year, month }) =>
        isAsked(`${year}-${month}`),
      ),
    }))
    .filter(({ churnBenchmarkPerMonth }) => churnBenchmarkPerMonth.length > 0);
  return ok({
    _links: { self: selfLink(context), query: queryLink(context, 'benchmark') },
    churnBenchmarkPerApp: apps,
  });
}

function evaluationBenchmark(context: RouteContext): Answer {
  const isAsked = inMonths(context.query);
  const { totals, addons } = shown(context).evaluationBenchmark();
  const answer = {
    totals: {
      ...totals,
      evaluationBenchmarkPerVendorPerMonth: totals.evaluationBenchmarkPerVendorPerMonth.filter(({ date }) =>
        isAsked(date.slice(0, 7)),
      ),
    },
    addons: chosenApps(context.query, addons, ({ addonKey }) => addonKey).map((app) => ({
      ...app,
      evaluationBenchmarkPerAppPerMonth: app.evaluationBenchmarkPerAppPerMonth.filter(({ date }) =>
        isAsked(date.slice(0, 7)),
      ),
    })),
  };
  return ok({
    _links: { self: selfLink(context), query: queryLink(context, 'benchmark') },
    ...(context.docsShapes ? evaluationBenchmarkAsDocumented(answer) : answer),
  });
}

/** Every simulated resource of the reporting API. Paths are exact: a slash too many is a 404, as it is live. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^$/, answer: ({ path }) => ok({ _links: indexLinks(path) }) },
  {
    method: 'GET',
    path: /^\/licenses$/,
    answer: (context) =>
      listed(context, 'licenses', 'licenses', selectLicenses(shown(context).licenses, context.query)),
  },
  {
    method: 'GET',
    path: /^\/sales\/transactions$/,
    answer: (context) =>
      listed(
        context,
        'transactions',
        'transactions',
        selectTransactions(shown(context).transactions, context.query),
      ),
  },
  {
    method: 'GET',
    path: /^\/feedback\/details$/,
    answer: (context) =>
      listed(context, 'feedback', 'feedback', selectFeedback(shown(context).feedback, context.query)),
  },
  ...EXPORT_ROUTES,
  { method: 'GET', path: /^\/sales\/metrics\/churn\/benchmark$/, answer: churnBenchmark },
  { method: 'GET', path: /^\/sales\/metrics\/(churn|conversion|renewal)$/, answer: saleMetric },
  { method: 'GET', path: /^\/sales\/metrics\/(churn|conversion|renewal)\/details$/, answer: details },
  { method: 'GET', path: /^\/benchmark\/evaluations$/, answer: evaluationBenchmark },
  { method: 'GET', path: /^\/evaluations\/(hosting|country|region|partner)$/, answer: evaluations },
];

import type { EventKind } from '../world/world.ts';
import {
  churnAsDocumented,
  conversionAsDocumented,
  evaluationBenchmarkAsDocumented,
  eventAsDocumented,
  renewalAsDocumented,
} from './docs-shapes.ts';
import { selectEvents, selectFeedback } from './event-list.ts';
import { EXPORT_ROUTES } from './export-routes.ts';
import { GROUP_ROUTES } from './group-routes.ts';
import { selectLicenses } from './license-list.ts';
import { exportLinks, indexLinks, pageLink, queryLink, type Resource, selfLink } from './links.ts';
import { MONTHLY_ROUTES } from './monthly-routes.ts';
import { readPage } from './query.ts';
import {
  aggregate,
  type Answer,
  chosenApps,
  inMonths,
  ok,
  rangeOf,
  type Route,
  type RouteContext,
  shown,
} from './route.ts';
import { SEARCH_ROUTES } from './search-routes.ts';
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

/** Every simulated resource. Paths are exact: a slash too many is a 404, as it is live. */
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
  ...GROUP_ROUTES,
  ...MONTHLY_ROUTES,
  ...SEARCH_ROUTES,
];

import type { InsightGroup } from '../world/customer-insights.ts';
import { customersAsDocumented, salesBenchmarkAsDocumented } from './docs-shapes.ts';
import { queryLink, selfLink } from './links.ts';
import { BadRequest } from './query.ts';
import {
  type Answer,
  chosenApps,
  inMonths,
  ok,
  readPart,
  type Route,
  type RouteContext,
  shown,
} from './route.ts';

/** The months that were asked for, and the apps that have any of them: none when the range is reversed. */
function cutter(context: RouteContext) {
  const isAsked = inMonths(context.query);
  return {
    months: <Month extends { readonly date: string }>(all: readonly Month[]) =>
      all.filter(({ date }) => isAsked(date.slice(0, 7))),
    apps: <App extends { readonly productId: string; readonly addonKey: string }>(all: readonly App[]) =>
      chosenApps(context.query, all, ({ addonKey }) => addonKey),
  };
}

function monthly(context: RouteContext, body: object): Answer {
  return ok({ _links: { self: selfLink(context), query: queryLink(context, 'benchmark') }, ...body });
}

function salesBenchmark(context: RouteContext): Answer {
  const { apps, months } = cutter(context);
  const { addons, total } = shown(context).salesBenchmark();
  const answer = {
    total: { ...total, salesBenchmarkPerMonth: months(total.salesBenchmarkPerMonth) },
    addons: apps(addons)
      .map((app) => ({ ...app, salesBenchmarkPerMonth: months(app.salesBenchmarkPerMonth) }))
      .filter(({ salesBenchmarkPerMonth }) => salesBenchmarkPerMonth.length > 0),
  };
  return monthly(context, context.docsShapes ? salesBenchmarkAsDocumented(answer) : answer);
}

function appRequests(context: RouteContext): Answer {
  const { apps, months } = cutter(context);
  const { addons, total } = shown(context).appRequests();
  return monthly(context, {
    total: { ...total, appRequestsAndApprovalsPerMonth: months(total.appRequestsAndApprovalsPerMonth) },
    addons: apps(addons)
      .map((app) => ({
        ...app,
        appRequestsAndApprovalsPerAppPerMonth: months(app.appRequestsAndApprovalsPerAppPerMonth),
      }))
      .filter((app) => app.appRequestsAndApprovalsPerAppPerMonth.length > 0),
  });
}

const GROUPS = {
  regions: 'region',
  editions: 'edition',
  'active-users': 'activeUsers',
  tiers: 'tier',
} as const satisfies Readonly<Record<string, InsightGroup>>;

/** Only `tiers` knows `product`: a name in any case. The others ignore it, as they ignore all but the dates. */
function readProduct({ query }: RouteContext): string | undefined {
  const product = query.get('product')?.toLowerCase();
  if (product !== undefined && product !== 'jira' && product !== 'confluence')
    throw new BadRequest('product', 'Must be a jira or confluence');
  return product;
}

function customers(context: RouteContext): Answer {
  const resource = readPart(context, 'metric', Object.keys(GROUPS) as (keyof typeof GROUPS)[]);
  const group = GROUPS[resource];
  const product = group === 'tier' ? readProduct(context) : undefined;
  const months = cutter(context)
    .months(shown(context).customersBy(group))
    .map(({ date, insightsType }) => ({
      date,
      insightsType: insightsType.filter(
        ({ value }) => product === undefined || value.group.product?.toLowerCase() === product,
      ),
    }));
  return ok({
    _links: {
      self: selfLink(context),
      query: queryLink(context, group === 'tier' ? 'tiers' : 'insights'),
    },
    ...(context.docsShapes ? customersAsDocumented(group, months) : { usersDistributionPerMonth: months }),
  });
}

/** Reports by month. */
export const MONTHLY_ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/benchmark\/sales$/, answer: salesBenchmark },
  { method: 'GET', path: /^\/app-requests-and-approvals$/, answer: appRequests },
  { method: 'GET', path: /^\/customer-insights\/([^/]+)$/, answer: customers },
];

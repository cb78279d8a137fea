import { salesBenchmarkAsDocumented } from './docs-shapes.ts';
import { queryLink, selfLink } from './links.ts';
import { type Answer, chosenApps, inMonths, ok, type Route, type RouteContext, shown } from './route.ts';

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

/** Reports by month. */
export const MONTHLY_ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/benchmark\/sales$/, answer: salesBenchmark },
];

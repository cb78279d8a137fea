import { evaluationsAsDocumented, salesAsDocumented } from './docs-shapes.ts';
import { aggregate, type Answer, rangeOf, readPart, type Route, type RouteContext, shown } from './route.ts';

function evaluations(context: RouteContext): Answer {
  const group = readPart(context, 'metric', ['hosting', 'country', 'region', 'partner']);
  const answer = shown(context).evaluations(group, rangeOf(context));
  return aggregate(context, context.docsShapes ? evaluationsAsDocumented(answer) : answer);
}

function feedback(context: RouteContext): Answer {
  const group = readPart(context, 'metric', ['reason', 'type']);
  return aggregate(context, shown(context).feedbackBy(group, rangeOf(context)));
}

function sales(context: RouteContext): Answer {
  const group = readPart(context, 'metric', ['country', 'hosting', 'partner', 'region', 'tier', 'type']);
  const answer = shown(context).salesBy(group, rangeOf(context));
  return aggregate(context, context.docsShapes ? salesAsDocumented(answer) : answer);
}

/** Aggregates by group. A group that is none is a 400; `sales/transactions/export` is another resource. */
export const GROUP_ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/evaluations\/([^/]+)$/, answer: evaluations },
  { method: 'GET', path: /^\/feedback\/metrics\/([^/]+)$/, answer: feedback },
  { method: 'GET', path: /^\/sales\/transactions\/(?!export$)([^/]+)$/, answer: sales },
];

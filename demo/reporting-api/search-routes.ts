import type { Day } from '../../src/domain/day.ts';
import { APPS } from '../world/apps.ts';
import { withoutFilters } from './docs-shapes.ts';
import { exportLinks, queryLink, type Resource, selfLink } from './links.ts';
import { readDay, readEnum } from './query.ts';
import {
  type Answer,
  ok,
  rangeOf,
  readPart,
  refusal,
  type Route,
  type RouteContext,
  shown,
} from './route.ts';

/** The links of a report about searches. Live, those of an export lead to `/export/export`, which is a 404. */
function links(context: RouteContext, resource: Resource): object {
  return {
    self: selfLink(context),
    query: queryLink(context, resource),
    export: exportLinks(context),
  };
}

/** The day whose month is answered for; undefined when the range is reversed or in the future. */
function readMonth({ query, today }: RouteContext): Day | undefined {
  const from = readDay(query, 'startDate') ?? today;
  const to = readDay(query, 'endDate') ?? today;
  return from > to || from > today ? undefined : from;
}

/** A report is a document; of the two without periods the export is a bare array, as seen live. */
function isExport({ path, query }: RouteContext): boolean {
  if (!path.endsWith('/export')) return false;
  readEnum(query, 'accept', ['json', 'csv']);
  return true;
}

function detailed(context: RouteContext, details: readonly object[]): Answer {
  return isExport(context)
    ? { status: 200, rows: details }
    : ok({ _links: links(context, 'keywords'), details });
}

function topKeywords(context: RouteContext): Answer {
  const source = readPart(context, 'source', ['marketplace', 'embedded-marketplace']);
  const day = readMonth(context);
  return detailed(context, day ? shown(context).topKeywords(source, day) : []);
}

function missingKeywords(context: RouteContext): Answer {
  readPart(context, 'source', ['marketplace']);
  const day = readMonth(context);
  const rows = day ? shown(context).missingKeywords(day) : [];
  return detailed(context, context.docsShapes ? rows : rows.map(withoutFilters));
}

function appSearches(context: RouteContext): Answer {
  isExport(context);
  const addons = shown(context).appSearches(rangeOf(context));
  const [top] = addons.toSorted((a, b) => b.searchAppearances - a.searchAppearances);
  const searchAppearances = addons.reduce((sum, app) => sum + app.searchAppearances, 0);
  return ok({
    _links: links(context, 'aggregate'),
    total: { searchAppearances, topSearchKeyword: top?.leadingSearchKeyword ?? '' },
    addons,
  });
}

function appKeywords(context: RouteContext): Answer {
  const app = APPS.find(({ productId }) => productId === context.parts[0]);
  if (!app) return refusal(404, 'Product not found');
  isExport(context);
  const details = shown(context).appKeywords(app, rangeOf(context));
  return ok({
    _links: links(context, 'aggregate'),
    summary: {
      addonName: app.name,
      addonKey: app.appKey,
      productId: app.productId,
      leadingSearchKeyword: details[0]?.searchKeyword ?? '',
      allSearchAppearances: details.reduce((sum, { keywordCount }) => sum + keywordCount, 0),
    },
    details,
  });
}

/** CSV is what the real API also gives; the simulator says that it does not. */
function jsonOnly(answer: Route['answer']): Route['answer'] {
  return (context) =>
    context.query.get('accept') === 'csv' ? refusal(406, 'Only JSON exports are simulated') : answer(context);
}

/** Reports about searches and their exports. */
export const SEARCH_ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/search-keywords(?:\/export)?$/, answer: jsonOnly(appSearches) },
  { method: 'GET', path: /^\/search-keywords\/source\/([^/]+)(?:\/export)?$/, answer: jsonOnly(topKeywords) },
  {
    method: 'GET',
    path: /^\/zero-search-results-keywords\/source\/([^/]+)(?:\/export)?$/,
    answer: jsonOnly(missingKeywords),
  },
  {
    method: 'GET',
    path: /^\/products\/([^/]+)\/search-keywords(?:\/export)?$/,
    answer: jsonOnly(appKeywords),
  },
];

import { APPS } from '../world/apps.ts';
import type { EventKind, WorldSnapshot } from '../world/world.ts';
import { selectTouchpoints } from './attribution.ts';
import { flattened, writeCsv } from './csv.ts';
import { selectEvents, selectFeedback } from './event-list.ts';
import { selectFreeStarters } from './free-starter.ts';
import { selectLicenses } from './license-list.ts';
import { selfLink } from './links.ts';
import { readDay, readEnum, readList } from './query.ts';
import { type Answer, ok, refusal, type Route, type RouteContext, shown } from './route.ts';
import { selectTransactions } from './transaction-list.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The rows in the format asked for: `accept` before the header, and CSV where neither says anything. */
function inFormat(
  { accept, query }: RouteContext,
  rows: Rows,
  { fallback = 'csv', without = [] }: { fallback?: 'csv' | 'json'; without?: readonly string[] } = {},
): Answer {
  const asked = readEnum(query, 'accept', ['csv', 'json']);
  const byHeader = /text\/csv/i.test(accept) ? 'csv' : fallback;
  const format = asked?.values().next().value ?? byHeader;
  if (format === 'json') return { status: 200, rows };
  const flat = rows.map(flattened);
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return {
    status: 200,
    text: writeCsv(
      columns.filter((name) => !without.includes(name)),
      flat,
    ),
    type: 'text/csv',
  };
}

/** The rows of an asynchronous export; without a snapshot it only checks the query. */
function selectFor(resource: string, snapshot: WorldSnapshot | undefined, query: URLSearchParams): Rows {
  if (resource === 'licenses') return selectLicenses(snapshot?.licenses ?? [], query);
  if (resource === 'sales/transactions') return selectTransactions(snapshot?.transactions ?? [], query);
  return selectTouchpoints(snapshot?.licenses ?? [], query);
}

function startExport(context: RouteContext): Answer {
  const { world, today, exports, query, path, parts } = context;
  const [resource = ''] = parts;
  if (query.has('accept') && query.get('accept') !== 'json') {
    return refusal(406, 'Only JSON exports are simulated');
  }
  // Malformed filters are refused now, not at the download.
  selectFor(resource, undefined, query);
  const id = exports.start(resource, today, query, () => selectFor(resource, world.at(today), query));
  return ok({
    _links: {
      self: { href: path },
      query: selfLink(context),
      // For the attribution of visits these two lead nowhere, as in the documentation's sample.
      status: { href: `${path}/${id}/status` },
      download: { href: `${path}/${id}` },
    },
    export: { id },
  });
}

/** Which export a path is about: visits have theirs at a path that names no resource. */
function jobOf({ parts }: RouteContext): { resource: string; id: string } {
  const [resource, id = ''] = parts;
  return { resource: resource ?? 'marketing-attribution', id };
}

function exportStatus(context: RouteContext): Answer {
  const { exports, path } = context;
  const { resource, id } = jobOf(context);
  const status = exports.poll(resource, id);
  if (!status) return refusal(404, 'Export not found');
  const download = { href: path.replace(/\/status$/, '') };
  return ok({ _links: { self: { href: path }, query: { href: path }, download }, export: { id, status } });
}

function downloadExport(context: RouteContext): Answer {
  const { resource, id } = jobOf(context);
  const rows = context.exports.download(resource, id);
  if (rows === undefined) return refusal(404, 'Export not found');
  return rows === 'not yet' ? refusal(404, 'Export is being processed') : { status: 200, rows };
}

function freeStarters(context: RouteContext): Answer {
  const { query } = context;
  const asked = readList(query, 'productId');
  // The live API breaks where it finds no such app.
  if (asked && !APPS.some(({ productId }) => asked.has(productId))) return { status: 500 };
  const rows = selectFreeStarters(context.world, context.today, readDay(query, 'date'), query);
  return inFormat(context, rows, { fallback: 'json', without: ['productId'] });
}

/** Exports: asynchronous ones, and those that answer at once. None reads `limit` and `offset`. */
export const EXPORT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/(licenses|sales\/transactions|marketing-attribution)\/async\/export$/,
    answer: startExport,
  },
  {
    method: 'GET',
    path: /^(?:\/(licenses|sales\/transactions))?\/async\/export\/([^/]+)\/status$/,
    answer: exportStatus,
  },
  {
    method: 'GET',
    path: /^(?:\/(licenses|sales\/transactions))?\/async\/export\/([^/]+)$/,
    answer: downloadExport,
  },
  {
    method: 'GET',
    path: /^\/(licenses|sales\/transactions)\/export$/,
    hasCsv: true,
    answer: (context) => inFormat(context, selectFor(context.parts[0] ?? '', shown(context), context.query)),
  },
  {
    method: 'GET',
    path: /^\/sales\/metrics\/(churn|conversion|renewal)\/details\/export$/,
    hasCsv: true,
    answer: (context) =>
      inFormat(context, selectEvents(shown(context).events(context.parts[0] as EventKind), context.query), {
        without: ['productId'],
      }),
  },
  {
    method: 'GET',
    path: /^\/feedback\/details\/export$/,
    hasCsv: true,
    answer: (context) => inFormat(context, selectFeedback(shown(context).feedback, context.query)),
  },
  { method: 'GET', path: /^\/sales\/freeStarterTier\/export$/, hasCsv: true, answer: freeStarters },
];

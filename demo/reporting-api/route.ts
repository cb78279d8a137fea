import type { Day } from '../../src/domain/day.ts';
import type { AggregateRange } from '../world/buckets.ts';
import type { World, WorldSnapshot } from '../world/world.ts';
import type { Exports } from './exports.ts';
import type { FileLinks } from './file-links.ts';
import { type Asked, queryLink, selfLink } from './links.ts';
import { BadRequest, readDay, readEnum, readList } from './query.ts';

/** What to send: a JSON value, the rows of an export, which are streamed as one array, or text of another type. */
export type Answer =
  | { readonly status: number; readonly body?: unknown }
  | { readonly status: 200; readonly rows: readonly unknown[] }
  | { readonly status: number; readonly text: string; readonly type: string };

/** What a route knows about the world and the request. */
export interface RouteContext extends Asked {
  readonly world: World;
  readonly today: Day;
  readonly developerId: string;
  readonly vendorId: number;
  readonly exports: Exports;
  readonly files: FileLinks;
  readonly docsShapes: boolean;
  /** What `limit` and `offset` of partner metrics count. */
  readonly metricPages: 'periods' | 'rows';
  /** The request's `Accept`. */
  readonly accept: string;
  /** The JSON of a POST; undefined where there is none. */
  readonly body: unknown;
  /** What the path's groups matched. */
  readonly parts: readonly string[];
}

/** One resource. Its path is matched from below its root on. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  /** It can answer in CSV too; others answer 406 to a caller who takes no JSON. */
  readonly hasCsv?: true;
  readonly answer: (context: RouteContext) => Answer;
}

/** The developer space as it is shown today. */
export function shown({ world, today }: RouteContext): WorldSnapshot {
  return world.at(today);
}

/** A success. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A refusal as the reporting resources word it. */
export function refusal(status: number, message: string, path?: string): Answer {
  return { status, body: { errors: [{ message, ...(path ? { path } : {}) }] } };
}

/** Aggregates read three parameters and ignore all others without a word. */
export function rangeOf({ query }: RouteContext): AggregateRange {
  const aggregation = readEnum(query, 'aggregation', ['week', 'month'])?.has('month') ? 'month' : 'week';
  const startDate = readDay(query, 'startDate');
  const endDate = readDay(query, 'endDate');
  if (startDate && endDate && startDate > endDate) return { aggregation, startDate: '9999-01-01', endDate };
  return { aggregation, startDate, endDate };
}

/** The answer of an aggregate, with its links. */
export function aggregate(context: RouteContext, body: object): Answer {
  return ok({ _links: { self: selfLink(context), query: queryLink(context, 'aggregate') }, ...body });
}

/** Keeps the months asked for: both dates snap to their month. */
export function inMonths(query: URLSearchParams): (month: string) => boolean {
  const from = readDay(query, 'startDate')?.slice(0, 7) ?? '0000-00';
  const to = readDay(query, 'endDate')?.slice(0, 7) ?? '9999-99';
  return (month) => month >= from && month <= to;
}

/** By `productId`, else by `addon` (app key); ids that name no app are ignored, which selects every app. */
export function chosenApps<App extends { readonly productId: string }>(
  query: URLSearchParams,
  apps: readonly App[],
  keyOf: (app: App) => string,
): readonly App[] {
  const byProduct = query.has('productId');
  const wanted = readList(query, byProduct ? 'productId' : 'addon');
  const chosen = apps.filter((app) => wanted?.has(byProduct ? app.productId : keyOf(app)));
  return chosen.length > 0 ? chosen : apps;
}

/** What the path's only group names; a 400 for anything else, as live. */
export function readPart<Name extends string>(
  { parts }: RouteContext,
  path: string,
  allowed: readonly Name[],
): Name {
  const name = allowed.find((one) => one === parts[0]);
  if (name === undefined) throw new BadRequest(path, `Must be one of: ${allowed.join(', ')}`);
  return name;
}

const takesJson = (accept: string): boolean => accept === '' || /\*\/\*|application\/(\*|json)/i.test(accept);

/** The answer to a request below a root: 404 for unknown paths, 405 for known ones asked wrongly. */
export function answerFrom(
  routes: readonly Route[],
  method: string,
  rest: string,
  context: Omit<RouteContext, 'parts'>,
): Answer {
  const matching = routes.filter(({ path }) => path.test(rest));
  const route = matching.find((candidate) => candidate.method === method);
  if (!route) return matching.length > 0 ? { status: 405 } : { status: 404 };
  if (!route.hasCsv && !takesJson(context.accept)) return { status: 406 };
  try {
    return route.answer({ ...context, parts: route.path.exec(rest)?.slice(1) ?? [] });
  } catch (error) {
    if (error instanceof BadRequest) return refusal(400, error.message, error.path);
    throw error;
  }
}

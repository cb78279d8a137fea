import type { Day } from '../../src/domain/day.ts';
import type { World, WorldSnapshot } from '../world/world.ts';
import type { Exports } from './exports.ts';
import type { FileLinks } from './file-links.ts';
import type { Asked } from './links.ts';
import { BadRequest } from './query.ts';

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

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A refusal as the reporting resources word it. */
export function refusal(status: number, message: string, path?: string): Answer {
  return { status, body: { errors: [{ message, ...(path ? { path } : {}) }] } };
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

import { nearestWord } from '../commands/nearest-word.ts';
import type { Endpoint } from '../reporting/endpoint.ts';
import { endpoints } from '../reporting/endpoints/index.ts';
import { readParameters } from '../reporting/parameters.ts';
import { UsageError } from './context.ts';

/** The options of `pulse report`, as they are typed. */
export interface ReportOptions {
  readonly param?: readonly string[];
  readonly json?: boolean;
  readonly table?: boolean;
  readonly columns?: string;
  readonly limit?: string;
  readonly describe?: boolean;
}

/** What is asked for, checked before anything is configured or sent. */
export interface ReportRequest {
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Rows in all. */
  readonly limit: number;
  readonly table: boolean;
  readonly columns?: readonly string[];
}

/** How many endpoints a suggestion names. */
const MOST_NAMED = 6;

/** The endpoint of a name. Throws a UsageError that names the nearest ones. */
export function chooseEndpoint(id: string): Endpoint<unknown> {
  const all: Readonly<Record<string, Endpoint<unknown>>> = endpoints;
  if (Object.hasOwn(all, id)) return all[id] as Endpoint<unknown>;
  const ids = Object.keys(all);
  const word = id.toLowerCase();
  const nearest = nearestWord(word, ids);
  const parts = word.split(/[^a-z]+/).filter((part) => part.length > 2);
  const related = ids.filter((one) => parts.some((part) => one.includes(part)));
  const meant = nearest === undefined ? related.slice(0, MOST_NAMED) : [nearest];
  const hint = meant.length === 0 ? '' : ` Did you mean ${meant.join(', ')}?`;
  throw new UsageError(`There is no endpoint "${id}".${hint} \`report\` without a name lists all of them.`);
}

/** `--param productId=a --param productId=b` as the client takes it. */
function toParameters({ id, parameters: known }: Endpoint<unknown>, pairs: readonly string[]) {
  const parameters: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--param is "${pair}": give name=value.`);
    const name = pair.slice(0, at);
    const names = Object.keys(known);
    if (!names.includes(name)) {
      const nearest = nearestWord(name, names);
      const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
      throw new UsageError(
        `"${name}" is no parameter of ${id}.${hint} It takes: ${names.join(', ') || 'none'}.`,
      );
    }
    (parameters[name] ??= []).push(pair.slice(at + 1));
  }
  return parameters;
}

function toLimit(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const limit = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (limit > 0) return limit;
  throw new UsageError(`--limit is "${text}": give a number of rows from 1.`);
}

function toColumns(text: string | undefined): readonly string[] | undefined {
  const columns = text?.split(',').map((name) => name.trim());
  if (columns?.includes('')) throw new UsageError(`--columns is "${text}": give names separated by commas.`);
  return columns;
}

/**
 * Reads the options. Throws a UsageError, or the client's own ApiParameterError, for anything that the endpoint does not
 * take; nothing has been asked by then.
 */
export function toReportRequest(endpoint: Endpoint<unknown>, options: ReportOptions): ReportRequest {
  if (options.json && options.table) throw new UsageError('Give either --json or --table.');
  const parameters = toParameters(endpoint, options.param ?? []);
  readParameters(endpoint, parameters, undefined);
  const columns = toColumns(options.columns);
  return {
    parameters,
    limit: toLimit(options.limit),
    table: options.table === true || columns !== undefined,
    ...(columns && { columns }),
  };
}

import type { Endpoint, GivenParameters, ParameterList, ParameterValues, Selection } from './endpoint.ts';
import { isId } from './endpoints/shapes/parameter-kinds.ts';
import { ApiParameterError } from './errors.ts';
import type { PathNames } from './origin.ts';

/** What a caller gave, read against an endpoint. */
export interface ReadParameters {
  /** What is sent: multiple values as repeated keys. */
  readonly query: URLSearchParams;
  /** What fills the path. */
  readonly names: PathNames;
  /** What the source's JSON body is built from. */
  readonly body: ParameterValues;
  /** What is filtered on our side. */
  readonly selection: Selection;
}

type Given = GivenParameters<ParameterList>;

function checkedValues(endpoint: Endpoint<unknown>, name: string, given: Given[string]) {
  const parameter = Object.hasOwn(endpoint.parameters, name) ? endpoint.parameters[name] : undefined;
  if (!parameter) {
    const allowed = Object.keys(endpoint.parameters).join(', ') || 'none';
    throw new ApiParameterError(
      `"${name.slice(0, 60)}" is no parameter of ${endpoint.id}. It takes: ${allowed}.`,
    );
  }
  const parsed = parameter.values.safeParse(typeof given === 'string' ? [given] : (given ?? []));
  if (!parsed.success) {
    const reasons = [...new Set(parsed.error.issues.map((issue) => issue.message))].join('; ');
    throw new ApiParameterError(`${endpoint.id}: ${name} takes ${reasons}.`);
  }
  return { parameter, values: parsed.data };
}

/** Throws for apps that no row can be of: nothing at all would come, and read as "no sales". */
function checkAppKeys(endpoint: Endpoint<unknown>, appKeys: readonly string[]): void {
  if (endpoint.isAppless) {
    throw new ApiParameterError(`${endpoint.id} has rows that name no app: they cannot be had by app.`);
  }
  if (!appKeys.every(isId)) throw new ApiParameterError(`${endpoint.id}: appKeys takes ids without commas.`);
}

function union(one: readonly string[] | undefined, other: readonly string[] | undefined) {
  return one || other ? new Set([...(one ?? []), ...(other ?? [])]) : undefined;
}

/**
 * Checks a caller's parameters and builds the query. Throws an ApiParameterError for unknown names (naming the known
 * ones), for missing ones that the endpoint needs, for values the API does not take (undefined among them: it may have
 * been meant to select something), for apps of rows that name none, and for a range that ends before it starts: the API
 * answers that with 200 and nothing, which would read as "no sales".
 */
export function readParameters(
  endpoint: Endpoint<unknown>,
  given: Given,
  appKeys: readonly string[] | undefined,
): ReadParameters {
  if (appKeys) checkAppKeys(endpoint, appKeys);
  const query = new URLSearchParams();
  const names: Record<string, string> = {};
  const body: Record<string, readonly string[]> = {};
  const here = new Map<string, readonly string[]>();
  const merged: Given = { ...endpoint.defaults, ...given };
  for (const [name, parameter] of Object.entries(endpoint.parameters)) {
    if (parameter.isRequired && !Object.hasOwn(merged, name)) {
      throw new ApiParameterError(`${endpoint.id} needs ${name}, ${parameter.takes}: ${parameter.about}.`);
    }
  }
  for (const [name, raw] of Object.entries(merged)) {
    const { parameter, values } = checkedValues(endpoint, name, raw);
    const { isCheckedHere, sentIn } = parameter;
    if (sentIn === 'path') names[name] = values[0] ?? '';
    if (sentIn === 'body') body[name] = values;
    if (sentIn === 'query') for (const value of values) query.append(name, value);
    if (isCheckedHere) here.set(name, values);
  }
  const [start] = body['startDate'] ?? query.getAll('startDate');
  const [end] = body['endDate'] ?? query.getAll('endDate');
  if (start !== undefined && end !== undefined && start > end) {
    throw new ApiParameterError(`${endpoint.id}: startDate ${start} is after endDate ${end}.`);
  }
  const wantedApps = union(here.get('appKey'), appKeys);
  const wantedProducts = here.get('productId')?.map((id) => id.toLowerCase());
  return {
    query,
    names,
    body,
    selection: {
      ...(wantedApps ? { appKeys: wantedApps } : {}),
      ...(wantedProducts ? { productIds: new Set(wantedProducts) } : {}),
    },
  };
}

import nock from 'nock';
import { afterEach, beforeAll } from 'vitest';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { PullOptions } from '../../src/reporting/client.ts';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { allOf, clientFor, EMAIL, TOKEN } from '../unit/reporting/loopback.ts';
import { sample } from '../unit/reporting/samples.ts';

// A loopback name: the guard against the internet sits below nock. Nothing listens on port 1.
export const ORIGIN = 'http://127.0.0.1:1';

/** Serves nothing but what a test sets up, and fails a test that did not ask for all of it. */
export function useSamplesOnly(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    if (left.length > 0) throw new Error(`never asked for: ${left.join(', ')}`);
  });
}

/** The simulated API, for one request. */
export const api = () => nock(ORIGIN, { badheaders: ['cookie'] }).matchHeader('accept', 'application/json');

/** The path of an endpoint; `names` fill what the developer space leaves open. */
export const pathOf = (
  { path }: Pick<Endpoint<unknown>, 'path'>,
  names: Readonly<Record<string, string>> = {},
) =>
  `/marketplace/rest/3/${path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'developerId' ? 'space-1' : (names[name] ?? `no ${name}`),
  )}`;

/** All rows of an endpoint through the real client. */
export async function pull<Row>(endpoint: Endpoint<Row>, options: PullOptions = {}) {
  const { client } = clientFor(`${ORIGIN}/marketplace`);
  const started = client.pull(endpoint, options);
  return { rows: await allOf(started), report: started.report };
}

/** The rows of an endpoint that is answered with this document. */
export async function pullAnswer<Row>(
  endpoint: Endpoint<Row>,
  answer: object,
  parameters: Readonly<Record<string, string>> = {},
) {
  api()
    .get(pathOf(endpoint, parameters))
    .query(true)
    .basicAuth({ user: EMAIL, pass: TOKEN })
    .reply(200, JSON.stringify(answer), { 'content-type': 'application/json' });
  return pull(endpoint, { parameters });
}

/** The rows of an endpoint that is answered with a sample of the reference. */
export const pullDocument = <Row>(
  endpoint: Endpoint<Row>,
  name: string,
  parameters: Readonly<Record<string, string>> = {},
) => pullAnswer(endpoint, sample(name), parameters);

/** Nothing was left out and nothing was unknown. */
export const CLEAN = { quarantined: [], quarantinedRows: 0, unmappedFields: new Map() };

/** `app|dataset|name|type|value|value...`, "ALL" for all apps together. */
export const numbers = (rows: readonly MetricSeries[]) =>
  rows.map(({ appKey, dataset, name, type, points }) =>
    [appKey ?? 'ALL', dataset, name, type, ...points.map(({ value }) => value)].join('|'),
  );

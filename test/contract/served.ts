/** What contract tests share: a mocked API at a loopback name, and whole pulls through the real client. */
import nock from 'nock';
import { afterEach, beforeAll } from 'vitest';
import type { PullOptions } from '../../src/reporting/client.ts';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { allOf, clientFor } from '../unit/reporting/loopback.ts';

// The guard against the internet sits below nock. Nothing listens on port 1.
export const ORIGIN = 'http://127.0.0.1:1';

/** A report of which nothing was set aside and nothing is unknown. */
export const CLEAN = { quarantined: [], quarantinedRows: 0, unmappedFields: new Map() };

/** Where an endpoint's path template leads. */
export const pathOf = (path: string): string =>
  `/marketplace/rest/3/${path.replace('{developerId}', 'space-1')}`;

/** Everything but the mocked answers is refused; a mock that nobody asked for fails its test. */
export function mockTheApi(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    if (left.length > 0) throw new Error(`never asked for: ${left.join(', ')}`);
  });
}

/** An API that only answers requests without a cookie that accept JSON. */
export const api = () => nock(ORIGIN, { badheaders: ['cookie'] }).matchHeader('accept', 'application/json');

/** All rows of an endpoint, with the report of the pull. */
export async function pullAll<Row>(endpoint: Endpoint<Row>, options: PullOptions = {}) {
  const { client } = clientFor(`${ORIGIN}/marketplace`);
  const started = client.pull(endpoint, options);
  return { rows: await allOf(started), report: started.report };
}

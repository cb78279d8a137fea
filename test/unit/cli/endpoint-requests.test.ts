import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../src/cli/endpoint-requests.ts';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { allOf, clientFor } from '../reporting/loopback.ts';
import type { EndpointId } from '../reporting/raw-answers.ts';
import { neededBy, serveAnswer } from '../reporting/serve-answer.ts';

describe('the requests that are told of an endpoint', () => {
  it.each(Object.keys(endpoints) as EndpointId[])('are those the client sends: %s', async (id) => {
    const server = await serveAnswer(id);
    const { client } = clientFor(server.url);
    const endpoint: Endpoint<unknown> = endpoints[id];
    const parameters = neededBy(endpoint);
    const rows = await allOf(client.pull(endpoint, { parameters }));
    const names: Record<string, string> = { ...parameters, developerId: 'space-1', exportId: 'e-1' };
    const told = requestsOf(endpoint).map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')}`,
    );
    const sent = server.asked
      .map(({ method, url }) => `${method} ${url.pathname}`)
      .filter((one) => one !== 'GET /file');
    expect([...new Set(sent)]).toEqual(told);
    expect(rows.length).toBeGreaterThan(0);
  });
});

/** The answers around the rows, one field changed at a time: the same rows, or an error that says so. Never fewer. */
import { describe, expect, it } from 'vitest';
import type { PullOptions } from '../../../src/reporting/client.ts';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { allOf, clientFor, errorOf, json, type Loopback, serve } from './loopback.ts';
import { type Json, licenseSample, sample } from './samples.ts';

type Mutation = (parent: Json, name: string) => void;

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  dropped: (parent, name) => {
    delete parent[name];
  },
  renamed: (parent, name) => {
    parent[`${name}2`] = parent[name];
    delete parent[name];
  },
  retyped: (parent, name) => {
    parent[name] = typeof parent[name] === 'number' ? String(parent[name]) : 4711;
  },
  nulled: (parent, name) => {
    parent[name] = null;
  },
  nested: (parent, name) => {
    parent[name] = { value: parent[name] };
  },
  emptied: (parent, name) => {
    parent[name] = '';
  },
};

/** The answer with each of its fields changed in each way, by what was done. */
function mutationsOf(answer: Json): [string, Json][] {
  const places = (value: unknown, under: readonly string[] = []): string[][] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([name, inner]) => [
          [...under, name],
          ...places(inner, [...under, name]),
        ]);
  return places(answer).flatMap((path) =>
    Object.entries(MUTATIONS).map(([kind, mutation]): [string, Json] => {
      const copy = structuredClone(answer);
      let parent: Json = copy;
      for (const name of path.slice(0, -1)) parent = parent[name] as Json;
      mutation(parent, path.at(-1) ?? '');
      return [`${path.join('.')} ${kind}`, copy];
    }),
  );
}

/** The number of rows, or the code of the error. */
async function outcomeOf(server: Loopback, endpoint: Endpoint<unknown>, options: PullOptions = {}) {
  const { client } = clientFor(server.url);
  const rows = allOf(client.pull(endpoint, options)).then((all) => all.length);
  return rows.catch(
    async (error: unknown) => (await errorOf(Promise.reject(error as Error))).code ?? 'no code',
  );
}

const START = sample('licenses.async.export');
const STATUS = sample('async.export.exportId.status');

function serveExport(start: Json, status: Json): Promise<Loopback> {
  return serve(({ method, url }, response) => {
    if (method === 'POST') json(response, start);
    else json(response, url.pathname.endsWith('/status') ? status : [licenseSample(), licenseSample()]);
  });
}

describe('an export whose answers change', () => {
  it.each(mutationsOf(START))('in its start (%s) gives all rows or an error', async (_what, start) => {
    const outcome = await outcomeOf(await serveExport(start, STATUS), endpoints['licenses-export']);
    expect([2, 'API_UNEXPECTED_SHAPE']).toContain(outcome);
  });

  it.each(mutationsOf(STATUS))('in its status (%s) gives all rows or an error', async (_what, status) => {
    const outcome = await outcomeOf(await serveExport(START, status), endpoints['licenses-export']);
    expect([2, 'API_UNEXPECTED_SHAPE', 'EXPORT_TIMED_OUT']).toContain(outcome);
  });
});

describe('a link to a file', () => {
  it.each(mutationsOf(sample('product-catalog')))(
    'that changes (%s) gives all rows or an error',
    async (_what, answer) => {
      const server: Loopback = await serve(({ url }, response) => {
        if (url.pathname === '/file') {
          response.end(
            'marketplace_app_key,marketplace_app_name,app_software_hosting\na,A,CLOUD\nb,B,CLOUD\n',
          );
        } else {
          const text = JSON.stringify(answer).replace(/https:\/\/s3[^"]*/, `${server.url}/file`);
          json(response, text);
        }
      });
      const outcome = await outcomeOf(server, endpoints['product-catalog']);
      expect([2, 'API_UNEXPECTED_SHAPE', 'FILE_REFUSED']).toContain(outcome);
    },
  );
});

describe('a request to wait', () => {
  it.each([
    ['in seconds', '7', 7_000],
    ['until a date', 'Tue, 10 Mar 2026 00:00:30 GMT', 30_000],
    ['of no length', '0', 1_000],
    ['backwards', '-5', 1_000],
    ['in words', 'soon', 1_000],
    ['without a time', undefined, 1_000],
  ])('%s (429) is obeyed: nothing is sent before', async (_what, retryAfter, least) => {
    const sentAt: number[] = [];
    let at = Date.parse('2026-03-10T00:00:00Z');
    const server = await serve((_asked, response, count) => {
      sentAt.push(at);
      if (count > 2) return json(response, sample('sales.metrics.churn'));
      response.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
      response.end();
      return undefined;
    });
    const { client } = clientFor(server.url, {
      random: () => 0,
      now: () => at,
      wait: async (ms) => {
        at += ms;
      },
    });
    expect(await allOf(client.pull(endpoints.churn))).toHaveLength(8);
    const [first = 0, second = 0] = sentAt;
    expect(second - first).toBeGreaterThanOrEqual(least);
    expect(sentAt).toHaveLength(3);
  });

  it('for a day (429) ends the pull: nothing is sent again', async () => {
    const server = await serve((_asked, response) => {
      response.writeHead(429, { 'retry-after': '86400' });
      response.end();
    });
    expect(await outcomeOf(server, endpoints.churn)).toBe('API_LIMITED');
    expect(server.asked).toHaveLength(1);
  });
});

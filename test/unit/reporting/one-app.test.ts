/** A caller who asks for one app gets rows of that app and no other, whatever the API answers. */
import { describe, expect, it } from 'vitest';
import type { PullOptions } from '../../../src/reporting/client.ts';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiParameterError } from '../../../src/reporting/errors.ts';
import { allOf, clientFor, type Loopback, errorOf, json, serve } from './loopback.ts';
import { type EndpointId, RAW_ANSWERS } from './raw-answers.ts';
import { type Json, touchpointSample } from './samples.ts';
import { neededBy, rawAnswer, serveAnswer } from './serve-answer.ts';

const MINE = { key: 'mine', product: '11111111-aaaa-4aaa-8aaa-111111111111' };
const OTHER = { key: 'other', product: '22222222-bbbb-4bbb-8bbb-222222222222' };

const KEYS = new Set(['addonKey', 'appKey', 'marketplace_app_key']);
const PRODUCTS = new Set(['productId', 'product_id']);

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const namesAnApp = (value: unknown): boolean =>
  isJson(value) && Object.keys(value).some((name) => KEYS.has(name));

/** The same, about this app. */
function ofApp<T>(value: T, app: typeof MINE): T {
  if (Array.isArray(value)) return value.map((item: unknown) => ofApp(item, app)) as T;
  if (!isJson(value)) return value;
  const fields = Object.entries(value).map(([name, inner]) => {
    if (KEYS.has(name)) return [name, app.key];
    // Lines are told apart by their number.
    if (name === 'transactionLineItemId') return [name, `${String(inner)}-${app.key}`];
    return [name, PRODUCTS.has(name) ? app.product : ofApp(inner, app)];
  });
  return Object.fromEntries(fields) as T;
}

/** The same, where every list about apps holds two of them. */
function ofTwoApps(value: unknown): unknown {
  if (Array.isArray(value)) {
    const about = value.find(namesAnApp);
    return about ? [OTHER, MINE, OTHER].map((app) => ofApp(about, app)) : value.map(ofTwoApps);
  }
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ofTwoApps(inner)]));
}

/** An API that ignores every filter: all it has is about two apps, wherever it is asked. */
const serveTwoApps = (id: EndpointId): Promise<Loopback> => serveAnswer(id, ofTwoApps(rawAnswer(id)));

async function pullFrom(id: EndpointId, options: PullOptions) {
  const { client } = clientFor((await serveTwoApps(id)).url);
  const endpoint: Endpoint<unknown> = endpoints[id];
  const pull = client.pull(endpoint, {
    ...options,
    parameters: { ...neededBy(endpoint, MINE.product), ...options.parameters },
  });
  const rows = (await allOf(pull)) as { appKey?: string | null; productId?: string }[];
  return { rows, report: pull.report };
}

const ids = Object.keys(endpoints) as EndpointId[];
const takes = (name: string) => ids.filter((id) => name in endpoints[id].parameters);
const appless = ids.filter((id) => (endpoints[id] as Endpoint<unknown>).isAppless);
/** Their rows name no app: the answer as a whole is about one. */
const ONE_APP: readonly EndpointId[] = ['app-search-keywords', 'app-search-keywords-export'];
const selecting = ids.filter((id) => !appless.includes(id) && !ONE_APP.includes(id));

/** The apps of an answer that nobody asked to select from. */
async function expectBothApps(id: EndpointId): Promise<void> {
  if (ONE_APP.includes(id)) return;
  const { rows } = await pullFrom(id, {});
  const keys = new Set(rows.map(({ appKey }) => appKey).filter((key) => key !== null));
  expect(keys).toEqual(new Set([MINE.key, OTHER.key]));
}

function expectMine(rows: readonly { appKey?: string | null }[]): void {
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map(({ appKey }) => appKey))).toEqual(new Set([MINE.key]));
}

describe('asked by key', () => {
  it.each(selecting)('%s answers about that app alone', async (id) => {
    await expectBothApps(id);
    expectMine((await pullFrom(id, { appKeys: [MINE.key] })).rows);
  });

  it.each(takes('appKey'))('%s has a parameter that does the same', async (id) => {
    expectMine((await pullFrom(id, { parameters: { appKey: MINE.key } })).rows);
  });

  it.each(appless)('%s, whose rows name no app, is not asked at all', async (id) => {
    expect(await errorOf(pullFrom(id, { appKeys: [MINE.key] }))).toBeInstanceOf(ApiParameterError);
    expect(takes('appKey')).not.toContain(id);
    expect(takes('productId')).not.toContain(id);
  });
});

describe('asked by product id', () => {
  const installs = ids.filter((id) => id.startsWith('installs'));

  /** Their rows name no product as far as is known: what comes is what the API selected. */
  const visits = 'marketing-attribution-export';
  const named = takes('productId').filter((id) => ![...installs, ...ONE_APP, visits].includes(id));

  it.each(named)('%s answers about that app alone, in whatever case the id is written', async (id) => {
    await expectBothApps(id);
    for (const productId of [MINE.product, MINE.product.toUpperCase()]) {
      expectMine((await pullFrom(id, { parameters: { productId } })).rows);
    }
  });

  it('visits, which name no product, are those that the API selected; those that name another are left out', async () => {
    const parameters = { productId: MINE.product };
    expect((await pullFrom(visits, { parameters })).rows).toHaveLength(3);
    const rows = [MINE, OTHER].map((app) => touchpointSample({ addonKey: app.key, productId: app.product }));
    const server = await serveAnswer(visits, rows);
    expectMine(await allOf(clientFor(server.url).client.pull(endpoints[visits], { parameters })));
  });

  it.each(installs)('%s, whose records name other ids, ends where a second app comes', async (id) => {
    await expectBothApps(id);
    expect(await errorOf(pullFrom(id, { parameters: { productId: MINE.product } }))).toMatchObject({
      code: 'API_UNEXPECTED_SHAPE',
    });
  });

  it('the keywords of another app are none of the one that was asked for', async () => {
    const answerAbout = async (app: typeof MINE, appKey: string) => {
      const raw = RAW_ANSWERS['app-search-keywords'];
      const server = await serve((_asked, response) =>
        json(response, ofApp(raw.kind === 'document' ? raw.document : {}, app)),
      );
      const { client } = clientFor(server.url);
      const parameters = { productId: MINE.product };
      const pull = client.pull(endpoints['app-search-keywords'], { parameters, appKeys: [appKey] });
      return { rows: (await allOf(pull)).length, quarantined: pull.report.quarantined };
    };
    expect(await answerAbout(MINE, MINE.key)).toEqual({ rows: 2, quarantined: [] });
    expect(await answerAbout(MINE, OTHER.key)).toEqual({ rows: 0, quarantined: [] });
    expect(await answerAbout(OTHER, OTHER.key)).toEqual({
      rows: 0,
      quarantined: [{ path: 'summary.productId', expected: 'the app that was asked for', count: 1 }],
    });
  });

  it('and the export of keywords, which may not say whose they are, is refused to who wants them by key', async () => {
    const { rows, report } = await pullFrom('app-search-keywords-export', { appKeys: [MINE.key] });
    expect(rows).toEqual([]);
    expect(report.quarantined).toEqual([{ path: 'summary.addonKey', expected: 'a text', count: 1 }]);
    expect((await pullFrom('app-search-keywords-export', {})).rows).toHaveLength(2);
  });
});

describe('an entry that does not say which app it is', () => {
  it.each(['churn', 'evaluation-benchmark', 'search-keywords'] as const)(
    'of %s is refused to who asks by product id, and counted',
    async (id) => {
      const raw = RAW_ANSWERS[id];
      const document = structuredClone(raw.kind === 'document' ? raw.document : {});
      const list = document['addons'] ?? document['CloudEvaluationBenchmarkPerApp'];
      for (const entry of list as Json[]) delete entry['productId'];
      const server = await serve((_asked, response) => json(response, document));
      const { client } = clientFor(server.url);
      const endpoint: Endpoint<unknown> = endpoints[id];
      const pull = client.pull(endpoint, { parameters: { productId: MINE.product } });
      expect(await allOf(pull)).toEqual([]);
      expect(pull.report.quarantined.map(({ path }) => path)).toContainEqual(
        expect.stringMatching(/\[\]\.productId$/),
      );
    },
  );

  it('of installs is refused to who asks by key', async () => {
    const server = await serve(({ url }, response) =>
      json(response, {
        records: url.searchParams.get('offset') === '0' ? [{ date: '2026-03-02', installCounts: 3 }] : [],
      }),
    );
    const { client } = clientFor(server.url);
    const pull = client.pull(endpoints.installs, { appKeys: [MINE.key] });
    expect(await allOf(pull)).toEqual([]);
    expect(pull.report.quarantined).toEqual([{ path: 'appKey', expected: 'a text', count: 1 }]);
  });
});

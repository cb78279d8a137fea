import nock from 'nock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { allOf, clientFor, errorOf } from '../unit/reporting/loopback.ts';
import { sample } from '../unit/reporting/samples.ts';

// A loopback name: the guard against the internet sits below nock. Nothing listens on port 1.
const ORIGIN = 'http://127.0.0.1:1';
const CHURN = '/marketplace/rest/3/reporting/developer-space/space-1/sales/metrics/churn';

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
});

const churn = () => nock(ORIGIN).get(CHURN).query({ aggregation: 'week' });

async function pullChurn() {
  const { client, waits } = clientFor(`${ORIGIN}/marketplace`);
  const pull = client.pull(endpoints.churn);
  const outcome = await allOf(pull).then(
    (rows) => ({ rows, error: undefined }),
    (error: Error & { code: string; status: number }) => ({ rows: [], error }),
  );
  return { ...outcome, waits, requests: pull.report.requests };
}

describe('a refusal is final, typed, and says what to do', () => {
  it.each([
    [401, 'API_UNAUTHORIZED', /MARKETPLACE_API_TOKEN/],
    [403, 'API_FORBIDDEN', /"View sales reports" and "View all other reports" in developer space space-1/],
    [404, 'API_NOT_FOUND', /MARKETPLACE_DEVELOPER_ID \(space-1\)/],
    [410, 'API_NOT_FOUND', /HTTP 410/],
    [400, 'API_BAD_REQUEST', /refused \(HTTP 400\)/],
    [406, 'API_BAD_REQUEST', /HTTP 406/],
    [302, 'API_REDIRECTED', /MARKETPLACE_API_URL/],
    [501, 'API_UNAVAILABLE', /HTTP 501/],
  ])('HTTP %d is %s', async (status, code, message) => {
    churn().reply(status);
    const { error, requests, waits } = await pullChurn();
    expect(error).toMatchObject({ code, status });
    expect(error?.message).toMatch(message);
    expect({ requests, waits }).toEqual({ requests: 1, waits: [] });
  });

  it("passes on the API's own words", async () => {
    churn().reply(400, {
      errors: [{ message: 'Must be a date', path: 'startDate' }, { message: 'and valid' }],
    });
    const { error } = await pullChurn();
    expect(error?.message).toBe(
      'GET sales/metrics/churn was refused (HTTP 400). The API says: "Must be a date; and valid"',
    );
  });

  it('understands the other error document, and a gateway page', async () => {
    churn().reply(404, { errors: [{ status: '404', title: 'Not Found', detail: 'no such space' }] });
    expect((await pullChurn()).error?.message).toMatch(/The API says: "no such space"$/);
    churn().reply(403, '<html><title>403</title><body>Forbidden by jane@acme.com</body></html>', {
      'content-type': 'text/html',
    });
    expect((await pullChurn()).error?.message).toMatch(/The API says: "403 Forbidden by \*\*\*"$/);
  });

  it.each(['[1]', '"x"', '{"errors":"no list"}', '{"errors":[null]}', 'null', '{"errors":[{}]}'])(
    'and survives an explanation of any shape: %s',
    async (body) => {
      churn().reply(400, body);
      expect((await pullChurn()).error).toMatchObject({ code: 'API_BAD_REQUEST' });
    },
  );
});

describe('a failure that may pass', () => {
  it.each([429, 500, 502, 503, 504])('HTTP %d is tried again until it passes', async (status) => {
    churn().twice().reply(status);
    churn().reply(200, sample('sales.metrics.churn'));
    const { rows, requests, waits } = await pullChurn();
    expect(rows).toHaveLength(8);
    expect({ requests, waits }).toEqual({ requests: 3, waits: [1_000, 2_000] });
  });

  it.each([429, 500, 502, 503, 504])('HTTP %d is given up after the fifth request', async (status) => {
    churn().times(10).reply(status);
    const { error, requests, waits } = await pullChurn();
    expect(error).toMatchObject({ code: status === 429 ? 'API_LIMITED' : 'API_UNAVAILABLE', status });
    expect({ requests, waits }).toEqual({ requests: 5, waits: [1_000, 2_000, 4_000, 8_000] });
  });

  it.each([
    ['30', [31_500]],
    ['Tue, 10 Mar 2026 00:02:00 GMT', [126_000]],
    ['0', [1_050]],
    ['-1', [1_050]],
    ['soon', [1_000]],
  ])('a stated Retry-After of %s is obeyed', async (header, expected) => {
    churn().reply(429, '', { 'retry-after': header });
    churn().reply(200, sample('sales.metrics.churn'));
    expect((await pullChurn()).waits).toEqual(expected);
  });

  it('a stated wait of a day ends the pull at once', async () => {
    churn().reply(429, '', { 'retry-after': '86400' });
    const { error, requests, waits } = await pullChurn();
    expect(error).toMatchObject({ code: 'API_LIMITED', status: 429 });
    expect({ requests, waits }).toEqual({ requests: 1, waits: [] });
  });

  it.each<[string, number, string, string]>([
    ['an HTML page with status 200', 200, '<html>login</html>', 'text/html'],
    ['HTML that says it is JSON', 200, '<html>login</html>', 'application/json'],
    ['plain words', 200, 'Temporarily unavailable', 'text/plain'],
    ['XML', 200, '<?xml version="1.0"?><Error/>', 'application/xml'],
    ['JSON that is cut', 200, '{"total":{', 'application/json'],
    ['nothing', 200, '', 'application/json'],
    ['a JSON text', 200, '"maintenance"', 'application/json'],
  ])('%s is tried again, then API_NOT_JSON', async (_name, status, body, type) => {
    churn().times(10).reply(status, body, { 'content-type': type });
    const { error, rows, requests } = await pullChurn();
    expect(rows).toEqual([]);
    expect(error).toMatchObject({ code: 'API_NOT_JSON' });
    expect(requests).toBe(5);
  });
});

it('JSON of the wrong shape is an error of its own, not retried and not "no data"', async () => {
  churn().reply(200, { errors: [] });
  const { error, requests } = await pullChurn();
  expect(error).toMatchObject({ code: 'API_UNEXPECTED_SHAPE' });
  expect(requests).toBe(1);
});

it('nothing is sent before the first row is asked for, and a pull is iterated once', async () => {
  const scope = churn().reply(200, sample('sales.metrics.churn'));
  const { client } = clientFor(`${ORIGIN}/marketplace`);
  const pull = client.pull(endpoints.churn);
  expect(pull.report).toMatchObject({ rows: 0, requests: 0 });
  expect(scope.isDone()).toBe(false);
  await allOf(pull);
  expect(pull.report).toMatchObject({ rows: 8, requests: 1 });
  expect(await errorOf(allOf(pull))).toBeInstanceOf(TypeError);
});

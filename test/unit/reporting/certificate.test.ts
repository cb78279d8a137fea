/** A server that says it is the API and cannot prove it. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { allOf, clientFor, errorOf } from './loopback.ts';

// Made with `openssl req -x509`: nothing secret, for nobody but this test, trusted by nobody.
const pem = readFileSync(new URL('self-signed.pem', import.meta.url));
let received = 0;
const server = createServer({ key: pem, cert: pem }, (request, response) => {
  received += 1;
  request.resume();
  response.end('{}');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each(['127.0.0.1', 'localhost'])(
  'hears no request and no credential, as %s, though it is tried as often as any',
  async (host) => {
    const { client, waits } = clientFor(`https://${host}:${(server.address() as AddressInfo).port}`);
    const error = await errorOf(allOf(client.pull(endpoints.churn)));
    expect(error).toMatchObject({
      code: 'API_UNAVAILABLE',
      message: expect.stringMatching(/SELF_SIGNED|self.signed/i),
    });
    expect(waits.length).toBeGreaterThan(0);
    expect(received).toBe(0);
  },
);

import { describe, expect, it } from 'vitest';
import { clientFor, EMAIL, json, serve, TOKEN } from './loopback.ts';

type Answer = Parameters<typeof serve>[0];

const status =
  (code: number): Answer =>
  (_asked, response) =>
    json(response, { error: 'no' }, code);
const html: Answer = (_asked, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<html>gateway</html>');
};

describe('whether the API is there', () => {
  it.each<readonly [string, Answer, boolean]>([
    ['the index', (_asked, response) => json(response, { _links: {} }), true],
    ['a refused token', status(401), true],
    ['a missing permission', status(403), true],
    ['an unknown developer space', status(404), true],
    ['a limit', status(429), false],
    ['an error of its own', status(500), false],
    ['a gateway without it', status(503), false],
    ["a gateway's page", html, false],
    ['a closed connection', (_asked, response) => void response.destroy(), false],
  ])('is told by %s, with one request', async (_name, answer, isThere) => {
    const server = await serve(answer);
    const { client, waits } = clientFor(server.url);
    expect(await client.isThere()).toBe(isThere);
    expect(server.asked).toHaveLength(1);
    expect(waits).toEqual([]);
    expect(server.asked[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}`,
    );
  });

  it('is not told to whoever does not want to know any more', async () => {
    const server = await serve(() => undefined);
    const { client } = clientFor(server.url);
    const stopping = new AbortController();
    const asking = client.isThere({ signal: stopping.signal });
    stopping.abort(new Error('stopped'));
    await expect(asking).rejects.toThrow('stopped');
  });
});

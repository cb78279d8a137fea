import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { startChild } from '../../faults/child.ts';
import { json, serve } from './loopback.ts';
import { sample } from './samples.ts';

/** 210 MB that are 204 KB on the wire. */
async function makeBomb(): Promise<Buffer> {
  const blank = Buffer.alloc(2 ** 20, ' ');
  const parts = [Buffer.from('[1,'), ...Array.from({ length: 210 }, () => blank)];
  return Buffer.concat(await Readable.from(parts).pipe(createGzip()).toArray());
}

it('answers that inflate a thousandfold cost less than 64 MB and no process, be they documents or exports', async () => {
  const bomb = await makeBomb();
  expect(bomb.length).toBeLessThan(250_000);
  const honest = { document: sample('sales.metrics.churn'), export: [] };
  const answered = { document: 0, export: 0 };
  const server = await serve((asked, response) => {
    if (asked.method === 'POST') return json(response, { export: { id: 'a' } });
    if (asked.url.pathname.endsWith('/status')) return json(response, { export: { status: 'COMPLETED' } });
    const what = asked.url.pathname.includes('churn') ? 'document' : 'export';
    answered[what] += 1;
    if (answered[what] === 1) return json(response, honest[what]);
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    return response.end(bomb);
  });
  const puller = 'test/faults/bomb-puller.ts';
  const child = startChild(puller, [server.url, 'churn', 'licenses-export'], {}, process.cwd());
  expect(await child.ended).toBe(0);
  const { codes, mb } = JSON.parse(child.output()) as { codes: string[]; mb: number };
  expect(codes).toEqual(['API_TOO_LARGE', 'API_TOO_LARGE']);
  expect(mb).toBeLessThan(64);
});

import { expect, it } from 'vitest';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { createRowParser, mergeReports } from '../../../src/reporting/row-parser.ts';
import { clientFor, errorOf, json, serve } from './loopback.ts';
import { licenseSample } from './samples.ts';

it('rows streamed as bytes are read elsewhere to the same rows', async () => {
  const rows = [licenseSample(), licenseSample({ addonKey: 'Größe 漢字 😀' }), licenseSample({ status: 5 })];
  const server = await serve(({ method, url }, response) => {
    if (method === 'POST') json(response, { export: { id: 'one' } });
    else if (url.pathname.endsWith('/status')) json(response, { export: { id: 'one', status: 'COMPLETED' } });
    else json(response, rows);
  });
  const { client } = clientFor(server.url);
  const parser = createRowParser(endpoints['licenses-export']);
  const read: unknown[] = [];
  const requests = await client.streamRows(endpoints['licenses-export'], {}, (bytes) =>
    read.push(...parser.parse(bytes)),
  );
  const pulled: unknown[] = [];
  const pull = client.pull(endpoints['licenses-export']);
  for await (const row of pull) pulled.push(row);
  expect(read).toEqual(pulled);
  expect(read).toHaveLength(2);
  expect(requests).toBe(3);
  expect({ ...parser.report(), requests }).toEqual(pull.report);
});

it('a list that is no export cannot be streamed as bytes', async () => {
  const { client } = clientFor('http://127.0.0.1:1');
  const error = await errorOf(client.streamRows(endpoints.churn, {}, () => undefined));
  expect(error).toBeInstanceOf(TypeError);
});

it('several reports are one, with the counts of one place added up', () => {
  const report = (count: number, field: string) => ({
    rows: 10,
    requests: 2,
    quarantinedRows: count,
    quarantined: [{ path: 'tier', expected: 'string', count }],
    unmappedFields: new Map([[field, count]]),
  });
  expect(mergeReports([report(1, 'a'), report(2, 'a'), report(4, 'b')])).toEqual({
    rows: 30,
    requests: 6,
    quarantinedRows: 7,
    quarantined: [{ path: 'tier', expected: 'string', count: 7 }],
    unmappedFields: new Map([
      ['a', 3],
      ['b', 4],
    ]),
  });
  expect(mergeReports([])).toMatchObject({ rows: 0, quarantined: [] });
});

import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { json, type Loopback, serve } from './loopback.ts';
import { type EndpointId, RAW_ANSWERS } from './raw-answers.ts';
import type { Json } from './samples.ts';

/** The raw rows of an endpoint, or its document, as the API would answer. */
export function rawAnswer(id: EndpointId): unknown {
  const raw = RAW_ANSWERS[id];
  return raw.kind === 'row' ? [raw.row] : raw.document;
}

/** An API that has nothing but this answer to one endpoint, in whatever way it is asked. Exports are ready at once. */
export async function serveAnswer(id: EndpointId, answer = rawAnswer(id)): Promise<Loopback> {
  const { source }: Endpoint<unknown> = endpoints[id];
  const server: Loopback = await serve(({ method, url }, response) => {
    if (source.kind === 'export') {
      const isDownload = method === 'GET' && !url.pathname.endsWith('/status');
      json(response, isDownload ? answer : { export: { id: 'e-1', status: 'COMPLETED' } });
    } else if (source.kind === 'file') {
      if (url.pathname !== '/file') return json(response, { presignedUrl: `${server.url}/file` });
      const rows = answer as Json[];
      const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(String))];
      response.end(
        lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'),
      );
    } else if (source.kind === 'array' || source.kind === 'document') {
      const isOne = source.kind === 'document' && RAW_ANSWERS[id].kind === 'row';
      json(response, isOne ? (answer as Json[])[0] : answer);
    } else {
      const isFirst = (url.searchParams.get('offset') ?? '0') === '0';
      json(response, { [source.list]: isFirst ? answer : [] });
    }
    return undefined;
  });
  return server;
}

/** Values of what an endpoint cannot do without. */
export function neededBy(
  { parameters }: Endpoint<unknown>,
  id = 'acd011b1-1111-45bc-902a-247046a11111',
): Record<string, string> {
  const required = Object.entries(parameters).filter(([, { isRequired }]) => isRequired);
  return Object.fromEntries(
    required.map(([name, { allowed, takes }]) => [
      name,
      allowed?.[0] ?? (/number/.test(takes) ? '4711' : id),
    ]),
  );
}

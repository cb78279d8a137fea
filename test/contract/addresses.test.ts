/** Where the reference has its resources: the links of its index and of its sample answers. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { sample } from '../unit/reporting/samples.ts';

/** Named by the reference's text, or by the specification alone. */
const IN_TEXT = [
  '/rest/3/reporting/developer-space/{developerId}/feedback/metrics/type',
  '/rest/3/developer-space/vendor/{vendorId}',
];

function hrefsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'href' && typeof inner === 'string' ? [inner] : hrefsIn(inner),
  );
}

const known = new Set([
  ...IN_TEXT,
  ...readdirSync(new URL('samples/', import.meta.url))
    .flatMap((file) => hrefsIn(sample(file.replace(/\.json$/, ''))))
    .map((href) => href.replace(/(\{[?&]|\?).*$/, ''))
    // The index calls itself by a path with a slash at its end, which is a 404 live.
    .map((href) => href.replace(/\/$/, '')),
]);

const documents = Object.entries<Endpoint<unknown>>(endpoints).filter(
  ([, { source }]) => source.kind === 'document',
);

it.each(documents)('%s is where the reference has it', (_id, { path }) => {
  expect(known).toContain(`/rest/3/${path.replace('{source}', 'marketplace')}`);
});

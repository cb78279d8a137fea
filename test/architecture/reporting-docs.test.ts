import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withTables } from '../../docs/generate.ts';
import { fillTables, toTable } from '../../docs/tables/markdown.ts';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { DATA_SETS } from '../../src/sync/data-sets/index.ts';

const written = readFileSync(new URL('../../docs/reporting-api.md', import.meta.url), 'utf8');

describe('docs/reporting-api.md', () => {
  it('says what the code says: `npm run docs` would change nothing', () => {
    expect(withTables(written)).toBe(written);
  });

  it('has one line for each endpoint and each data set', () => {
    const lines = [...written.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    const names = [...Object.keys(endpoints), ...DATA_SETS.map(({ name }) => name)];
    expect(new Set(lines)).toEqual(new Set(names));
    expect(lines).toHaveLength(names.length);
  });

  it('names every parameter of an endpoint, and every value of a closed list', () => {
    for (const [id, endpoint] of Object.entries<Endpoint<unknown>>(endpoints)) {
      const line = written.split('\n').find((one) => one.startsWith(`| \`${id}\` | \``)) ?? '';
      const told = line.split(' | ')[2]?.split('<br>') ?? [];
      const expected = Object.entries(endpoint.parameters).map(([name, { allowed = [], isRequired }]) =>
        expect.stringContaining(`${isRequired ? `**\`${name}\`**` : `\`${name}\``}: ${allowed.join(', ')}`),
      );
      expect(told).toEqual(expected.length > 0 ? expected : ['none']);
    }
  });
});

describe('tables in a document', () => {
  const mark = (name: string, inside = '') =>
    `<!-- table: ${name}, written by npm run docs -->\n${inside}<!-- end of table -->`;

  it('are written between their marks, and what stands around them stays', () => {
    const document = `before\n${mark('one', 'old\n')}\nbetween\n${mark('two')}\nafter`;
    expect(fillTables(document, { one: 'A', two: 'B' })).toBe(
      `before\n${mark('one', '\nA\n\n')}\nbetween\n${mark('two', '\nB\n\n')}\nafter`,
    );
  });

  it('need a place, and a place needs a table', () => {
    expect(() => fillTables('nothing', { one: 'A' })).toThrow(/No place is marked for the table one/);
    expect(() => fillTables(mark('one'), {})).toThrow(/There is no table "one"/);
  });

  it('keep bars and line breaks inside their cells', () => {
    expect(toTable(['a', 'b'], [['x|y', '1\n2']])).toBe('| a | b |\n|---|---|\n| x\\|y | 1<br>2 |');
  });
});

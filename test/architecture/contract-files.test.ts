import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../src/config/variables.ts';

const ROOT = join(import.meta.dirname, '../..');

function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

describe('docs/operations.md', () => {
  it('explains every code an error can carry', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readText(join('src', file)));
    const thrown = sources.flatMap((source) => [...source.matchAll(/(?:PulseError|super)\(\s*'([A-Z_]+)'/g)]);
    const codes = new Set(thrown.map(([, code = '']) => code));
    const explained = new Set(
      [...readText('docs/operations.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code),
    );
    expect(codes.size).toBeGreaterThan(20);
    expect([...codes].filter((code) => !explained.has(code))).toEqual([]);
  });
});

describe('the list of variables', () => {
  it('is the one of .env.example', () => {
    const named = [...readText('.env.example').matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(VARIABLES.map(({ name }) => name)));
  });

  it("is README's table, with the same meanings and defaults", () => {
    const rows = [...readText('README.md').matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$/gm)].map((row) =>
      row.slice(1),
    );
    expect(rows).toEqual(VARIABLES.map(({ fallback, meaning, name }) => [name, meaning, fallback]));
  });
});

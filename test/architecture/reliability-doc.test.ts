import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const readText = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

describe('docs/reliability.md', () => {
  const text = readText('docs/reliability.md');

  it('speaks of every promise, fault and control once', () => {
    const ids = [...text.matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, id]) => id);
    expect(ids).toEqual([
      ...numbered('R', 24),
      ...numbered('A', 19),
      ...numbered('B', 7),
      ...numbered('C', 14),
      ...numbered('D', 9),
      ...numbered('E', 19),
      ...numbered('S', 30),
    ]);
  });

  it('names tests that exist', () => {
    const named = [...text.matchAll(/`([\w/-]+(?:\.test)?\.ts)`/g)].map(([, file = '']) => file);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((file) => !existsSync(join(ROOT, 'test', file)))).toEqual([]);
  });
});

it('docs/operations.md says what to do about every message to the operator', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readText(join('src', file)));
  const codes = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/(?:ops\/1\/|daily\(\s*'|\bops\(')([A-Z_]{4,})/g)].map(([, code]) => code),
    ),
  );
  const text = readText('docs/operations.md');
  expect(codes.size).toBeGreaterThan(8);
  expect([...codes].filter((code) => !text.includes(`| \`${code}\` |`))).toEqual([]);
});

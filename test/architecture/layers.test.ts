import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** What each folder may import besides itself. `types`: with `import type` only. The design's one rule. */
const MAY_IMPORT: Record<string, { values: string[]; types: string[] }> = {
  domain: { values: [], types: [] },
  config: { values: ['domain'], types: [] },
  analytics: { values: ['domain'], types: [] },
  messages: { values: ['domain', 'analytics'], types: [] },
  reporting: { values: ['domain'], types: [] },
  store: { values: ['domain'], types: [] },
  thread: { values: ['domain'], types: [] },
  sync: { values: ['domain', 'analytics', 'reporting', 'store', 'thread'], types: [] },
  digests: { values: ['domain', 'analytics', 'messages'], types: ['store'] },
  alerts: { values: ['domain', 'analytics', 'messages'], types: ['store'] },
  commands: { values: ['domain', 'analytics', 'messages', 'digests'], types: ['store'] },
  schedule: { values: ['domain', 'digests', 'alerts', 'sync', 'store'], types: [] },
  slack: { values: ['domain', 'commands', 'messages', 'store'], types: [] },
};

/** Folders whose modules must give the same answer to the same arguments, everywhere and always. */
const PURE = ['domain', 'analytics', 'messages'];

/** Pure themselves: the same answer to the same arguments. */
const DATE_PACKAGES = ['date-fns/format', '@date-fns/tz'];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly isType: boolean;
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const found = source.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  return [...found].map(([, type, from = '']) => ({ file, from, isType: type !== undefined }));
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(SRC, file));
const imports = files.flatMap(importsOf);

function folderOf(path: string): string {
  const parts = relative(SRC, path).split('/');
  return parts.length > 1 ? (parts[0] ?? '') : '';
}

describe('imports go one way', () => {
  it('reads every import of every folder', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(new Set(imports.map(({ file }) => folderOf(file)))).toEqual(
      new Set(['', 'cli', ...Object.keys(MAY_IMPORT)]),
    );
  });

  it.each(Object.entries(MAY_IMPORT))('%s imports only what it may', (folder, { types, values }) => {
    const wrong = imports
      .filter(({ file, from }) => folderOf(file) === folder && from.startsWith('.'))
      .map((one) => ({ ...one, target: folderOf(resolve(one.file, '..', one.from)) }))
      .filter(
        ({ isType, target }) =>
          target !== folder && !values.includes(target) && !(isType && types.includes(target)),
      )
      .map(({ file, from }) => `${relative(SRC, file)} imports ${from}`);
    expect(wrong).toEqual([]);
  });

  it.each(PURE)(
    '%s is pure: no node modules, no packages but for dates, no clock, no randomness, no logger',
    (folder) => {
      const own = files.filter((file) => folderOf(file) === folder);
      const packages = imports
        .filter(
          ({ file, from }) =>
            folderOf(file) === folder && !from.startsWith('.') && !DATE_PACKAGES.includes(from),
        )
        .map(({ file, from }) => `${relative(SRC, file)} imports ${from}`);
      const impure = own
        .filter((file) =>
          /\bDate\.now\(|\bnew Date\(\)|Math\.random\(|\bprocess\.|\bconsole\./.test(
            readFileSync(file, 'utf8'),
          ),
        )
        .map((file) => relative(SRC, file));
      expect(packages).toEqual([]);
      expect(impure).toEqual([]);
    },
  );

  it('lets only the entry points read process.env', () => {
    const readers = files
      .filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(SRC, file));
    expect(readers).toEqual(['environment.ts']);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const readText = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
}

const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Record<string, Locked> };
const locked = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ ...entry, name: path.replace(/^.*node_modules\//, '') }));
const manifest = JSON.parse(readText('package.json')) as {
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

describe('the lockfile', () => {
  it('pins the content of every package', () => {
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
    expect(locked.filter(({ link }) => link)).toEqual([]);
  });

  it('takes none from a repository or another address', () => {
    const elsewhere = locked.filter(
      ({ resolved }) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
    const ranges = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(ranges.filter((range) => !/^[~^]?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
  });

  it('lets one package run a script when it is installed: the Node of the development tools', () => {
    const { node: _, ...rest } = manifest.allowScripts;
    expect(Object.values(rest)).not.toContain(true);
    expect(manifest.allowScripts['node']).toBe(true);
    const withScripts = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(withScripts).toEqual(['node']);
    expect(locked.find(({ name }) => name === 'node')?.dev).toBe(true);
  });
});

it('what is installed for production changes by intention: production-packages.txt lists it', () => {
  const production = locked.filter(({ dev, devOptional, optional }) => !dev && !devOptional && !optional);
  const names = [...new Set(production.map(({ name }) => name))].sort();
  const listed = readText('test/architecture/production-packages.txt').trim().split('\n');
  expect(names.filter((name) => !listed.includes(name))).toEqual([]);
  expect(listed.filter((name) => !names.includes(name))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toVerdict } from '../../deploy/audit.ts';
import { billOfMaterials } from '../../deploy/bill-of-materials.ts';

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

describe('installing', () => {
  /** `.npmrc`, which the image copies too. */
  const settings = Object.fromEntries(
    readText('.npmrc')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('=')),
  ) as Record<string, string>;

  it('ends where a package has a script that nobody looked at', () => {
    expect(settings['strict-allow-scripts']).toBe('true');
    // What would pass over the rule.
    for (const name of ['dangerously-allow-all-scripts', 'allow-scripts', 'ignore-scripts'])
      expect(settings).not.toHaveProperty(name);
    expect(manifest.allowScripts).toEqual({ node: true, 'better-sqlite3': false });
  });

  it('takes packages from the registry alone', () => {
    for (const name of ['allow-git', 'allow-remote', 'allow-file', 'allow-directory'])
      expect([name, settings[name]]).toEqual([name, 'none']);
    expect(settings).not.toHaveProperty('registry');
  });

  it('goes by the same settings in the image', () => {
    const copies = readText('Dockerfile')
      .split('\n')
      .find((line) => line.startsWith('COPY package.json'));
    expect(copies).toContain(' .npmrc ');
    expect(readText('.dockerignore').split('\n')).toContain('!.npmrc');
  });
});

describe('the bill of materials', () => {
  it('names what is installed for production, with the content of each, and nothing else', () => {
    const { components, dependencies, metadata } = billOfMaterials();
    const listed = readText('test/architecture/production-packages.txt').trim().split('\n');
    expect([...new Set(components.map(({ name }) => name))].toSorted()).toEqual(listed.toSorted());
    expect(metadata.component.name).toBe('marketplace-pulse');
    const refs = new Set([metadata.component, ...components].map((component) => component['bom-ref']));
    expect(new Set(dependencies.map(({ ref }) => ref))).toEqual(refs);
    const needed = dependencies.flatMap(({ dependsOn = [] }) => dependsOn);
    expect(needed.filter((ref) => !refs.has(ref))).toEqual([]);
    // Every one of them is there because something needs it.
    expect(components.filter((component) => !needed.includes(component['bom-ref']))).toEqual([]);
    expect(components.filter(({ hashes }) => hashes?.[0]?.alg !== 'SHA-512')).toEqual([]);
    expect(readText('.gitignore').split('\n')).toContain('sbom.json');
  });
});

describe('a look at known flaws', () => {
  const found = (severity: string) =>
    JSON.stringify({
      vulnerabilities: { undici: { name: 'undici', severity, range: '<8.1.0', via: [] } },
      metadata: {},
    });

  it.each(['high', 'critical'])('fails on one that is %s, and names the package', (severity) => {
    const verdict = toVerdict(found(severity));
    expect(verdict.isFailed).toBe(true);
    expect(verdict.sentence).toContain(`undici <8.1.0: ${severity}`);
  });

  it.each([found('moderate'), found('low'), JSON.stringify({ vulnerabilities: {} })])(
    'passes where there is no severe one: %s',
    (written) => {
      expect(toVerdict(written)).toMatchObject({
        isFailed: false,
        sentence: expect.stringMatching(/^No package/),
      });
    },
  );

  it.each([
    [JSON.stringify({ message: '405 Method Not Allowed', error: { summary: '' } }), '405 Method Not Allowed'],
    [JSON.stringify({ error: { code: 'ENOAUDIT', summary: 'no advisories here' } }), 'no advisories here'],
    ['', 'npm gave no answer'],
    ['<html>', 'npm gave no answer'],
  ])('says that it could not look, and fails nothing: %s', (written, why) => {
    const { isFailed, sentence } = toVerdict(written);
    expect(isFailed).toBe(false);
    expect(sentence).toBe(`NOT CHECKED: the registry gave no advisories (${why}).`);
  });

  it('is a part of what CI runs', () => {
    expect(readText('.ci/run').trim().split('\n').slice(-2)).toEqual(['npm ci && npm test', 'npm run audit']);
  });
});

it('what is installed for production changes by intention: production-packages.txt lists it', () => {
  const production = locked.filter(({ dev, devOptional, optional }) => !dev && !devOptional && !optional);
  const names = [...new Set(production.map(({ name }) => name))].sort();
  const listed = readText('test/architecture/production-packages.txt').trim().split('\n');
  expect(names.filter((name) => !listed.includes(name))).toEqual([]);
  expect(listed.filter((name) => !names.includes(name))).toEqual([]);
});

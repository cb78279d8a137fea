/** The built package as somebody else's program has it: what it holds, what it gives out, and that its types are whole. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as entry from '../../src/reporting/index.ts';
import { json, serve } from '../unit/reporting/loopback.ts';
import { licenseSample, sample } from '../unit/reporting/samples.ts';

const ROOT = join(import.meta.dirname, '../..');
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const CONSUMER = join(ROOT, 'test/consumer');

async function run(command: string, args: readonly string[], cwd = ROOT) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** An API with a licence and two transaction lines; unless the token is the right one, with neither. */
const serveApi = () =>
  serve(({ headers, method, url }, response) => {
    const token = Buffer.from(headers.authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':')[1];
    const isExport = url.pathname.includes('/sales/transactions/async/export');
    if (!isExport) json(response, { licenses: [licenseSample()], _links: {} });
    else if (token !== 'right') json(response, { errors: [] }, 401);
    else if (method === 'POST' || url.pathname.endsWith('/status'))
      json(response, { export: { id: 'e-1', status: 'COMPLETED' } });
    else json(response, sample('sales.transactions')['transactions']);
  });

const SAID = ['test 15 Users\n', '2025-05-01 5000\n', '2025-05-01 5400\n', 'rows: 2'];

describe('the package, referred to by its own name', () => {
  it('is built', () => {
    expect(existsSync(join(ROOT, 'dist/reporting/index.js')), 'run `npm run build` first').toBe(true);
  });

  it('has types that a strict program compiles with, rows and parameters of every endpoint among them', async () => {
    const { code, stdout } = await run(TSC, ['-p', join(CONSUMER, 'tsconfig.json')]);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  it('gives out at run time what its source gives out', async () => {
    const script =
      "import('marketplace-pulse/reporting').then((all) => console.log(JSON.stringify(Object.keys(all))))";
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(new Set(JSON.parse(stdout) as string[])).toEqual(new Set(Object.keys(entry)));
  });

  it("runs README's example", async () => {
    const server = await serveApi();
    const args = [join(CONSUMER, 'readme.ts'), 'jane@partner.example', 'right', 'space-1', server.url];
    const { code, stderr, stdout } = await run(process.execPath, args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of SAID) expect(stdout).toContain(line);
    const expired = await run(process.execPath, args.with(2, 'wrong'));
    expect({ code: expired.code, stderr: expired.stderr }).toEqual({
      code: 0,
      stderr: 'A new token is needed.\n',
    });
  });

  it('is shown in README as it runs', () => {
    const [, code = ''] = readFileSync(join(CONSUMER, 'readme.ts'), 'utf8').split('// README\n');
    const shown = code.replace(', baseUrl }', ' }').trim();
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`\`\`\`ts\n${shown}\n\`\`\``);
  });
});

describe('the packed package', () => {
  let folder: string;
  let files: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pulse-pack-'));
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
    const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
    files = packed?.files.map(({ path }) => path) ?? [];
    await run('tar', ['xzf', join(folder, packed?.filename ?? '')], folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds every module of the source, built, with its types, and nothing that is not needed', () => {
    const modules = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => ['.js', '.d.ts'].map((ending) => `dist/${file.replace(/\.ts$/, ending)}`));
    const migrations = readdirSync(join(ROOT, 'src/store/migrations')).map(
      (file) => `dist/store/migrations/${file}`,
    );
    const others = [
      'package.json',
      'README.md',
      'LICENSE',
      'manifest.yml',
      'manifest.http.yml',
      'Procfile',
      '.env.example',
    ];
    expect(new Set(files), 'is dist/ old? `npm run build`').toEqual(
      new Set([...modules, ...migrations, ...others]),
    );
  });

  it('works where it is installed, with its own dependencies alone', async () => {
    const project = join(folder, 'project');
    const modules = join(project, 'node_modules');
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    mkdirSync(modules, { recursive: true });
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    cpSync(join(folder, 'package'), join(modules, 'marketplace-pulse'), { recursive: true });
    for (const name of [...Object.keys(dependencies), '@types/node']) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
    for (const file of ['tsconfig.json', 'types.ts', 'readme.ts'])
      cpSync(join(CONSUMER, file), join(project, file));
    const compiled = await run(TSC, ['-p', join(project, 'tsconfig.json')], project);
    expect(compiled).toMatchObject({ code: 0, stdout: '' });
    const server = await serveApi();
    const ran = await run(
      process.execPath,
      ['readme.ts', 'jane@partner.example', 'right', 'space-1', server.url],
      project,
    );
    expect(ran).toMatchObject({ code: 0, stderr: '' });
  });
});

it('everything the package gives out is explained', () => {
  const source = readFileSync(join(ROOT, 'src/reporting/index.ts'), 'utf8');
  const unexplained = [...source.matchAll(/export (?:type )?\{([^}]+)\} from '([^']+)'/g)].flatMap(
    ([, names = '', from = '']) => {
      const text = readFileSync(join(ROOT, 'src/reporting', from), 'utf8');
      return names
        .split(',')
        .map((name) => name.replace('type ', '').trim())
        .filter((name) => name !== '')
        .filter(
          (name) =>
            !new RegExp(`\\*/\\nexport (?:class|const|function|interface|type) ${name}\\b`).test(text),
        );
    },
  );
  expect(unexplained).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from '../../src/config/variables.ts';

const ROOT = join(import.meta.dirname, '../..');
const readText = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const SECRETS = VARIABLES.filter(({ isSecret }) => isSecret).map(({ name }) => name);

/** Instructions of a Dockerfile, continued lines joined. */
const instructions = readText('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** A young generation of 6 MB: that of 48 takes as much as a thread that syncs. */
const SMALL = '--max-semi-space-size=2';
/** Half the memory of threads, and what an import needed is given back. */
const MEMORY = 'MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=131072';

describe('the image', () => {
  const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM')));

  it('runs as a user who is not root, from the start of the process on', () => {
    expect(instructions.filter((line) => line.startsWith('USER'))).toEqual(['USER node']);
    const user = lastStage.indexOf('USER node');
    expect(lastStage.findIndex((line) => line.startsWith('CMD'))).toBeGreaterThan(user);
    expect(
      lastStage.filter((line) => line.startsWith('RUN')).every((line) => lastStage.indexOf(line) < user),
    ).toBe(true);
  });

  it('installs what the lockfile says and carries no secret', () => {
    expect(instructions).toContain('RUN npm ci');
    expect(instructions.some((line) => /npm (install|i)\b/.test(line))).toBe(false);
    expect(instructions.filter((line) => /^(ADD|ARG)/.test(line))).toEqual([]);
    for (const name of SECRETS) expect(readText('Dockerfile')).not.toContain(name);
    expect(readText('.dockerignore').split('\n')[0]).toBe('*');
    expect(readText('.dockerignore')).not.toContain('.env');
  });

  it('starts the bot itself, so that signals reach it, on a Node that is supported', () => {
    expect(lastStage.at(-1)).toBe('CMD ["node", "--max-semi-space-size=2", "dist/main.js"]');
    const majors = instructions.flatMap((line) => line.match(/^FROM node:(\d+)/)?.[1] ?? []);
    expect(majors).toHaveLength(2);
    for (const major of majors) expect(Number(major)).toBeGreaterThanOrEqual(24);
  });
});

it('the container may write its data and nothing else, and gains no rights', () => {
  const { services } = parse(readText('deploy/compose.yaml')) as { services: { pulse: object } };
  expect(services.pulse).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    tmpfs: ['/tmp'],
    volumes: ['data:/data'],
  });
  expect(services.pulse).not.toHaveProperty('ports');
  expect(services.pulse).not.toHaveProperty('privileged');
});

describe('the systemd unit', () => {
  const settings = readText('deploy/marketplace-pulse.service')
    .split('\n')
    .filter((line) => line.includes('=') && !line.startsWith('#'));

  it.each([
    'DynamicUser=yes',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'CapabilityBoundingSet=',
    'StateDirectoryMode=0700',
    'UMask=0077',
    'SystemCallArchitectures=native',
  ])('says %s', (setting) => {
    expect(settings).toContain(setting);
  });

  it('gets secrets as credentials, never in the environment', () => {
    const environment = settings.filter((line) => line.startsWith('Environment=')).join(' ');
    for (const name of SECRETS) expect(environment).not.toMatch(new RegExp(`${name}=`));
    const files = [...environment.matchAll(/(\w+)_FILE=%d\/([\w-]+)/g)];
    expect(files.map(([, name]) => name)).toEqual(SECRETS.filter((name) => name !== 'SLACK_SIGNING_SECRET'));
    for (const [, , credential = ''] of files) {
      expect(settings.some((line) => line.startsWith(`LoadCredential=${credential}:/etc/`))).toBe(true);
    }
  });

  it('leaves a stop more time than it takes, and does not repeat a start that cannot work', () => {
    expect(settings).toContain('TimeoutStopSec=10');
    expect(settings).toContain('RestartPreventExitStatus=64 65 77 78');
  });
});

it('wherever it runs, malloc keeps two arenas and gives large pieces back', () => {
  for (const file of ['Dockerfile', 'deploy/marketplace-pulse.service', 'Procfile']) {
    expect(readText(file)).toContain(MEMORY);
  }
});

it('wherever it runs, the thread that answers collects its garbage early', () => {
  for (const file of ['Dockerfile', 'deploy/marketplace-pulse.service', 'package.json']) {
    expect(readText(file)).toContain(SMALL);
  }
});

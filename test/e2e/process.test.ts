import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, createStage, MARKETPLACE, PERSON, SLACK, type Stage } from '../../demo/stage.ts';
import { findLeaks } from '../faults/leaks.ts';
import { createLogBook } from '../support/log-book.ts';

const ROOT = join(import.meta.dirname, '../..');
let stage: Stage;
let folder: string;
const children = new Set<ChildProcess>();

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(script: string, args: readonly string[], env: Record<string, string>) {
  // Only what a service manager would give: no variable of the test's own environment.
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(
    ([code]): Ended => ({ code: code as number | null, stdout, stderr }),
  );
  const logged = async (text: string) => {
    while (!stderr.includes(text)) {
      const how = await Promise.race([once(child.stderr, 'data').then(() => undefined), ended]);
      if (how) throw new Error(`ended with ${how.code} before "${text}": ${how.stderr}`);
    }
  };
  return { child, ended, logged };
}

function environment(changes: Record<string, string> = {}): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: SLACK.botToken,
    SLACK_SIGNING_SECRET: SLACK.signingSecret,
    SLACK_API_URL: stage.slack.apiUrl,
    MARKETPLACE_EMAIL: MARKETPLACE.email,
    MARKETPLACE_API_TOKEN: MARKETPLACE.token,
    MARKETPLACE_DEVELOPER_ID: MARKETPLACE.developerId,
    MARKETPLACE_API_URL: stage.api.url,
    DATABASE_PATH: join(folder, 'pulse.db'),
    PULSE_DIGEST_CHANNEL: CHANNELS.digest,
    ...changes,
  };
}

const pulse = (args: readonly string[], env = environment()) => start('dist/cli.js', args, env).ended;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  stage = await createStage({ seed: 11, log: createLogBook() });
  folder = await mkdtemp(join(tmpdir(), 'pulse-e2e-'));
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

afterAll(async () => {
  await stage.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the built command line', () => {
  it('syncs, and says that a second run changed nothing', async () => {
    const first = await pulse(['sync']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/demo-space: \d+ new, 0 changed, 0 gone/);
    const second = await pulse(['sync', '--full']);
    expect(second.stdout).toMatch(/demo-space: nothing changed \([\d,]+ rows read\)/);
  }, 60_000);

  it('prints a digest as text and as Block Kit, with nothing else on stdout', async () => {
    const env = { DATABASE_PATH: join(folder, 'pulse.db') };
    const text = await pulse(['digest', 'churn'], env);
    expect(text).toMatchObject({ code: 0 });
    expect(text.stdout).toContain('due for renewal left');
    const { blocks, text: sentence } = JSON.parse(
      (await pulse(['digest', 'churn', '--json'], env)).stdout,
    ) as {
      blocks: unknown[];
      text: string;
    };
    expect(blocks.length).toBeGreaterThan(3);
    expect(sentence).toContain('Churn');
  });

  it('looks a customer up, as text and as records', async () => {
    const env = { DATABASE_PATH: join(folder, 'pulse.db') };
    expect((await pulse(['lookup', 'acme'], env)).stdout).toContain('Acme GmbH');
    const records = JSON.parse((await pulse(['lookup', 'acme', '--json'], env)).stdout) as {
      entitlement: string;
    }[];
    expect(records.map(({ entitlement }) => entitlement)).toContain(
      stage.world.landmarks.acme.entitlementNumber,
    );
  });

  it('prints rows of an endpoint, and a status', async () => {
    const { stdout } = await pulse([
      'report',
      'churn',
      '--param',
      'startDate=2026-10-01',
      '--param',
      'endDate=2026-10-31',
    ]);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { metric: string });
    expect(new Set(rows.map(({ metric }) => metric))).toEqual(new Set(['churn']));
    expect((await pulse(['status'])).stdout).toContain('transactions');
  });

  it('finds nothing to mend when all is well, and says what to do when it is not', async () => {
    const well = await pulse(['doctor']);
    expect(well).toMatchObject({ code: 0 });
    expect(well.stdout).not.toContain('PROBLEM');
    for (const looked of [
      /^ok +Files: only this user/m,
      /^ok +Marketplace token: from the environment; another one takes a restart/m,
      /^ok +Database: .* is sound and can be written/m,
      /^note +No bot runs/m,
      /^ok +Data of demo-space: the oldest data set was read 0 hours ago/m,
      /^ok +Delivery: \d+ messages wait/m,
      /^ok +Reporting API, developer space demo-space: \d\d resources answer/m,
      /^ok +Slack: connected to/m,
      /^ok +Slack scopes: /m,
      /^ok +Clock: as Slack's/m,
      /^(ok|note) +Slack channel C/m,
      /^ok +Digests: next at/m,
    ])
      expect(well.stdout).toMatch(looked);
    const clear = stage.api.fail({ kind: 'status', status: 403, path: /\/licenses/ });
    const refused = await pulse(['doctor']);
    clear();
    expect(refused.code).toBe(77);
    expect(refused.stdout).toMatch(
      /PROBLEM +Reporting API, developer space demo-space, licenses.* \(API_FORBIDDEN\)/,
    );
    expect(refused.stdout.match(/PROBLEM/g)).toHaveLength(1);
    const wrongToken = await pulse(['doctor'], environment({ MARKETPLACE_API_TOKEN: 'wrong' }));
    expect(wrongToken.code).toBe(77);
    expect(wrongToken.stdout).toContain('API_UNAUTHORIZED');
  });

  it.each([
    [['nonsense'], 64],
    [['digest', 'nonsense'], 64],
    [['digest', 'churn', '--week', '2026-02-30'], 64],
    [['report', 'nonsense'], 64],
    [['report', 'churn', '--param', 'nonsense'], 64],
    [['backup', 'pulse.db'], 64],
    [['restore', 'no-such-file'], 64],
    [['forget', 'jane'], 64],
    [['export', 'Jane <jane@acme.example>'], 64],
  ])('ends %j with %i', async (args, code) => {
    const { code: actual, stderr, stdout } = await pulse(args);
    expect(actual).toBe(code);
    expect(stdout).toBe('');
    expect(stderr.trim()).not.toBe('');
  });

  it('backs up, restores, tells what it holds of a person and forgets, with the database alone', async () => {
    const env = { DATABASE_PATH: join(folder, 'pulse.db') };
    const backup = await pulse(['backup', 'copy.db'], env);
    expect(backup).toMatchObject({ code: 0, stderr: '' });
    expect(backup.stdout).toMatch(/^copy\.db: [\d,]+ rows, read back and sound\n$/);
    const restored = await pulse(['restore', 'copy.db'], env);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toContain('not posted again');
    const unknown = await pulse(['export', 'nobody@nowhere.example'], env);
    expect(unknown).toMatchObject({ code: 0 });
    expect(unknown.stderr).toContain('Nothing is stored of nobody@nowhere.example.');
    expect(JSON.parse(unknown.stdout)).toMatchObject({ address: 'nobody@nowhere.example', holdings: [] });
    const forgotten = await pulse(['forget', 'nobody@nowhere.example'], env);
    expect(forgotten).toMatchObject({ code: 0, stderr: '' });
    expect(forgotten.stdout).toContain('held nothing of this address');
    const again = await pulse(['export', 'nobody@nowhere.example'], env);
    expect(again.stderr).toContain('This person asked to be forgotten: syncs leave them out.');
    expect(JSON.parse(again.stdout)).toMatchObject({ isForgotten: true });
    expect((await pulse(['lookup', 'acme'], env)).stdout).toContain('Acme GmbH');
  }, 60_000);

  it('restores nothing under a running bot', async () => {
    const bot = start('dist/main.js', [], environment({ PORT: '0', LOG_LEVEL: 'info' }));
    await bot.logged('"msg":"started"');
    const { code, stderr } = await pulse(['restore', 'copy.db']);
    expect(code).toBe(75);
    expect(stderr).toContain('Another bot');
    expect((await pulse(['backup', 'beside.db'])).code).toBe(0);
    bot.child.kill('SIGTERM');
    expect((await bot.ended).code).toBe(0);
  }, 60_000);

  it('ends with 78 and every problem at once when the configuration is incomplete', async () => {
    const { code, stderr } = await pulse(['sync'], {
      MARKETPLACE_API_URL: 'http://example.com',
      PULSE_TIME_ZONE: 'Mars/Base',
    });
    expect(code).toBe(78);
    for (const name of [
      'MARKETPLACE_EMAIL',
      'MARKETPLACE_API_TOKEN',
      'MARKETPLACE_DEVELOPER_ID',
      'MARKETPLACE_API_URL',
      'PULSE_TIME_ZONE',
    ]) {
      expect(stderr).toContain(name);
    }
  });

  it('ends with 77 when the API refuses the token, without showing it', async () => {
    const { code, stderr, stdout } = await pulse(
      ['sync'],
      environment({ MARKETPLACE_API_TOKEN: 'a-wrong-token' }),
    );
    expect(code).toBe(77);
    expect(stderr + stdout).not.toContain('a-wrong-token');
  });

  it('ends with 73 where the database cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const { code, stderr } = await pulse(['status'], { DATABASE_PATH: join(folder, 'a-file/pulse.db') });
    expect(code).toBe(73);
    expect(stderr).toContain('DATABASE_PATH');
  });
});

describe('the built bot', () => {
  it('starts in HTTP mode, answers a signed command while it posts nothing yet, and stops with 0 on SIGTERM', async () => {
    const port = await freePort();
    const env = environment({ PORT: String(port), LOG_LEVEL: 'info', DYNO: 'web.1' });
    const bot = start('dist/main.js', [], env);
    await bot.logged('"msg":"started"');
    await bot.logged('"forMs":40000');
    stage.slack.connectHttp(`http://127.0.0.1:${port}/slack/events`);
    const { messages } = await stage.slack.command({
      command: '/pulse',
      text: 'E-111-AAA-AAA-11A',
      userId: PERSON,
      channelId: CHANNELS.digest,
    });
    expect(messages.at(-1)?.text).toContain('Acme GmbH');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    const second = await start('dist/main.js', [], environment({ PORT: '0' })).ended;
    expect(second.code).toBe(75);
    expect(second.stderr).toContain('Another bot');
    bot.child.kill('SIGTERM');
    const { code, stderr } = await bot.ended;
    expect(code).toBe(0);
    for (const secret of [SLACK.botToken, SLACK.signingSecret, MARKETPLACE.token])
      expect(stderr).not.toContain(secret);
  }, 60_000);

  it('starts in Socket Mode and answers', async () => {
    stage.slack.connectHttp(undefined);
    const { SLACK_SIGNING_SECRET: _unused, ...rest } = environment({ SLACK_APP_TOKEN: SLACK.appToken });
    const bot = start('dist/main.js', [], rest);
    await bot.logged('"msg":"started"');
    await stage.slack.whenConnected();
    const { messages } = await stage.slack.command({
      command: '/pulse',
      text: 'help',
      userId: PERSON,
      channelId: CHANNELS.digest,
    });
    expect(messages.at(-1)?.text).toContain('You can ask');
    bot.child.kill('SIGINT');
    expect((await bot.ended).code).toBe(0);
  }, 60_000);

  it('says at start that a Slack token is wrong, and ends with 77', async () => {
    const { code, stderr } = await start(
      'dist/main.js',
      [],
      environment({ SLACK_BOT_TOKEN: 'xoxb-wrong', PORT: '0' }),
    ).ended;
    expect(code).toBe(77);
    expect(stderr).toContain('SLACK_BOT_TOKEN');
    expect(stderr).not.toContain('xoxb-wrong');
  });

  it.each([
    ['a rejection', "Promise.reject(new Error('nobody caught this'))"],
    ['an error', "setTimeout(() => { throw new Error('nobody caught this') })"],
    ['an event', "new (require('node:events'))().emit('error', new Error('nobody caught this'))"],
  ])(
    'ends with 70 after %s that nobody caught, says so, and starts again',
    async (_what, code) => {
      const { SLACK_SIGNING_SECRET: _unused, ...rest } = environment({ SLACK_APP_TOKEN: SLACK.appToken });
      const fault = `import { createRequire } from 'node:module'; const require = createRequire('/');
      process.once('SIGUSR2', () => { ${code}; })`;
      const env = { ...rest, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` };
      const bot = start('dist/main.js', [], env);
      await bot.logged('"msg":"started"');
      bot.child.kill('SIGUSR2');
      const { code: ended, stderr } = await bot.ended;
      expect(ended).toBe(70);
      expect(stderr).toContain('nobody caught this');
      const next = start('dist/main.js', [], rest);
      await next.logged('"msg":"started"');
      next.child.kill('SIGTERM');
      expect((await next.ended).code).toBe(0);
    },
    60_000,
  );

  it('shows no secret and no payload at its most talkative, nor in a diagnostic report', async () => {
    const reports = join(folder, 'reports');
    await mkdir(reports);
    // One of the secrets comes from a file, one from .env, the others from the environment.
    await writeFile(join(folder, 'token'), MARKETPLACE.token, { mode: 0o600 });
    await writeFile(join(folder, '.env'), `SLACK_APP_TOKEN=${SLACK.appToken}\n`, { mode: 0o600 });
    const { MARKETPLACE_API_TOKEN: _token, SLACK_SIGNING_SECRET: _secret, ...rest } = environment();
    const bot = start('dist/main.js', [], {
      ...rest,
      MARKETPLACE_API_TOKEN_FILE: join(folder, 'token'),
      LOG_LEVEL: 'debug',
      DEBUG: '*',
      NODE_ENV: 'production',
      NODE_OPTIONS: `--report-on-signal --report-signal=SIGUSR2 --report-directory=${reports}`,
    });
    await bot.logged('"msg":"started"');
    await stage.slack.whenConnected();
    await stage.slack.command({
      command: '/pulse',
      text: 'canary-words-of-somebody',
      userId: PERSON,
      channelId: CHANNELS.digest,
    });
    // The thread that syncs is at work.
    await bot.logged('"level":"debug"');
    bot.child.kill('SIGUSR2');
    await bot.logged('report completed');
    bot.child.kill('SIGTERM');
    const { code, stderr, stdout } = await bot.ended;
    await rm(join(folder, '.env'));
    expect(code).toBe(0);

    const [report = '', ...others] = readdirSync(reports);
    expect(others).toEqual([]);
    const { environmentVariables } = JSON.parse(await readFile(join(reports, report), 'utf8')) as {
      environmentVariables: Record<string, string>;
    };
    expect(environmentVariables).toMatchObject({ DEBUG: '*', MARKETPLACE_EMAIL: MARKETPLACE.email });
    const secrets = [SLACK.botToken, SLACK.appToken, MARKETPLACE.token];
    expect(findLeaks(secrets, { folder: reports, texts: [stderr, stdout] })).toEqual([]);
    // The library's debug lines hold whole payloads.
    expect(stderr + stdout).not.toContain('canary-words-of-somebody');
  }, 60_000);

  it('works under the permission model of Node, with threads and database', async () => {
    const flags = [
      '--permission',
      '--allow-addons',
      '--allow-worker',
      '--allow-fs-read=*',
      `--allow-fs-write=${folder}`,
    ];
    const env = { ...environment(), NODE_OPTIONS: flags.join(' ') };
    expect(await start('dist/cli.js', ['sync'], env).ended).toMatchObject({ code: 0 });
    expect((await start('dist/cli.js', ['status'], env).ended).stdout).toContain('transactions');
    const elsewhere = await start('dist/cli.js', ['backup', join(tmpdir(), 'elsewhere.copy')], env).ended;
    expect(elsewhere.code).not.toBe(0);
    expect(existsSync(join(tmpdir(), 'elsewhere.copy'))).toBe(false);
  }, 60_000);

  it('keeps its database to itself', async () => {
    const file = join(folder, 'pulse.db');
    const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.startsWith('pulse.db'))
      .map((name) => ({ name, open: statSync(join(folder, name)).mode & 0o077 }));
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.filter(({ open }) => open !== 0)).toEqual([]);
    const bytes = await readFile(file);
    for (const secret of [SLACK.botToken, SLACK.signingSecret, MARKETPLACE.token])
      expect(bytes.includes(secret)).toBe(false);
  });
});

import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStage, MARKETPLACE, type Stage } from '../../demo/stage.ts';
import type { App } from '../../src/app.ts';
import type { StartConfig } from '../../src/config/read-config.ts';
import { Secret } from '../../src/domain/secret.ts';
import { askLive } from '../../src/live-search.ts';
import { createLogBook } from '../support/log-book.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-17T06:00:00Z');
const log = createLogBook();
let stage: Stage;
let app: App;
let config: StartConfig;
let secrets: string;
let count = 0;

/** Puts another token into the file, as whole as secret stores do, and makes it the only good one. */
function rotate(): string {
  const token = `canary-rotated-${(count += 1)}`;
  writeFileSync(join(secrets, 'next'), `${token}\n`);
  renameSync(join(secrets, 'next'), join(secrets, 'token'));
  stage.api.setToken(token);
  return token;
}

/** Rotates while the API answers one of these requests. */
function rotateDuring(path: RegExp, method: 'GET' | 'POST' = 'GET'): () => string | undefined {
  let token: string | undefined;
  stage.api.fail({
    kind: 'alter',
    method,
    path,
    times: 1,
    alter: (body) => {
      token = rotate();
      return body;
    },
  });
  return () => token;
}

const refusals = (): number => stage.api.requests.filter(({ status }) => status === 401).length;

beforeAll(async () => {
  stage = await createStage({ seed: 5, log, now: START });
  secrets = mkdtempSync(join(tmpdir(), 'pulse-secrets-'));
  writeFileSync(join(secrets, 'token'), `${MARKETPLACE.token}\n`, { mode: 0o600 });
  const read = (path: string): string => readFileSync(path, 'utf8');
  const standard = stage.configure();
  config = {
    ...standard,
    marketplace: {
      ...standard.marketplace,
      token: new Secret(MARKETPLACE.token, { path: join(secrets, 'token'), read }),
    },
  };
  app = await stage.startApp(config);
});

afterAll(async () => {
  await stage.stop();
  rmSync(secrets, { recursive: true });
});

describe('a token that is replaced in its file while a sync runs', () => {
  it.each<[string, RegExp, 'GET' | 'POST']>([
    ['an export is started', /licenses\/async\/export/, 'POST'],
    ['an export is polled', /transactions\/async\/export\/[^/]+\/status/, 'GET'],
    ['an export is read', /licenses\/async\/export\/[^/]+$/, 'GET'],
    ['a list is paged', /feedback\/details/, 'GET'],
    ['a metric is read', /churn\/details/, 'GET'],
  ])(
    'while %s: that sync goes on with the new one',
    async (...given) => {
      const [, path, method] = given;
      // A day later everything is pulled in full.
      stage.setTime(START + count * 26 * HOUR);
      const token = rotateDuring(path, method);
      const before = refusals();
      const [report] = await app.sync();
      expect(token()).toBeDefined();
      expect(report?.failures).toEqual([]);
      // What was under way in both threads meets the old one, and nothing after it.
      expect(refusals() - before).toBeGreaterThan(0);
      expect(refusals() - before).toBeLessThanOrEqual(6);
      expect(config.marketplace.token.reveal()).toBe(token());
    },
    60_000,
  );

  it('is found by a live search too', async () => {
    const token = rotate();
    const answer = await askLive(config.marketplace, 'acme', log);
    expect(answer).toMatchObject({ kind: 'answered' });
    expect(config.marketplace.token.reveal()).toBe(token);
  });

  it('fails the syncs until the file holds it, and no further one', async () => {
    stage.api.setToken('canary-not-in-the-file');
    stage.setTime(START + 200 * HOUR);
    const before = refusals();
    const [failed] = await app.sync();
    expect(new Set(failed?.failures.map(({ code }) => code))).toEqual(new Set(['API_UNAUTHORIZED']));
    // What each data set asks for first is refused; nothing is asked again.
    expect(refusals() - before).toBeLessThanOrEqual(2 * (failed?.failures.length ?? 0));
    rotate();
    stage.setTime(START + 201 * HOUR);
    const [good] = await app.sync();
    expect(good?.failures).toEqual([]);
    // A sync has threads of its own: they begin with the token that was found.
    const found = refusals();
    stage.setTime(START + 230 * HOUR);
    const [next] = await app.sync();
    expect([next?.failures, refusals() - found]).toEqual([[], 0]);
  }, 60_000);

  it('stands in no file of the store and no line of the log', () => {
    const texts = readdirSync(stage.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(texts.length).toBeGreaterThan(0);
    expect([...texts, log.asText()].filter((text) => text.includes('canary-rotated'))).toEqual([]);
    expect(log.asText()).toContain('"kind":"renewed"');
    // The log blanks all of them.
    expect(config.marketplace.token.values()).toHaveLength(count + 1);
  });
});

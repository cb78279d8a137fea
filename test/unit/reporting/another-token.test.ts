import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';
import type { RetryNotice } from '../../../src/reporting/transport.ts';
import { churn } from '../../../src/reporting/endpoints/churn.ts';
import { allOf, clientFor, EMAIL, errorOf, json, serve } from './loopback.ts';

const OLD = 'canary-old-token-0001';
const NEW = 'canary-new-token-0002';
const ANSWER = { addons: [] };
const parameters = { startDate: '2026-01-01', endDate: '2026-02-01' };

const basic = (token: string): string => `Basic ${Buffer.from(`${EMAIL}:${token}`).toString('base64')}`;

/** A server that lets in whoever has the token that is good now, and a token in a file. */
async function createPlace(good: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-token-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'token');
  writeFileSync(path, `${OLD}\n`, { mode: 0o600 });
  const state = { good };
  const server = await serve(({ headers }, response) => {
    const isGood = headers.authorization === basic(state.good);
    json(response, isGood ? ANSWER : { errors: [String(headers.authorization)] }, isGood ? 200 : 401);
  });
  const notices: RetryNotice[] = [];
  const secret = new Secret(OLD, { path, read: (file) => readFileSync(file, 'utf8') });
  const { client, waits } = clientFor(server.url, {
    token: secret,
    onRetry: (notice) => notices.push(notice),
  });
  const pull = () => client.pull(churn, { parameters });
  const tokens = () =>
    server.asked.map(({ headers }) =>
      Object.entries({ OLD, NEW })
        .find(([, token]) => headers.authorization === basic(token))
        ?.at(0),
    );
  return { path, pull, state, tokens, waits, notices };
}

describe('a token that the API refuses', () => {
  it('is replaced by the one its file holds then, in the same request', async () => {
    const { notices, path, pull, tokens, waits } = await createPlace(NEW);
    writeFileSync(path, `${NEW}\n`);
    const asked = pull();
    await allOf(asked);
    expect(tokens()).toEqual(['OLD', 'NEW']);
    expect(asked.report.requests).toBe(2);
    expect(waits).toEqual([0]);
    expect(notices).toMatchObject([{ attempt: 1, outcome: { kind: 'renewed' } }]);
    await allOf(pull());
    expect(tokens()).toEqual(['OLD', 'NEW', 'NEW']);
  });

  it('is used as it was read where others may read the file too', async () => {
    const { path, pull, tokens } = await createPlace(NEW);
    writeFileSync(path, NEW);
    chmodSync(path, 0o644);
    await allOf(pull());
    expect(tokens()).toEqual(['OLD', 'NEW']);
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ['is unchanged', () => undefined, /Its file was read again and holds the same token\.$/],
    ['is gone', (path) => rmSync(path), /Its file could not be read again\.$/],
    ['is empty', (path) => writeFileSync(path, '\n'), /Its file was read again and is empty\.$/],
  ])('is an error that says so where the file %s, and the next request reads again', async (...given) => {
    const [, change, sentence] = given;
    const { path, pull, tokens } = await createPlace(NEW);
    change(path);
    const error = await errorOf(allOf(pull()));
    expect(error).toMatchObject({ code: 'API_UNAUTHORIZED', status: 401 });
    expect(error.message).toMatch(sentence);
    expect(tokens()).toEqual(['OLD']);
    writeFileSync(path, NEW);
    await allOf(pull());
    expect(tokens()).toEqual(['OLD', 'OLD', 'NEW']);
  });

  it('is tried once, and the new one once, where both are refused', async () => {
    const { path, pull, tokens } = await createPlace('a third one');
    writeFileSync(path, NEW);
    const error = await errorOf(allOf(pull()));
    expect(error.message).toMatch(/holds the same token\.$/);
    expect(tokens()).toEqual(['OLD', 'NEW']);
    const seen = `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
    for (const token of [OLD, NEW]) {
      expect(seen).not.toContain(token);
      expect(seen).not.toContain(basic(token).slice('Basic '.length));
    }
  });

  it('is read once more where a half-written file was read', async () => {
    const { path, pull, state, tokens } = await createPlace(NEW);
    writeFileSync(path, NEW.slice(0, 9));
    await errorOf(allOf(pull()));
    writeFileSync(path, NEW);
    await allOf(pull());
    expect(tokens()).toEqual(['OLD', undefined, undefined, 'NEW']);
    state.good = OLD;
    writeFileSync(path, OLD);
    await allOf(pull());
    expect(tokens().slice(4)).toEqual(['NEW', 'OLD']);
  });

  it('is final where a file never holds the same token twice', async () => {
    const server = await serve((_asked, response) => json(response, {}, 401));
    let count = 0;
    const read = (): string => `token-${(count += 1)}`;
    const { client } = clientFor(server.url, { token: new Secret(OLD, { path: '/run/token', read }) });
    const error = await errorOf(allOf(client.pull(churn, { parameters })));
    expect(error).toMatchObject({ code: 'API_UNAUTHORIZED' });
    expect(server.asked).toHaveLength(5);
  });
});

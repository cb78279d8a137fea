import { describe, expect, it } from 'vitest';
import { createDigestCommand } from '../../../src/commands/digest-command.ts';
import type { Digest, DigestRequest } from '../../../src/digests/digest.ts';
import { message, section } from '../../../src/messages/kit/blocks.ts';
import { mrk } from '../../../src/messages/kit/escape.ts';
import { plainText } from '../../../src/messages/plain-text.ts';
import type { BuildDigest } from '../../../src/digests/build-digest.ts';
import { parseCommand } from '../../../src/slack/parse-command.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { aTrace } from '../../support/traces.ts';
import { asked, buttonsOf, contextOf, NOW } from './asking.ts';

const APPS = [
  ['app-1', 'App 1'],
  ['app-10', 'App 10'],
  ['app-1-pro', 'App 1 Pro'],
  ['com.acme.charts', 'Diagrams & Charts for Jira'],
  ['com.acme.all', 'All in One'],
  ['com.acme.timer', 'Details Timer'],
] as const;

async function withApps(
  developerId = 'dev-1',
  apps: readonly (readonly [string, string])[] = APPS,
): Promise<Store> {
  const store = await openStore();
  await recordApps(store, developerId, apps);
  return store;
}

async function recordApps(store: Store, developerId: string, apps: readonly (readonly [string, string])[]) {
  const rows = apps.map(([appKey, name], index) =>
    aLicense({ appKey, name, aliases: { appEntitlementNumber: `E-${developerId}-${index}` } }),
  );
  await recordRows(store, { kind: 'licenses', rows }, { at: NOW, developerId });
}

/** A digest that keeps what it was asked for, so that a test can look at it. */
function createEcho() {
  const requests: DigestRequest[] = [];
  const digest: Digest = {
    id: 'echo',
    aliases: ['echoes'],
    summary: 'says what it was asked for',
    definition: 'An echo.',
    reads: [],
    async build(_, request) {
      requests.push(request);
      const reply = message(mrk`The reply.`, [section(mrk`The reply.`)]);
      return { ...message(mrk`The parent.`, [section(mrk`The parent.`)]), thread: [reply], numbers: [] };
    },
  };
  return { digest, command: createDigestCommand(digest), requests };
}

/** What the digest was asked for, or what the person was told instead. */
async function ask(store: Store, text: string, changes?: Parameters<typeof contextOf>[1]) {
  const { command, digest, requests } = createEcho();
  const buildDigest: BuildDigest = async (_, request) => ({
    message: await digest.build(store.read, request),
    knownAt: NOW,
    trace: aTrace(),
  });
  const context = contextOf(store, { buildDigest, ...changes });
  const answer = await command.answer(parseCommand(text).words, context);
  return { request: requests[0], words: plainText(answer), answer };
}

describe('an app is understood', () => {
  it.each([
    ['App 1', 'app-1'],
    ['"App 1"', 'app-1'],
    ['“app 1”', 'app-1'],
    ['app 1 8', 'app-1'],
    ['8 app 1', 'app-1'],
    ['app-1', 'app-1'],
    ['app:app-1', 'app-1'],
    ['app:"App 1"', 'app-1'],
    ['for the App 1', 'app-1'],
    ['App 10', 'app-10'],
    ['App 1 Pro 8', 'app-1-pro'],
    ['App 10 details', 'app-10'],
    ['Diagrams &amp; Charts for Jira', 'com.acme.charts'],
    ['charts', 'com.acme.charts'],
    ['app:charts', 'com.acme.charts'],
    ['com.acme.charts', 'com.acme.charts'],
    ['All in One', 'com.acme.all'],
    ['all in one all', 'com.acme.all'],
    ['details timer', 'com.acme.timer'],
  ])('in %s', async (text, appKey) => {
    const { request, words } = await ask(await withApps(), text);
    expect(request?.app?.appKey ?? words).toBe(appKey);
  });

  it.each(['', 'app', 'the last week'])('to be none in "%s"', async (text) => {
    expect((await ask(await withApps(), text)).request).toMatchObject({ app: null, week: '2026-03-08' });
  });

  it.each(['jira cloud', 'xyzzy', 'a', '"App 11"', 'App 1 xyzzy'])(
    'not in "%s" unless it is one: the answer says what it was taken for and which apps there are',
    async (text) => {
      const { request, words } = await ask(await withApps(), text);
      expect(request).toBeUndefined();
      expect(words).toMatch(
        /^I took "[^"]+" for an app, but none of yours is called so\. The apps are All in One, App 1, /,
      );
      expect(words).toContain('Example: /pulse echo "All in One".');
      expect(words).toContain('type /pulse lookup and the name');
    },
  );

  it('says that none is known before the first sync', async () => {
    expect((await ask(await openStore(), 'xyzzy')).words).toContain('No app is known yet');
  });

  it('names twelve apps and counts the others', async () => {
    const apps = Array.from({ length: 40 }, (_, index) => [`key-${index}`, `Tool ${100 + index}`] as const);
    expect((await ask(await withApps('dev-1', apps), 'xyzzy')).words).toContain('Tool 111 and 28 more.');
  });

  it('in the developer space that has it', async () => {
    const store = await withApps();
    await recordApps(store, 'dev-2', [['app-9', 'Other App']]);
    expect((await ask(store, 'other')).request).toMatchObject({ developerId: 'dev-2', space: 'dev-2' });
    expect((await ask(store, '')).request).toMatchObject({ developerId: 'dev-1', space: 'dev-1' });
  });
});

describe('the weeks of the chart', () => {
  it.each([
    ['8', 8],
    ['8w', 8],
    ['last 12 weeks', 12],
    ['0', 4],
    ['1', 4],
    ['999', 20],
  ])('in "%s" are %d', async (text, weeks) => {
    expect((await ask(await withApps(), text)).request?.chartWeeks).toBe(weeks);
  });

  it("are the digest's own when nobody asks for another number", async () => {
    expect((await ask(await withApps(), 'App 1')).request).not.toHaveProperty('chartWeeks');
  });
});

describe('a date', () => {
  it.each([
    ['2026-03-14', '2026-03-08'],
    ['2026-03-08', '2026-03-08'],
    ['2026-03-07', '2026-03-01'],
    ['2024-02-29', '2024-02-25'],
    ['2026-03-17', '2026-03-15'],
    ['2026-03-21', '2026-03-15'],
    ['2012-01-01', '2012-01-01'],
  ])('%s asks for the week of %s', async (text, week) => {
    expect((await ask(await withApps(), text)).request?.week).toBe(week);
  });

  it.each(['2026-03-22', '2030-01-01', '9999-12-31'])(
    '%s is in the future, and that is said',
    async (text) => {
      const { request, words } = await ask(await withApps(), text);
      expect(request).toBeUndefined();
      expect(words).toBe(
        `"${text}" is in the future: there is nothing to tell yet. Give a day as year-month-day: /pulse echo 2026-03-08 is the newest complete week.`,
      );
    },
  );

  it.each(['2011-12-31', '0001-01-01'])(
    '%s is before there was a Marketplace, and that is said',
    async (text) => {
      const { request, words } = await ask(await withApps(), text);
      expect(request).toBeUndefined();
      expect(words).toContain(`"${text}" is before the Marketplace sold anything.`);
    },
  );

  it.each(['2026-02-30', '2026-13-01', '2026-3-1', '31.01.2026', '1/31/26', '0000-00-00'])(
    '%s cannot be read, and that is said',
    async (text) => {
      const { request, words } = await ask(await withApps(), text);
      expect(request).toBeUndefined();
      expect(words).toMatch(
        new RegExp(`^I took "${text}" for a date, but cannot read it\\. Give a day as year-month-day: `),
      );
    },
  );
});

describe('the details', () => {
  it('are the replies of the digest, with a way back', async () => {
    for (const text of ['details', 'App 1 2026-03-01 details', 'LIST']) {
      const { answer, words } = await ask(await withApps(), text);
      expect(words).toContain('The reply.');
      expect(words).not.toContain('The parent.');
      const app = text.startsWith('App') ? ' "App 1"' : '';
      expect(buttonsOf(answer)).toEqual({ 'Back to the Digest': `echo${app}` });
    }
  });

  it('are not shown when nobody asks for them', async () => {
    const { answer, words } = await ask(await withApps(), '');
    expect(words).toBe('The parent.');
    expect(answer).not.toHaveProperty('thread');
  });
});

it('a digest asked for compares with when it last spoke in its own channel', async () => {
  const store = await withApps();
  const { request } = await ask(store, 'App 1', {
    readLastTold: async (digest, developerId, appKey) =>
      `${digest} ${developerId} ${appKey}` === 'echo dev-1 app-1'
        ? { week: '2026-03-01', knownAt: 42, toldAt: NOW }
        : undefined,
  });
  expect(request).toMatchObject({ lastSpokeAt: 42, lastToldWeek: '2026-03-01' });
});

it('a week that was told while it ran was not told in full', async () => {
  const { request } = await ask(await withApps(), '', {
    readLastTold: async () => ({ week: '2026-03-15', knownAt: 42, toldAt: NOW }),
  });
  expect(request?.lastToldWeek).toBe('2026-03-08');
});

it('words without end are no app', async () => {
  const { words } = await ask(await withApps(), `${'app '.repeat(900)}xyzzy`);
  expect(words).toContain('I took "xyzzy" for an app');
});

it('the churn digest answers through the real command', async () => {
  const store = await withApps();
  expect(await asked(store, 'churn app 1 2026-03-10')).toMatch(/^Churn, 8–14 Mar, App 1\n/);
  expect(await asked(store, 'cancellations')).toMatch(/^Churn, 8–14 Mar, All cloud apps\n/);
});

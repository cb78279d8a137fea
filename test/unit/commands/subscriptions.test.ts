import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../demo/world/random.ts';
import type { CommandContext, Place } from '../../../src/commands/command.ts';
import { refreshForm, submitForm } from '../../../src/commands/index.ts';
import type { Answer } from '../../../src/domain/message.ts';
import { createDigestBuilder } from '../../../src/schedule/prepare-digests.ts';
import { createSubscriptionDesk } from '../../../src/schedule/subscription-desk.ts';
import type { Store } from '../../../src/store/store.ts';

import { aLicense, aLine } from '../../support/rows.ts';
import { expectSendable } from '../../support/golden.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { answerTo, asked, contextOf, NOW } from './asking.ts';

/** A partner with two developer spaces, an app in each. */
async function known(spaces: readonly string[] = ['dev-1', 'dev-2']): Promise<Store> {
  const store = await openStore();
  for (const developerId of spaces) {
    const app = { appKey: `app-${developerId}`, name: `App of ${developerId}` };
    const aliases = { appEntitlementNumber: `E-${developerId}` };
    const at = { at: NOW, developerId, silent: true };
    await recordRows(store, { kind: 'licenses', rows: [aLicense({ ...app, aliases })] }, at);
    await recordRows(store, { kind: 'lines', rows: [aLine({ ...app, aliases })] }, at);
  }
  return store;
}

const places = (place: Place, changes: Partial<CommandContext['places']> = {}) => ({
  places: { ...contextOf({} as Store).places, check: async () => place, ...changes },
});
const list = async (store: Store) =>
  (await store.subscriptions.list()).map(({ appKey, channel, cron, developerId, digest, zone }) =>
    [digest, channel, appKey ?? '*', developerId, cron, zone].join(' '),
  );

describe('subscribe', () => {
  it('takes the default time, and the zone of whoever subscribes', async () => {
    const store = await known(['dev-1']);
    const answer = await asked(
      store,
      'subscribe churn',
      places({ kind: 'open' }, { readZone: async () => 'Asia/Tokyo' }),
    );
    expect(answer).toContain('Tuesdays at 09:00, Asia/Tokyo');
    await asked(store, 'subscribe renewal');
    expect(await list(store)).toEqual([
      'churn C1 * dev-1 0 9 * * 2 Asia/Tokyo',
      'renewal C1 * dev-1 0 9 * * 2 UTC',
    ]);
  });

  it('asks which of several developer spaces is meant, and offers a form; an app says it', async () => {
    const store = await known();
    const answer: Answer = await answerTo(store, 'subscribe churn tue 9');
    expect(answer.text).toContain('There are several developer spaces');
    expect(JSON.stringify(answer.form)).toContain('All apps of developer space dev-2');
    expect(await list(store)).toEqual([]);
    expect(await asked(store, 'subscribe churn space:dev-2')).toContain('all apps of developer space dev-2');
    await asked(store, 'subscribe churn app:"App of dev-1"');
    expect(await asked(store, 'subscribe churn space:dev-2 app:"App of dev-1"')).toContain(
      'another developer space',
    );
    expect(await list(store)).toEqual([
      'churn C1 * dev-2 0 9 * * 2 UTC',
      'churn C1 app-dev-1 dev-1 0 9 * * 2 UTC',
    ]);
  });

  it('finds its words in any order, and suggests the digest that was probably meant', async () => {
    const store = await known(['dev-1']);
    expect(await asked(store, 'churn subscribe fri 8am')).toContain('Fridays at 08:00');
    expect(await asked(store, 'subscribe chrun tue 9')).toContain('Did you mean churn?');
    expect(await list(store)).toHaveLength(1);
  });

  it.each([
    [{ kind: 'absent' }, 'I am not in that channel. Type "/invite @"'],
    [{ kind: 'archived' }, 'Unarchive it, or choose another channel'],
    [{ kind: 'shared' }, 'Choose a channel of your own'],
    [{ kind: 'forbidden', sentence: 'I do not answer here.' }, 'I do not answer here.'],
  ] as const)('refuses a channel that is %o, and says what to do', async (place, words) => {
    const store = await known(['dev-1']);
    expect(await asked(store, 'subscribe churn C0123ABCD', places(place))).toContain(words);
    expect(await list(store)).toEqual([]);
  });

  it('where the bot may not look, heeds what Slack said when it posted last', async () => {
    const store = await known(['dev-1']);
    expect(await asked(store, 'subscribe churn', places({ kind: 'unseen' }))).toContain('I may not look');
    const desk = contextOf(store).subscriptions;
    const trouble = { reason: 'The channel is archived.', fix: 'Unarchive it.' };
    const subscriptions = { ...desk, readTrouble: async () => trouble };
    const refused = await asked(store, 'subscribe renewal', { ...places({ kind: 'unseen' }), subscriptions });
    expect(refused).toContain('The channel is archived. Unarchive it.');
    expect(await list(store)).toHaveLength(1);
  });

  it('refuses direct messages and names of channels that are none', async () => {
    const store = await known(['dev-1']);
    const direct = { asker: { userId: 'U1', channelId: 'D1' } };
    expect(await asked(store, 'subscribe churn', direct)).toContain('Digests go to channels.');
    expect(await asked(store, 'subscribe churn #sales')).toContain('I find no channel #sales');
    const found = places({ kind: 'open' }, { find: async (name) => (name === 'sales' ? 'C7' : undefined) });
    expect(await asked(store, 'subscribe churn #Sales', found)).toContain('Subscribed');
    expect(await list(store)).toEqual(['churn C7 * dev-1 0 9 * * 2 UTC']);
  });

  it('before the first sync has nothing to offer, and says so', async () => {
    expect(await asked(await openStore(), 'subscribe churn')).toContain('The first sync has not finished');
  });
});

describe('subscriptions', () => {
  async function two(): Promise<Store> {
    const store = await known(['dev-1']);
    await asked(store, 'subscribe churn');
    await asked(store, 'subscribe churn "App of dev-1"');
    await asked(store, 'subscribe renewal C0OTHER99');
    return store;
  }

  it('of other channels are for people who are named', async () => {
    const store = await two();
    for (const words of ['subscriptions', 'subscriptions all'])
      expect(await asked(store, words)).not.toContain('renewal');
    expect(await asked(store, 'subscriptions', { isNamed: true })).toContain('All Channels (1 more)');
    expect(await asked(store, 'subscriptions all', { isNamed: true })).toContain(
      '3 digests come to all channels',
    );
    const other = (await contextOf(store).subscriptions.list()).find(({ digest }) => digest === 'renewal');
    expect(await asked(store, `subscriptions pause ${other?.ref}`)).toContain('I know no such subscription');
    expect(await asked(store, `subscriptions pause ${other?.ref}`, { isNamed: true })).toContain(
      'Paused: renewal',
    );
  });

  it('are named by digest and app; without an app the one of all apps is meant', async () => {
    const store = await two();
    expect(await asked(store, 'subscriptions pause churn')).toContain('Paused: churn, all apps,');
    expect(await asked(store, 'subscriptions pause churn app:"App of dev-1"')).toContain(
      'Paused: churn, App of dev-1,',
    );
    expect(await asked(store, 'unsubscribe installs')).toContain(
      'No subscription of this channel is about "installs"',
    );
    expect(await asked(store, 'unsubscribe churn')).toContain('Unsubscribed: churn, all apps,');
    expect(await list(store)).toEqual([
      'renewal C0OTHER99 * dev-1 0 9 * * 2 UTC',
      'churn C1 app-dev-1 dev-1 0 9 * * 2 UTC',
    ]);
  });

  it('keep the channel and the time that an edit leaves out, also while Slack refuses the channel', async () => {
    const store = await known(['dev-1']);
    await asked(store, 'subscribe churn mon 10:30 Europe/Berlin');
    const [plan] = await contextOf(store).subscriptions.list();
    const answer = await asked(store, `subscriptions edit ${plan?.ref} fri`, places({ kind: 'absent' }));
    expect(answer).toContain(
      'Changed: churn, all apps, comes to this channel, Fridays at 10:30, Europe/Berlin.',
    );
    expect(await list(store)).toEqual(['churn C1 * dev-1 30 10 * * 5 Europe/Berlin']);
  });

  it('that were posted by typing are posted once a minute', async () => {
    const store = await two();
    const place = places({ kind: 'open' });
    expect(await asked(store, 'subscriptions run churn', place)).toContain('is on its way to');
    expect(await asked(store, 'subscriptions run churn', place)).toContain('posts once');
    const shared = await asked(store, 'subscriptions run churn', places({ kind: 'shared' }));
    expect(shared).toContain('shared with another company');
  });
});

describe('1,000 wishes of all kinds', () => {
  it('are answered in words that Slack takes', async () => {
    const store = await known(['dev-1']);
    const random = createRandom(7);
    const pieces: [string, ...string[]] = [
      'subscribe',
      'unsubscribe',
      'subscriptions',
      'pause',
      'resume',
      'run',
      'preview',
      'edit',
      'show',
      'all',
      'churn',
      'funnel',
      'here',
      '#sales',
      '<#C1|one>',
      'tue',
      'mon-fri',
      '9',
      '25:00',
      '31st',
      'Europe/Berlin',
      'Europe/Berln',
      'CET',
      'app:"App of dev-1"',
      'app:x',
      'space:dev-1',
      '0123456789',
      'default',
      '<!channel>',
      '"',
      '\u202E',
      'x'.repeat(400),
      '*',
      '&amp;',
      'daily',
      'Berlin',
    ];
    const first = ['subscribe', 'unsubscribe', 'subscriptions'] as const;
    const outcomes = new Set<string>();
    for (let index = 0; index < 1000; index += 1) {
      const words = Array.from({ length: random.int(0, 6) }, () => random.pick(pieces));
      const answer = await answerTo(store, [first[index % 3], ...words].join(' '));
      expect(answer.text.trim()).not.toBe('');
      outcomes.add(answer.text.split(/[\s:]/)[0] ?? '');
      expectSendable(answer, ['U1', 'C1']);
    }
    const seen = ['Subscribed', 'Unsubscribed', 'Which', 'I'];
    expect([...outcomes]).toEqual(expect.arrayContaining(seen));
  }, 60_000);
});

describe('a form of a subscription', () => {
  it('whose list is gone changes nothing', async () => {
    const store = await known(['dev-1']);
    const entries = [{ id: 'x', words: ['subscriptions', 'edit', '0123456789', 'days', 'mon'] }];
    const outcome = await submitForm(entries, contextOf(store));
    expect(outcome).toMatchObject({
      message: { text: expect.stringContaining('I know no such subscription') },
    });
    expect(await refreshForm(entries, contextOf(store))).toBeUndefined();
  });

  it('that was changed back shows the runs of what stands in it, not of what stood there', async () => {
    const store = await known(['dev-1']);
    const fields = (days: string) => [
      { id: 'a', words: ['subscribe', 'digest', 'default'], isKept: true },
      { id: 'b', words: ['subscribe', 'days', days], isKept: days === 'tue' },
    ];
    for (const [typed, words] of [
      ['wed', 'Wednesdays'],
      ['tue', 'Tuesdays'],
    ] as const)
      expect(JSON.stringify(await refreshForm(fields(typed), contextOf(store)))).toContain(
        `${words} at 09:00`,
      );
  });

  it('takes what was kept as well as what was changed', async () => {
    const store = await known(['dev-1']);
    const kept = (...words: string[]) => ({
      id: words.join(' '),
      words: ['subscribe', ...words],
      isKept: true,
    });
    const entries = [
      { id: 'd', words: ['subscribe', 'digest', 'churn'] },
      kept('days', 'weekdays'),
      kept('time', '07:30'),
      kept('zone', 'Asia/Tokyo'),
      kept('channel', 'C1'),
      kept('app', 'all'),
    ];
    await submitForm(entries, contextOf(store));
    expect(await list(store)).toEqual(['churn C1 * dev-1 30 7 * * 1,2,3,4,5 Asia/Tokyo']);
  });
});

describe('a digest that is posted now', () => {
  it('names its developer space where there are several, and is a telling', async () => {
    const store = await known();
    const desk = createSubscriptionDesk({
      store,
      buildDigest: createDigestBuilder(store),
      defaults: [],
      cron: '0 9 * * 2',
      zone: 'UTC',
      clock: () => NOW,
    });
    const wanted = { digest: 'churn', channel: 'C1', app: null, cron: '0 9 * * 2', zone: 'UTC' };
    for (const developerId of ['dev-1', 'dev-2']) {
      const { plan } = await desk.put({ ...wanted, developerId }, 'U1');
      const built = await desk.preview(plan.ref);
      expect(JSON.stringify(built)).toContain(developerId);
      expect(await desk.post(plan.ref, 'a')).toBe('posted');
      expect(await desk.post(plan.ref, 'a')).toBe('known');
      expect(await desk.post(plan.ref, 'b')).toBe('posted');
    }
    const [subscription] = await store.subscriptions.list();
    expect(await store.told.readLast(subscription?.id ?? '')).toMatchObject({ week: '2026-03-08' });
    expect((await store.outbox.readCounts()).pending).toBeGreaterThanOrEqual(4);
  });
});

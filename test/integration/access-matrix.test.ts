import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, createStage, ELSEWHERE, GUEST, PERSON, SLACK, type Stage } from '../../demo/stage.ts';
import type { App } from '../../src/app.ts';
import { Secret } from '../../src/domain/secret.ts';
import { GRANTS } from '../../src/slack/access.ts';
import { createLogBook } from '../support/log-book.ts';
import { signed } from '../support/talking.ts';

const GROUP = 'S0SUPPORT';
const MINUTE = 60_000;

/** Who asks. The first two may. */
const PEOPLE = {
  'somebody who is named': PERSON,
  'somebody in an allowed group': 'U0INGROUP',
  'somebody who left the group six minutes ago': 'U0LEFT',
  'somebody in a group that cannot be read now': 'U0UNREAD',
  'somebody else': 'U0OTHER',
  'a guest': GUEST,
  'a guest who is named': 'U0GUEST2',
  'somebody of another workspace who is named': 'U0STRANGE',
} as const;
type Who = keyof typeof PEOPLE;

/** Where. The first three are allowed as far as the place is concerned; the last of these has no public. */
const PLACES = {
  'a channel it posts to': CHANNELS.digest,
  'a private channel that is listed': 'C0PRIVATE',
  'a direct message with the bot': 'D',
  'a listed channel shared with another company': 'C0SHARED1',
  'a channel that is not listed': ELSEWHERE,
  'an unlisted channel shared with another company': 'C0SHARED2',
  'a group message': 'G0GROUP',
} as const;
type Where = keyof typeof PLACES;

const WAYS = [
  'a lookup',
  'a digest',
  'an export',
  'a shared answer',
  'a button',
  'a form',
  'a mention',
  'the shortcut',
  'the Home tab',
] as const;
type Way = (typeof WAYS)[number];

const isOpenPerson = (who: Who) => Object.keys(PEOPLE).indexOf(who) < 2;
const isOpenPlace = (where: Where) => Object.keys(PLACES).indexOf(where) < 3;
const isDirect = (where: Where) => PLACES[where] === 'D';

/** What should come of it, said independently of the table in the source. */
function mayDo(who: Who, where: Where, way: Way): boolean {
  if (!isOpenPerson(who)) return false;
  return way === 'the Home tab' ? isDirect(where) : isOpenPlace(where);
}

let stage: Stage;
let app: App;
/** Names and identifiers that no refusal may hold, in lower case. */
let secrets: string[];
/** What came of asking before somebody left the group, and right after. */
const whileKept: string[] = [];
const seeded = new Map<string, { readonly button: string; readonly said: string }>();

beforeAll(async () => {
  stage = await createStage({
    seed: 5,
    log: createLogBook(),
    now: Date.parse('2026-11-24T09:00:00Z'),
    also: {
      users: [
        { id: 'U0INGROUP', name: 'in' },
        { id: 'U0LEFT', name: 'left' },
        { id: 'U0UNREAD', name: 'unread' },
        { id: 'U0OTHER', name: 'other' },
        { id: 'U0GUEST2', name: 'named-guest', isUltraRestricted: true },
        { id: 'U0STRANGE', name: 'stranger', teamId: 'T0OTHER' },
      ],
      channels: [
        { id: 'C0PRIVATE', name: 'private', isPrivate: true },
        { id: 'C0SHARED1', name: 'shared-listed', isExtShared: true },
        { id: 'C0SHARED2', name: 'shared', isExtShared: true },
        { id: 'G0GROUP', name: 'group', isPrivate: true },
      ],
      usergroups: [{ id: GROUP, users: ['U0INGROUP', 'U0LEFT', 'U0UNREAD'] }],
    },
  });
  stage.slack.setScopes([
    'commands',
    'chat:write',
    'app_mentions:read',
    'files:write',
    'im:write',
    'users:read',
    'usergroups:read',
    'channels:read',
    'groups:read',
  ]);
  app = await stage.startApp(
    stage.configure({
      allowedUsers: [PERSON, 'U0GUEST2', 'U0STRANGE'],
      allowedUsergroups: [GROUP],
      allowedChannels: [CHANNELS.digest, 'C0PRIVATE', 'C0SHARED1'],
      slack: {
        botToken: new Secret(SLACK.botToken),
        mode: { kind: 'http', signingSecret: new Secret(SLACK.signingSecret), port: 0 },
        apiUrl: stage.slack.apiUrl,
      },
    }),
  );
  await app.sync();
  const [space = ''] = await app.store.read.readDeveloperIds();
  const licenses = await app.store.read.readLicenses({ developerId: space, appKey: null });
  const apps = await app.store.read.readApps(space);
  secrets = [
    ...apps.flatMap(({ appKey, name }) => [appKey, name]),
    ...licenses.flatMap(({ aliases, customer, host }) => [
      customer.company,
      host.siteHostname,
      ...Object.values(aliases),
    ]),
  ]
    .flatMap((name) => (name ? [name.trim().toLowerCase()] : []))
    .filter((name) => name.length >= 4);
  secrets = [...new Set(secrets)];
  const { acme } = stage.world.landmarks;
  for (const user of Object.values(PEOPLE)) {
    for (const where of Object.keys(PLACES) as Where[]) await seed(channelOf(user, where), acme.company);
  }
}, 120_000);

afterAll(() => stage.stop());

function channelOf(user: string, where: Where): string {
  return isDirect(where) ? `D${user.slice(1)}` : PLACES[where];
}

/** Puts a message with a button of ours, and one that names a customer, into a channel. */
async function seed(channel: string, company: string): Promise<void> {
  if (seeded.has(channel)) return;
  const user = Object.values(PEOPLE).find((id) => channel === `D${id.slice(1)}`);
  // A direct message begins to exist when somebody opens it.
  if (user) await stage.slack.event({ type: 'team_join' }, { userId: user, until: () => true });
  if (user) await stage.slack.openHome({ userId: user, until: ({ views }) => views.length > 0 });
  const button = { type: 'button', action_id: 'pulse:0', text: { type: 'plain_text', text: 'Look' } };
  const response = await fetch(`${stage.slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SLACK.botToken}` },
    body: JSON.stringify({
      channel,
      text: 'A button',
      blocks: [{ type: 'actions', elements: [{ ...button, value: `lookup ${company}` }] }],
    }),
  });
  const { ts = '' } = (await response.json()) as { ts?: string };
  const said = stage.slack.say(stage.world.landmarks.acme.entitlementNumber ?? '', PERSON, channel);
  seeded.set(channel, { button: ts, said: said.ts });
}

/** A form that is sent without ever having been opened, as somebody could who knows how Slack sends one. */
async function sendForm(userId: string, channelId: string): Promise<void> {
  const stranger = userId === 'U0STRANGE' ? 'T0OTHER' : 'T0PULSE';
  const payload = {
    type: 'view_submission',
    team: { id: 'T0PULSE' },
    user: { id: userId, team_id: stranger },
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: 'pulse:form',
      private_metadata: channelId,
      blocks: [],
      state: { values: { 'alerts refund': { a: { type: 'plain_text_input', value: '700' } } } },
    },
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const headers = signed(body, { secret: SLACK.signingSecret });
  const address = `http://127.0.0.1:${app.port()}/slack/events`;
  const before = count(channelId);
  const answer = await fetch(address, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  // What is said comes after the confirmation.
  await expect.poll(() => count(channelId)).toBeGreaterThan(before);
}

async function act(userId: string, channelId: string, way: Way): Promise<void> {
  const { company } = stage.world.landmarks.acme;
  const until = ({ messages }: { messages: readonly { isBot: boolean }[] }) =>
    messages.some(({ isBot }) => isBot);
  const here = { userId, channelId, until, timeoutMs: 5000 };
  const say = (text: string) => stage.slack.command({ ...here, command: '/pulse', text });
  const { button = '', said = '' } = seeded.get(channelId) ?? {};
  switch (way) {
    case 'a lookup':
      return void (await say(company));
    case 'a digest':
      return void (await say('churn'));
    case 'an export':
      return void (await say(`export ${company}`));
    case 'a shared answer':
      return void (await say(`share ${company}`));
    case 'a button':
      return void (await stage.slack.click({ ...here, actionId: 'pulse:0', messageTs: button }));
    case 'a form':
      return sendForm(userId, channelId);
    case 'a mention':
      return void (await stage.slack.mention({ ...here, text: company }));
    case 'the shortcut':
      return void (await stage.slack.shortcut({ ...here, callbackId: 'pulse_lookup', messageTs: said }));
    case 'the Home tab': {
      const event = { type: 'app_home_opened', tab: 'home', user: userId, channel: channelId };
      const isShown = ({ views }: { views: readonly unknown[] }) => views.length > 0;
      return void (await stage.slack.event(event, { ...here, until: isShown }));
    }
  }
}

/** Everything that reached somebody, as one text. */
function shownTo(userId: string, channelId: string, since: number): string {
  const messages = stage.slack
    .messages({ channel: channelId, by: 'bot' })
    .slice(since)
    .filter(({ ephemeralTo }) => ephemeralTo === undefined || ephemeralTo === userId);
  return JSON.stringify(messages.map(({ blocks, text }) => ({ blocks, text }))).toLowerCase();
}

const count = (channelId: string) => stage.slack.messages({ channel: channelId, by: 'bot' }).length;

describe.each(Object.keys(PEOPLE) as Who[])('%s', (who) => {
  const userId = PEOPLE[who];

  beforeAll(async () => {
    stage.slack.clearFaults();
    if (who === 'somebody who left the group six minutes ago') {
      whileKept.push(await verdictOf(CHANNELS.digest, 'a lookup'));
      stage.slack.setUsergroup(GROUP, ['U0INGROUP', 'U0UNREAD']);
      whileKept.push(await verdictOf(CHANNELS.digest, 'a lookup'));
    }
    stage.setTime(stage.clock() + 6 * MINUTE);
    if (who === 'somebody in a group that cannot be read now')
      stage.slack.fail({
        method: 'usergroups.users.list',
        mode: { kind: 'error', error: 'fatal_error' },
        times: Number.POSITIVE_INFINITY,
      });
  });

  async function verdictOf(channelId: string, way: Way): Promise<string> {
    await act(userId, channelId, way);
    const [entry] = await app.store.audit.list(0, 1);
    return entry?.verdict ?? 'none';
  }

  describe.each(Object.keys(PLACES) as Where[])('in %s', (where) => {
    const channelId = channelOf(userId, where);

    it.each(WAYS)('%s', async (way) => {
      // Slower than the rate that is refused, faster than what is kept of Slack's answers forgets.
      stage.setTime(stage.clock() + 4000);
      const [before] = await app.store.audit.list(0, 1);
      const [seen, files] = [count(channelId), stage.slack.files().length];
      await act(userId, channelId, way);
      const attempts = await app.store.audit.list(0, 2);
      expect(attempts[1]).toEqual(before);
      const expected = mayDo(who, where, way) ? 'allowed' : 'refused';
      expect(attempts[0]).toMatchObject({ userId, channelId, verdict: expected });
      if (expected === 'allowed') return;
      expect(attempts[0]?.reason).toMatch(/^[a-z_]+$/);
      const shown =
        way === 'the Home tab'
          ? JSON.stringify(stage.slack.home(userId)?.view.blocks).toLowerCase()
          : shownTo(userId, channelId, seen);
      expect(shown).toMatch(/i (?:do not )?(?:answer|show)|not among|did not confirm/);
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
      expect(stage.slack.files()).toHaveLength(files);
    });
  });
});

it('has about five hundred cells, and names that could leak', () => {
  expect(Object.keys(PEOPLE).length * Object.keys(PLACES).length * WAYS.length).toBe(504);
  expect(secrets.length).toBeGreaterThan(500);
});

it("who leaves a group is let as long as Slack's answer is kept, which is five minutes", () => {
  expect(whileKept).toEqual(['allowed', 'allowed']);
});

it('nothing was posted for all but what somebody who may shared in a listed channel', async () => {
  await stage.drain(app);
  const shared = stage.slack
    .messages({ by: 'bot', ephemeral: false })
    .filter(({ text }) => text.includes('Shared by'));
  const from = (user: string, channel: string) => `${channel} <@${user}>`;
  expect(shared.map(({ channel, text }) => `${channel} ${/<@\w+>/.exec(text)?.[0]}`).toSorted()).toEqual(
    [PERSON, 'U0INGROUP']
      .flatMap((user) => [from(user, CHANNELS.digest), from(user, 'C0PRIVATE')])
      .toSorted(),
  );
});

it('the table names nobody but those it is about', () => {
  expect(GRANTS.map(({ rights, where, who }) => [who, where, rights.join(' ')])).toEqual([
    ['named', 'listed', 'ask see-contacts share'],
    ['named', 'direct', 'ask see-contacts see-home'],
    ['member', 'listed', 'ask share'],
    ['member', 'direct', 'see-home'],
    ['presumed', 'listed', 'ask share'],
  ]);
});

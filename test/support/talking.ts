import { createHmac } from 'node:crypto';
import { afterEach } from 'vitest';
import type { SlackSetup, SlackSimulator } from '../../demo/slack.ts';
import { type Bolt, type BoltDeps, createBolt } from '../../src/slack/bolt.ts';
import { BOT_TOKEN, startSlack } from './delivering.ts';
import { createLogBook } from './log-book.ts';

export const APP_TOKEN = 'xapp-test-token';
export const SIGNING_SECRET = 'a-signing-secret';

const running: Bolt[] = [];

afterEach(async () => {
  for (const bolt of running.splice(0)) await bolt.stop();
});

/** A workspace with an own channel, a foreign one, a shared one, people, a guest and a stranger. */
const WORKSPACE: Partial<SlackSetup> = {
  appToken: APP_TOKEN,
  signingSecret: SIGNING_SECRET,
  users: [
    { id: 'U1', name: 'ada' },
    { id: 'U2', name: 'bob' },
    { id: 'U3', name: 'guest', isRestricted: true },
    { id: 'U4', name: 'stranger', teamId: 'T9' },
  ],
  channels: [
    { id: 'C1', name: 'one' },
    { id: 'C2', name: 'two' },
    { id: 'C3', name: 'shared', isExtShared: true },
    { id: 'C4', name: 'without-bot', isPrivate: true, hasBot: false },
  ],
  scopes: ['commands', 'chat:write', 'users:read', 'channels:read'],
  settleMs: 20,
};

/** A running bot and the workspace it talks to; both are stopped after the test. */
export interface Talk {
  readonly slack: SlackSimulator;
  readonly bolt: Bolt;
  readonly log: ReturnType<typeof createLogBook>;
}

/** Starts a bot that answers with what it was asked, unless told otherwise. */
export async function startTalk(
  kind: 'socket' | 'http',
  change: Partial<BoltDeps> & {
    readonly workspace?: Partial<SlackSetup>;
    /** Runs before the bot starts. */
    readonly prepare?: (slack: SlackSimulator) => void;
  } = {},
): Promise<Talk> {
  const { workspace, prepare, ...deps } = change;
  const slack = await startSlack({ ...WORKSPACE, ...workspace });
  prepare?.(slack);
  const log = createLogBook();
  const bolt = createBolt({
    mode:
      kind === 'socket' ? { kind, appToken: APP_TOKEN } : { kind, signingSecret: SIGNING_SECRET, port: 0 },
    botToken: BOT_TOKEN,
    slackApiUrl: slack.apiUrl,
    command: '/pulse',
    answer: async ({ text }) => ({ text: `You asked: ${text}`, blocks: [] }),
    access: { channels: ['C1', 'C3', 'C4'] },
    log,
    ...deps,
  });
  running.push(bolt);
  await bolt.start();
  if (kind === 'socket') await slack.whenConnected();
  else slack.connectHttp(`http://127.0.0.1:${bolt.port()}/slack/events`);
  return { slack, bolt, log };
}

/** Headers as Slack signs a body. */
export function signed(
  body: string,
  {
    secret = SIGNING_SECRET,
    seconds = Math.floor(Date.now() / 1000),
    type = 'application/x-www-form-urlencoded',
  } = {},
): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return {
    'content-type': type,
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${digest}`,
  };
}

/** A slash command as Slack posts it. */
export function commandBody(text: string, change: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({
    team_id: 'T1',
    channel_id: 'C1',
    channel_name: 'one',
    user_id: 'U1',
    user_name: 'ada',
    command: '/pulse',
    text,
    api_app_id: 'A1',
    trigger_id: '1.2.3',
    ...change,
  }).toString();
}

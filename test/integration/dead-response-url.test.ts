/** Slack gives every request a URL to answer at; it ends after thirty minutes, and after five answers. */
import { describe, expect, it } from 'vitest';
import type { Interaction, SlackSimulator } from '../../demo/slack.ts';
import { BOT_TOKEN, until } from '../support/delivering.ts';
import { startTalk } from '../support/talking.ts';

const MINUTE_MS = 60_000;
const PERSON = 'Jane Canary, jane@canary.example';
const ANSWER = {
  text: `The contact is ${PERSON}.`,
  blocks: [{ type: 'section', text: { type: 'plain_text', text: `The contact is ${PERSON}.` } }],
};

type Act = (
  slack: SlackSimulator,
  channelId: string,
  isOver: (sofar: Interaction) => boolean,
) => Promise<Interaction>;

/** What somebody does, and waits for. */
const ACTS: Readonly<Record<string, Act>> = {
  command: (slack, channelId, isOver) =>
    slack.command({ command: '/pulse', text: 'acme', userId: 'U1', channelId, until: isOver }),
  async click(slack, channelId, isOver) {
    const text = { type: 'plain_text', text: 'Look up' };
    const button = { type: 'button', action_id: 'pulse:lookup', value: 'acme', text };
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${BOT_TOKEN}` },
      body: JSON.stringify({
        channel: channelId,
        text: 'Ask.',
        blocks: [{ type: 'actions', elements: [button] }],
      }),
    });
    const { ts: messageTs } = (await response.json()) as { ts: string };
    return slack.click({ userId: 'U1', channelId, messageTs, actionId: 'pulse:lookup', until: isOver });
  },
  shortcut(slack, channelId, isOver) {
    const { ts: messageTs } = slack.say('acme', 'U2', channelId);
    return slack.shortcut({ callbackId: 'pulse_lookup', userId: 'U1', channelId, messageTs, until: isOver });
  },
};

/** How the URL of an answer dies before the answer is there. */
const DEATHS: Readonly<
  Record<string, (talk: { slack: SlackSimulator; url: string; pass: (ms: number) => void }) => Promise<void>>
> = {
  unknown: async ({ slack }) => {
    slack.fail({ method: 'response_url', times: Infinity, mode: { kind: 'status', status: 404 } });
  },
  expired: async ({ pass }) => pass(30 * MINUTE_MS + 1),
  used: async ({ url }) => {
    for (let use = 1; use <= 5; use += 1) {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify({ text: `use ${use}` }) });
      expect(response.status).toBe(200);
    }
  },
};

/** Somebody asks, the URL dies while the bot looks the answer up, and the bot answers. */
async function ask(kind: 'socket' | 'http', act: Act, death: string, channelId: string) {
  const gate = Promise.withResolvers<void>();
  let skewMs = 0;
  const { log, slack } = await startTalk(kind, {
    workspace: { clock: () => Date.now() + skewMs },
    answer: async () => {
      await gate.promise;
      return ANSWER;
    },
  });
  let url: string | undefined;
  const asking = act(slack, channelId, (sofar) => {
    url = sofar.responseUrl;
    return sofar.messages.some(({ text }) => text.includes(PERSON));
  });
  await until(() => url !== undefined);
  const pass = (ms: number): void => {
    skewMs += ms;
  };
  await DEATHS[death]?.({ slack, url: url ?? '', pass });
  gate.resolve();
  return { asking, log, slack };
}

/** What everybody in a channel can read. */
const readByAll = (slack: SlackSimulator): string =>
  JSON.stringify(slack.messages({ ephemeral: false }).map(({ blocks, sent, text }) => [text, blocks, sent]));

const cells = (['socket', 'http'] as const).flatMap((kind) =>
  Object.entries(ACTS).flatMap(([name, act]) =>
    Object.keys(DEATHS).map((death) => [name, kind, death, act] as const),
  ),
);

describe('an answer whose response URL is dead', () => {
  it.each(cells)(
    'reaches the asker of a %s over %s by an ephemeral post when the URL is %s',
    async (_name, kind, death, act) => {
      const { asking, slack } = await ask(kind, act, death, 'C1');
      const { messages } = await asking;
      expect(messages.at(-1)).toMatchObject({
        text: ANSWER.text,
        blocks: ANSWER.blocks,
        channel: 'C1',
        ephemeralTo: 'U1',
        via: 'chat.postEphemeral',
      });
      // The bot tried twice, and what it tried reached nobody.
      const tried = slack.calls('response_url').filter((call) => JSON.stringify(call).includes(PERSON));
      const refused = { isOk: false, error: death === 'unknown' ? 'internal_error' : `${death}_url` };
      expect(tried).toMatchObject([refused, refused]);
      expect(slack.messages().filter(({ text }) => text.includes(PERSON))).toHaveLength(1);
      expect(readByAll(slack)).not.toContain('Canary');
      expect(JSON.stringify(slack.calls('chat.postMessage'))).not.toContain('Canary');
    },
  );

  it.each(Object.keys(DEATHS))(
    'reaches nobody where the bot may not post, rather than everybody, when the URL is %s',
    async (death) => {
      const { log, slack } = await ask('socket', ACTS['command'] as Act, death, 'C4');
      await until(() => log.asText().includes('could not be delivered in any way'));
      expect(slack.calls('chat.postEphemeral').map(({ isOk }) => isOk)).toEqual([false, false]);
      expect(slack.messages().filter(({ text }) => text.includes(PERSON))).toEqual([]);
      expect(log.asText()).not.toContain('Canary');
    },
  );
});

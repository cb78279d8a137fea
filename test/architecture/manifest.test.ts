import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { APP_METHODS } from '../../demo/slack/app-methods.ts';
import { CHAT_METHODS } from '../../demo/slack/chat-methods.ts';
import { createFiles } from '../../demo/slack/files.ts';
import { READING_METHODS } from '../../demo/slack/reading-methods.ts';
import { createWorkspace } from '../../demo/slack/workspace.ts';
import { OPTIONAL_SCOPES } from '../../src/cli/doctor/check-slack.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { SHORTCUT_ID } from '../../src/slack/message-payloads.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMA = join(import.meta.dirname, 'manifest-schema');
const ADDRESS = 'https://pulse.example.com/slack/events';

interface Manifest {
  features: {
    app_home: Record<string, boolean>;
    slash_commands: { command: string; url?: string }[];
    shortcuts: { name: string; type: string; callback_id: string }[];
  };
  settings: {
    event_subscriptions: { bot_events: string[]; request_url?: string };
    interactivity: { is_enabled: boolean; request_url?: string };
    socket_mode_enabled: boolean;
  };
  oauth_config: { scopes: { bot: string[]; bot_optional: string[] } };
}

const read = (file: string) => parse(readFileSync(join(ROOT, file), 'utf8')) as Manifest;
const socket = read('manifest.yml');
const http = read('manifest.http.yml');

const slackFiles = readdirSync(join(ROOT, 'src/slack')).map((file) =>
  readFileSync(join(ROOT, 'src/slack', file), 'utf8'),
);

/** What the source says after a pattern, each once. */
function saidAfter(pattern: RegExp): string[] {
  const said = slackFiles.flatMap((source) => [...source.matchAll(pattern)].map(([, name = '']) => name));
  return [...new Set(said)].toSorted();
}

/** The Web API methods that the bot calls. */
const METHODS = [
  ...saidAfter(/apiCall\('([\w.]+)'/g),
  ...saidAfter(/\bclient\.((?!apiCall)\w+(?:\.\w+)+)\(/g),
].toSorted();

/** Events and surfaces that need a scope of their own; `app_home_opened` needs none. */
const SCOPES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  app_home_opened: [],
};

/** The scopes of a method in public and in private channels, as the simulated Slack demands them. */
function scopesOf(method: string): string[] {
  const files = createFiles(() => '');
  const known = { ...APP_METHODS, ...CHAT_METHODS, ...READING_METHODS, ...files.methods }[method];
  if (!known) throw new Error(`the simulated Slack does not know ${method}`);
  const workspace = createWorkspace({
    team: { id: 'T1', name: 'x', domain: 'x' },
    bot: { userId: 'U1', botId: 'B1', appId: 'A1', name: 'x', handle: 'x' },
    users: [{ id: 'U2', name: 'ada' }],
    channels: [
      { id: 'C1', name: 'public' },
      { id: 'G1', name: 'private', isPrivate: true },
    ],
    clock: () => 0,
  });
  const context = { workspace } as Parameters<NonNullable<typeof known.scopes>>[1];
  return ['C1', 'G1'].flatMap((channel) => [...(known.scopes?.({ channel, users: 'U2' }, context) ?? [])]);
}

describe.each([
  ['manifest.yml', socket],
  ['manifest.http.yml', http],
])('%s', (_file, manifest) => {
  it("fits Slack's schema", () => {
    const schema = JSON.parse(readFileSync(join(SCHEMA, 'manifest.schema.1.0.0.json'), 'utf8')) as {
      $id?: string;
    };
    delete schema.$id;
    // The schema carries notes and a `regex` keyword that ajv does not know.
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv) => void)(ajv);
    const validate = ajv.compile(schema);
    expect(validate(manifest) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...manifest, display_information: { name: 'x'.repeat(40) } })).toBe(false);
  });

  it('asks for the scopes that its commands, methods and events use, and for no others', () => {
    const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
    const { bot_events: events } = manifest.settings.event_subscriptions;
    const used = new Set([
      'commands',
      ...METHODS.flatMap(scopesOf),
      ...events.flatMap((event) => SCOPES_OF_EVENTS[event] ?? [`unknown: ${event}`]),
    ]);
    expect([...bot, ...optional].toSorted()).toEqual([...used].toSorted());
    expect(METHODS.length).toBeGreaterThan(10);
  });

  it('requires only what it is nothing without; doctor tells what each of the others is for', () => {
    const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
    expect(bot).toEqual(['commands', 'chat:write', 'app_mentions:read']);
    expect(Object.keys(OPTIONAL_SCOPES)).toEqual(expect.arrayContaining(optional));
  });

  it('subscribes to the events the bot listens to, and has its shortcut, command and Home tab', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(saidAfter(/app\.event\('(\w+)'/g));
    expect(manifest.features.shortcuts).toMatchObject([
      { name: 'Look up in Pulse', type: 'message', callback_id: SHORTCUT_ID },
    ]);
    const command = VARIABLES.find(({ name }) => name === 'PULSE_COMMAND')?.fallback;
    expect(manifest.features.slash_commands.map((one) => one.command)).toEqual([command]);
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });
});

it('the two manifests differ in how Slack reaches the bot, and in nothing else', () => {
  const expected = structuredClone(socket);
  for (const command of expected.features.slash_commands) command.url = ADDRESS;
  expected.settings.event_subscriptions.request_url = ADDRESS;
  expected.settings.interactivity.request_url = ADDRESS;
  expected.settings.socket_mode_enabled = false;
  expect(socket.settings.socket_mode_enabled).toBe(true);
  expect(http).toEqual(expected);
});

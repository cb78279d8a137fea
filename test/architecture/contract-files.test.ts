import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SHORTCUT_ID } from '../../src/slack/message-payloads.ts';
import { FILE_SCOPES } from '../../src/slack/send-files.ts';
import { VARIABLES } from '../../src/config/variables.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMA = join(import.meta.dirname, 'manifest-schema');

function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function readSchema(): object {
  const schema = JSON.parse(readFileSync(join(SCHEMA, 'manifest.schema.1.0.0.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  delete schema['$id'];
  return schema;
}

interface Manifest {
  features: {
    slash_commands: { command: string; usage_hint: string }[];
    shortcuts: { name: string; type: string; callback_id: string }[];
  };
  settings: { event_subscriptions: { bot_events: string[] } };
  oauth_config: { scopes: { bot: string[]; bot_optional: string[] } };
}

describe('manifest.yml', () => {
  const manifest = parse(readText('manifest.yml')) as Manifest;

  it("fits Slack's schema", () => {
    // The schema carries notes and a `regex` keyword that ajv does not know.
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv) => void)(ajv);
    const validate = ajv.compile(readSchema());
    expect(validate(manifest) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...manifest, display_information: { name: 'x'.repeat(40) } })).toBe(false);
  });

  it('asks for no more than it needs, the rest optional', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(['commands', 'chat:write', 'app_mentions:read']);
    expect(manifest.oauth_config.scopes.bot_optional.toSorted()).toEqual([
      'channels:history',
      'channels:read',
      'files:write',
      'groups:history',
      'groups:read',
      'im:write',
      'users:read',
    ]);
  });

  it('has the shortcut and the event that the bot listens to, and no others', () => {
    expect(manifest.features.shortcuts).toMatchObject([
      { name: 'Look up in Pulse', type: 'message', callback_id: SHORTCUT_ID },
    ]);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(['app_mention']);
  });

  it('has the scopes without which files cannot be sent', () => {
    expect(manifest.oauth_config.scopes.bot_optional).toEqual(expect.arrayContaining([...FILE_SCOPES]));
  });

  it('has the slash command of the default configuration', () => {
    const fallback = VARIABLES.find(({ name }) => name === 'PULSE_COMMAND')?.fallback;
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([fallback]);
  });
});

describe('docs/operations.md', () => {
  it('explains every code an error can carry', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readText(join('src', file)));
    const thrown = sources.flatMap((source) => [...source.matchAll(/(?:PulseError|super)\(\s*'([A-Z_]+)'/g)]);
    const codes = new Set(thrown.map(([, code = '']) => code));
    const explained = new Set(
      [...readText('docs/operations.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code),
    );
    expect(codes.size).toBeGreaterThan(20);
    expect([...codes].filter((code) => !explained.has(code))).toEqual([]);
  });
});

describe('the list of variables', () => {
  it('is the one of .env.example', () => {
    const named = [...readText('.env.example').matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(VARIABLES.map(({ name }) => name)));
  });

  it("is README's table, with the same meanings and defaults", () => {
    const rows = [...readText('README.md').matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$/gm)].map((row) =>
      row.slice(1),
    );
    expect(rows).toEqual(VARIABLES.map(({ fallback, meaning, name }) => [name, meaning, fallback]));
  });
});

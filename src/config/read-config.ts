import type { ChannelChange } from '../domain/alert-rules.ts';
import type { ContactLevel } from '../domain/contact.ts';
import { type Day, isDay } from '../domain/day.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { Cents } from '../domain/money.ts';
import { type AccessConfig, CHANNEL_HINT, readAccess } from './read-access.ts';
import { CHANNEL, readAlerts } from './read-alerts.ts';
import { integerBetween, oneOf, parseDollars, parseUrl, parseZone } from './parse-values.ts';
import { createVariableReader, type Environment, type VariableReader } from './read-variables.ts';
import type { Secret } from './secret.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What every command needs. */
export interface StoreConfig {
  readonly databasePath: string;
  /** IANA zone of schedules and labels. */
  readonly timeZone: string;
  readonly largeTransaction?: Cents;
  readonly contacts: ContactLevel;
  readonly command: string;
  readonly logLevel: LogLevel;
}

/** Tuesdays at nine: two days after the week ended, when most of it is known. */
export const DEFAULT_SCHEDULE = '0 9 * * 2';

/** How to reach the Reporting API. */
export interface MarketplaceConfig {
  readonly email: string;
  readonly token: Secret;
  readonly developerIds: readonly string[];
  readonly apiUrl: string;
  readonly tokenExpires?: Day;
}

/** Where messages go, by channel id. */
export interface Channels {
  readonly digest: string;
  readonly alert: string;
  readonly ops: string;
}

/** How to reach Slack: Socket Mode when there is an app token, HTTP otherwise. */
export interface SlackConfig {
  readonly botToken: Secret;
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: Secret; readonly healthPort?: number }
    | { readonly kind: 'http'; readonly signingSecret: Secret; readonly port: number };
  readonly apiUrl: string;
}

/** `sync`: the API, and where its announcements go once the bot runs. */
export interface SyncConfig extends StoreConfig {
  readonly marketplace: MarketplaceConfig;
  readonly channels?: Channels;
}

/** `start`: everything. */
export interface StartConfig extends StoreConfig, AccessConfig {
  readonly marketplace: MarketplaceConfig;
  readonly slack: SlackConfig;
  readonly channels: Channels;
  readonly digestSchedule: string;
  readonly syncMinutes: number;
  /** At a deploy the instance before this one goes on for a while: so it is on Heroku, which sets DYNO. */
  readonly mayOverlap: boolean;
  /** What channels want to hear, as far as the configuration says it. */
  readonly alerts: readonly ChannelChange[];
}

/** What reading needs from outside, so that it stays pure. */
export interface ConfigSources {
  readonly env: Environment;
  readonly readFile: (path: string) => string;
  /** Says what is wrong with a cron string, or undefined when it is one. */
  readonly cronProblem: (cron: string) => string | undefined;
}

// Basic authentication ends the name at the first colon.
const EMAIL = /^[^\s:@]+@[^\s:@]+$/;
const URL_HINT = 'give an https address (plain http only for this machine), without a query';

function readStore(reader: VariableReader): StoreConfig {
  const largeTransaction = reader.checked(
    'PULSE_LARGE_TRANSACTION_USD',
    undefined,
    parseDollars,
    'give dollars such as 2500 or 2500.50',
  );
  return {
    databasePath: reader.text('DATABASE_PATH') ?? './data/pulse.db',
    timeZone: reader.checked('PULSE_TIME_ZONE', 'UTC', parseZone, 'give an IANA zone such as Europe/Berlin'),
    ...(largeTransaction !== undefined && { largeTransaction }),
    contacts: reader.checked<ContactLevel>(
      'PULSE_CONTACTS',
      'masked',
      oneOf('none', 'masked', 'full'),
      'one of none, masked, full',
    ),
    command: reader.checked(
      'PULSE_COMMAND',
      '/pulse',
      (text) => (/^\/[a-z0-9_-]{1,31}$/.test(text) ? text : undefined),
      'a slash and up to 31 lower-case letters, digits, - or _',
    ),
    logLevel: reader.checked<LogLevel>(
      'LOG_LEVEL',
      'info',
      oneOf('debug', 'info', 'warn', 'error'),
      'one of debug, info, warn, error',
    ),
  };
}

function readMarketplace(reader: VariableReader, needsSpace = true): Partial<MarketplaceConfig> {
  if (reader.text('NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    reader.problems.push(
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so anybody between here and Atlassian could read the tokens: remove it; NODE_EXTRA_CA_CERTS adds a certificate authority',
    );
  }
  const email = reader.required(
    'MARKETPLACE_EMAIL',
    reader.checked(
      'MARKETPLACE_EMAIL',
      undefined,
      (text) => (EMAIL.test(text) ? text : undefined),
      'give the address of the Atlassian account, such as jane@example.com',
    ),
    'the address of the Atlassian account',
  );
  const token = reader.required(
    'MARKETPLACE_API_TOKEN',
    reader.secret('MARKETPLACE_API_TOKEN'),
    'create one at id.atlassian.com > Security > API tokens',
  );
  const given = reader.list(
    'MARKETPLACE_DEVELOPER_ID',
    /^[A-Za-z0-9-]{1,64}$/,
    'give developer space ids, separated by commas',
  );
  const developerIds = needsSpace
    ? reader.required('MARKETPLACE_DEVELOPER_ID', given, 'the id of your developer space')
    : (given ?? []);
  const tokenExpires = reader.checked(
    'MARKETPLACE_API_TOKEN_EXPIRES',
    undefined,
    (text): Day | undefined => (isDay(text) ? text : undefined),
    'give a date such as 2027-01-31',
  );
  return {
    ...(email !== undefined && { email }),
    ...(token && { token }),
    ...(developerIds && { developerIds: [...new Set(developerIds)] }),
    apiUrl: reader.checked(
      'MARKETPLACE_API_URL',
      'https://api.atlassian.com/marketplace',
      parseUrl,
      URL_HINT,
    ),
    ...(tokenExpires && { tokenExpires }),
  };
}

function channel(reader: VariableReader, name: string): string | undefined {
  return reader.checked(name, undefined, (text) => (CHANNEL.test(text) ? text : undefined), CHANNEL_HINT);
}

function readChannels(reader: VariableReader): Channels | undefined {
  const digest = channel(reader, 'PULSE_DIGEST_CHANNEL');
  const alert = channel(reader, 'PULSE_ALERT_CHANNEL') ?? digest;
  const ops = channel(reader, 'PULSE_OPS_CHANNEL') ?? digest;
  return digest && alert && ops ? { digest, alert, ops } : undefined;
}

function readSlack(reader: VariableReader): Partial<SlackConfig> {
  const botToken = reader.required(
    'SLACK_BOT_TOKEN',
    reader.secret('SLACK_BOT_TOKEN'),
    'Slack app > OAuth & Permissions',
  );
  if (botToken && !botToken.reveal().startsWith('xoxb-')) {
    reader.problems.push('SLACK_BOT_TOKEN is not a bot token: it begins with xoxb-');
  }
  const appToken = reader.secret('SLACK_APP_TOKEN');
  if (appToken && !appToken.reveal().startsWith('xapp-')) {
    reader.problems.push('SLACK_APP_TOKEN is not an app-level token: it begins with xapp-');
  }
  const signingSecret = reader.secret('SLACK_SIGNING_SECRET');
  if (!appToken && !signingSecret) {
    reader.problems.push(
      'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) is not set: set one of them',
    );
  }
  const port = reader.checked('PORT', 3000, integerBetween(0, 65_535), 'a port number');
  const apiUrl = `${reader.checked('SLACK_API_URL', 'https://slack.com/api', parseUrl, URL_HINT)}/`;
  const healthPort = reader.text('PORT') === undefined ? {} : { healthPort: port };
  return {
    ...(botToken && { botToken }),
    ...(appToken && { mode: { kind: 'socket', appToken, ...healthPort } }),
    ...(!appToken && signingSecret && { mode: { kind: 'http', signingSecret, port } }),
    apiUrl,
  };
}

function finish<Config>(reader: VariableReader, config: unknown): Config {
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems);
  return config as Config;
}

/** For commands that only read the store. Throws ConfigurationError with every problem. */
export function readStoreConfig({ env, readFile }: ConfigSources): StoreConfig {
  const reader = createVariableReader(env, readFile);
  return finish(reader, readStore(reader));
}

/**
 * For `report`, which needs the API alone; `needsSpace`: and a developer space to ask about. Throws ConfigurationError with
 * every problem.
 */
export function readReportConfig({ env, readFile }: ConfigSources, needsSpace: boolean): MarketplaceConfig {
  const reader = createVariableReader(env, readFile);
  return finish(reader, readMarketplace(reader, needsSpace));
}

/** For `sync`. Throws ConfigurationError with every problem. */
export function readSyncConfig({ env, readFile }: ConfigSources): SyncConfig {
  const reader = createVariableReader(env, readFile);
  const channels = readChannels(reader);
  return finish(reader, {
    ...readStore(reader),
    marketplace: readMarketplace(reader),
    ...(channels && { channels }),
  });
}

/** For the running bot. Throws ConfigurationError with every problem. */
export function readStartConfig({ env, readFile, cronProblem }: ConfigSources): StartConfig {
  const reader = createVariableReader(env, readFile);
  const channels = readChannels(reader);
  reader.required('PULSE_DIGEST_CHANNEL', channels?.digest, CHANNEL_HINT);
  const digestSchedule = reader.text('PULSE_DIGEST_SCHEDULE') ?? DEFAULT_SCHEDULE;
  const problem = cronProblem(digestSchedule);
  if (problem !== undefined)
    reader.problems.push(`PULSE_DIGEST_SCHEDULE is "${reader.shown(digestSchedule)}": ${problem}`);
  return finish(reader, {
    ...readStore(reader),
    marketplace: readMarketplace(reader),
    slack: readSlack(reader),
    channels,
    digestSchedule,
    mayOverlap: reader.text('DYNO') !== undefined,
    alerts: readAlerts(reader, channels),
    syncMinutes: reader.checked(
      'PULSE_SYNC_MINUTES',
      60,
      integerBetween(5, 1440),
      'whole minutes from 5 to 1440',
    ),
    ...readAccess(reader, Object.values(channels ?? {})),
  });
}

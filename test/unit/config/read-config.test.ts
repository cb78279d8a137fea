import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import {
  type ConfigSources,
  readStartConfig,
  readStoreConfig,
  readSyncConfig,
  type StartConfig,
} from '../../../src/config/read-config.ts';
import { VARIABLES } from '../../../src/config/variables.ts';
import { ConfigurationError } from '../../../src/domain/errors.ts';
import { cronProblem } from '../../../src/schedule/cron.ts';

const BOT = 'xoxb-1-bot-0123456789';
const APP = 'xapp-1-A1-app-0123456789';
const SIGNING = '8f742231b10e8888abcd99yyyzzz85a5';
const TOKEN = 'ATATT3xFfGF0token=0123456789';

const complete = {
  SLACK_BOT_TOKEN: BOT,
  SLACK_APP_TOKEN: APP,
  MARKETPLACE_EMAIL: 'jane@acme.example',
  MARKETPLACE_API_TOKEN: TOKEN,
  MARKETPLACE_DEVELOPER_ID: 'dev-1',
  PULSE_DIGEST_CHANNEL: 'C0DIGEST',
};

type Env = Record<string, string | undefined>;

function sources(env: Env, files: Record<string, string> = {}): ConfigSources {
  return {
    env,
    readFile: (path) => {
      const content = files[path];
      if (content === undefined) throw new Error(`ENOENT ${path}`);
      return content;
    },
    cronProblem,
  };
}

function start(changes: Env = {}, files?: Record<string, string>): StartConfig {
  return readStartConfig(sources({ ...complete, ...changes }, files));
}

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const startProblems = (changes: Env, files?: Record<string, string>) =>
  problemsOf(() => start(changes, files));

describe('a complete environment', () => {
  it('gives every default of the contract', () => {
    expect(start()).toMatchObject({
      databasePath: './data/pulse.db',
      timeZone: 'UTC',
      contacts: 'masked',
      command: '/pulse',
      logLevel: 'info',
      digestSchedule: '0 9 * * 2',
      syncMinutes: 60,
      mayOverlap: false,
      channels: { digest: 'C0DIGEST', alert: 'C0DIGEST', ops: 'C0DIGEST' },
      allowedChannels: ['C0DIGEST'],
      marketplace: { apiUrl: 'https://api.atlassian.com/marketplace', developerIds: ['dev-1'] },
      slack: { apiUrl: 'https://slack.com/api/', mode: { kind: 'socket' } },
    });
    expect(start()).not.toHaveProperty('allowedUsers');
    expect(start()).not.toHaveProperty('largeTransaction');
  });

  it('counts empty and blank values as not set', () => {
    const blank = start({
      PULSE_TIME_ZONE: '',
      PULSE_SYNC_MINUTES: '  ',
      PULSE_ALLOWED_USERS: '\n',
      LOG_LEVEL: '\t',
    });
    expect(blank).toEqual(start());
  });

  it('reads by HTTP where there is a signing secret and no app token', () => {
    const { slack } = start({ SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: SIGNING, PORT: '8080' });
    expect(slack.mode).toMatchObject({ kind: 'http', port: 8080 });
    expect(slack.mode.kind === 'http' && slack.mode.signingSecret.reveal()).toBe(SIGNING);
  });

  it('prefers Socket Mode where both are set, with health checks only on a port that was asked for', () => {
    expect(start({ SLACK_SIGNING_SECRET: SIGNING }).slack.mode).toMatchObject({ kind: 'socket' });
    expect(start().slack.mode).not.toHaveProperty('healthPort');
    expect(start({ PORT: '0' }).slack.mode).toMatchObject({ healthPort: 0 });
  });

  it('sends alerts and operator messages where they are wanted, and answers in all three channels', () => {
    const config = start({ PULSE_ALERT_CHANNEL: 'C0ALERT', PULSE_OPS_CHANNEL: 'G0OPS' });
    expect(config.channels).toEqual({ digest: 'C0DIGEST', alert: 'C0ALERT', ops: 'G0OPS' });
    expect(config.allowedChannels).toEqual(['C0DIGEST', 'C0ALERT', 'G0OPS']);
  });
});

describe('what each command needs', () => {
  it('the store needs nothing', () => {
    expect(readStoreConfig(sources({}))).toMatchObject({ databasePath: './data/pulse.db' });
  });

  it('a sync needs the Marketplace and no Slack', () => {
    const { MARKETPLACE_API_TOKEN, MARKETPLACE_DEVELOPER_ID, MARKETPLACE_EMAIL } = complete;
    const config = readSyncConfig(
      sources({ MARKETPLACE_API_TOKEN, MARKETPLACE_DEVELOPER_ID, MARKETPLACE_EMAIL }),
    );
    expect(config.marketplace.token.reveal()).toBe(TOKEN);
    expect(config).not.toHaveProperty('channels');
  });

  it('a start without anything is told everything at once, each variable once, by its name', () => {
    const problems = problemsOf(() => readStartConfig(sources({})));
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PULSE_DIGEST_CHANNEL',
      'MARKETPLACE_EMAIL',
      'MARKETPLACE_API_TOKEN',
      'MARKETPLACE_DEVELOPER_ID',
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
    ]);
  });

  it('a start with everything wrong is told every wrong variable, once', () => {
    const wrong: Env = Object.fromEntries(VARIABLES.map(({ name }) => [name, '?']));
    // These cannot be wrong: any path is one, and a signing secret may be any text.
    const free = ['DATABASE_PATH', 'SLACK_SIGNING_SECRET', 'MARKETPLACE_API_TOKEN'];
    const problems = problemsOf(() => readStartConfig(sources(wrong)));
    const named = problems.map((problem) => problem.split(' ')[0] ?? '');
    expect(named.toSorted()).toEqual(
      VARIABLES.map(({ name }) => name)
        .filter((name) => !free.includes(name))
        .toSorted(),
    );
  });

  it('the message lists the problems for a person, under a code for the process', () => {
    expect(() => start({ PULSE_SYNC_MINUTES: '1', PORT: 'x' })).toThrow(
      expect.objectContaining({
        code: 'CONFIGURATION',
        message: expect.stringMatching(
          /^Configuration problems:\n {2}- PORT is "x".*\n {2}- PULSE_SYNC_MINUTES is "1"/s,
        ),
      }),
    );
  });
});

const ACCEPTED: readonly (readonly [string, string, (config: StartConfig) => unknown, unknown])[] = [
  ['PULSE_TIME_ZONE', 'Europe/Berlin', (c) => c.timeZone, 'Europe/Berlin'],
  ['PULSE_TIME_ZONE', 'Asia/Kolkata', (c) => c.timeZone, 'Asia/Kolkata'],
  ['PULSE_TIME_ZONE', 'Etc/GMT+5', (c) => c.timeZone, 'Etc/GMT+5'],
  ['PULSE_CONTACTS', 'NONE', (c) => c.contacts, 'none'],
  ['PULSE_CONTACTS', 'full', (c) => c.contacts, 'full'],
  ['PULSE_COMMAND', '/market-pulse_2', (c) => c.command, '/market-pulse_2'],
  ['LOG_LEVEL', 'Debug', (c) => c.logLevel, 'debug'],
  ['PULSE_LARGE_TRANSACTION_USD', '2500.50', (c) => c.largeTransaction, 250_050],
  ['PULSE_LARGE_TRANSACTION_USD', '0.01', (c) => c.largeTransaction, 1],
  ['PULSE_SYNC_MINUTES', '5', (c) => c.syncMinutes, 5],
  ['PULSE_SYNC_MINUTES', '1440', (c) => c.syncMinutes, 1440],
  ['PULSE_DIGEST_SCHEDULE', '30 7 * * MON-FRI', (c) => c.digestSchedule, '30 7 * * MON-FRI'],
  ['PULSE_ALLOWED_USERS', 'U0123ABCD, W0123', (c) => c.allowedUsers, ['U0123ABCD', 'W0123']],
  ['PULSE_ALLOWED_USERGROUPS', 'S0123ABCD', (c) => c.allowedUsergroups, ['S0123ABCD']],
  ['PULSE_ALLOWED_CHANNELS', 'C0ELSE', (c) => c.allowedChannels, ['C0ELSE']],
  [
    'PULSE_ALERTS',
    'refund off; C0SALES large-transaction $20,000 ;; data-problem off; quiet 20:00-8:00',
    (c) => c.alerts,
    [
      { channel: 'C0DIGEST', change: { kind: 'rule', rule: 'refund', app: '', isOn: false } },
      {
        channel: 'C0SALES',
        change: { kind: 'rule', rule: 'large-transaction', app: '', isOn: true, threshold: 2_000_000 },
      },
      { channel: 'C0DIGEST', change: { kind: 'rule', rule: 'data-problem', app: '', isOn: false } },
      { channel: 'C0DIGEST', change: { kind: 'quiet', hours: { from: 1200, to: 480 } } },
    ],
  ],
  [
    'PULSE_ALERTS',
    'owner U0123ABCD app "App One"; mute feedback; upgrade app:"App 1" 5k',
    (c) => c.alerts.map(({ change }) => change),
    [
      { kind: 'owner', owner: { of: 'app', name: 'App One' }, userId: 'U0123ABCD' },
      { kind: 'rule', rule: 'feedback', app: '', isOn: false },
      { kind: 'rule', rule: 'upgrade', app: 'App 1', isOn: true, threshold: 500_000 },
    ],
  ],
  ['MARKETPLACE_DEVELOPER_ID', ' dev-1 ,dev-2,dev-1', (c) => c.marketplace.developerIds, ['dev-1', 'dev-2']],
  ['MARKETPLACE_API_TOKEN_EXPIRES', '2028-02-29', (c) => c.marketplace.tokenExpires, '2028-02-29'],
  [
    'MARKETPLACE_API_URL',
    'https://example.com/market//',
    (c) => c.marketplace.apiUrl,
    'https://example.com/market',
  ],
  ['MARKETPLACE_API_URL', 'http://localhost:3999', (c) => c.marketplace.apiUrl, 'http://localhost:3999'],
  ['SLACK_API_URL', 'http://127.0.0.1:4000/api', (c) => c.slack.apiUrl, 'http://127.0.0.1:4000/api/'],
  ['SLACK_API_URL', 'http://[::1]:4000/', (c) => c.slack.apiUrl, 'http://[::1]:4000/'],
  ['DATABASE_PATH', '/var/lib/pulse/pulse.db', (c) => c.databasePath, '/var/lib/pulse/pulse.db'],
];

const REFUSED: readonly (readonly [string, readonly string[]])[] = [
  ['PULSE_TIME_ZONE', ['Berlin', 'CEST', '+02:00', '-0500', 'Europe/Atlantis', '../../etc/passwd', '0']],
  ['PULSE_CONTACTS', ['some', 'yes', 'none,full']],
  ['PULSE_COMMAND', ['pulse', '/Pulse', '/', '/a b', `/${'a'.repeat(32)}`, '/pulsé', '//']],
  ['LOG_LEVEL', ['verbose', '3']],
  [
    'PULSE_LARGE_TRANSACTION_USD',
    ['0', '-5', '1e400', '2,500', '$2500', 'NaN', 'Infinity', '1.005', '9999999999'],
  ],
  ['PULSE_SYNC_MINUTES', ['4', '1441', '60.5', '1e2', '-60', 'hourly', '0x3C']],
  ['PORT', ['65536', '-1', '80a', '3000.0']],
  ['PULSE_DIGEST_SCHEDULE', ['tuesdays', '0 9 * *', '61 9 * * 2', '0 9 31 2 *', '@weekly', '* * * * * *']],
  ['PULSE_DIGEST_CHANNEL', ['#digest', 'digest', 'D0123', 'c0123', 'C0123,C0456', '<#C0123|x>']],
  ['PULSE_ALERT_CHANNEL', ['@jane', 'C']],
  ['PULSE_OPS_CHANNEL', ['general']],
  [
    'PULSE_ALERTS',
    [
      '?',
      'everything off',
      'refund',
      'quiet 25-8',
      'owner me',
      'mute refund 1w',
      'show',
      'handled 3',
      '#sales upgrade 5k',
    ],
  ],
  ['PULSE_ALLOWED_USERS', ['@jane', 'U1', 'jane@acme.example', 'U0123ABCD,', ',']],
  ['PULSE_ALLOWED_CHANNELS', ['general', 'C0123 C0456']],
  ['MARKETPLACE_EMAIL', ['jane', 'jane@', 'jane:doe@acme.example', 'jane doe@acme.example', 'a@b@c']],
  ['MARKETPLACE_DEVELOPER_ID', ['a/b', 'a b', '../x', 'a,,b', 'a'.repeat(65)]],
  ['MARKETPLACE_API_TOKEN_EXPIRES', ['2027-02-30', '31.01.2027', 'never', '0000-00-00']],
  [
    'MARKETPLACE_API_URL',
    [
      'http://api.atlassian.com/marketplace',
      'http://localhost.evil.example/',
      'http://127.0.0.1.evil.example/',
      'http://localhost@evil.example/',
      'https://jane:pw@example.com',
      'https://:pw@example.com',
      'https://example.com/?token=1',
      'https://example.com/#x',
      'https://example.com/?',
      'ftp://example.com',
      'javascript:alert(1)',
      'api.atlassian.com',
      'https://',
    ],
  ],
  ['SLACK_API_URL', ['http://slack.com/api/', 'slack.com', 'http://10.0.0.1/api']],
  ['SLACK_BOT_TOKEN', ['xoxp-1', 'xapp-1', 'token']],
  ['SLACK_APP_TOKEN', ['xoxb-1', 'A0123']],
];

it('connections that check no certificate are refused before anything is sent', () => {
  const problems = startProblems({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  expect(problems).toEqual([expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED is 0')]);
  expect(startProblems({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
});

describe('the values of a variable', () => {
  it.each(ACCEPTED)('%s takes %s', (name, value, read, expected) => {
    expect(read(start({ [name]: value }))).toEqual(expected);
  });

  it.each(REFUSED.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
    '%s refuses "%s" in one sentence that names it',
    (name, value) => {
      const problems = startProblems({ [name]: value });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^${name} [^\\n]{10,300}$`));
    },
  );

  it('are all spoken of above, good or absurd, or are secrets', () => {
    const spoken = new Set([...ACCEPTED.map(([name]) => name), ...REFUSED.map(([name]) => name)]);
    const rest = VARIABLES.filter(({ isSecret, name }) => !spoken.has(name) && !isSecret);
    expect(rest).toEqual([]);
  });

  it('shows what was understood of a wrong schedule, with the reason of the schedule reader', () => {
    expect(startProblems({ PULSE_DIGEST_SCHEDULE: '0 25 * * ?' })).toEqual([
      `PULSE_DIGEST_SCHEDULE is "0 25 * * ?": ${cronProblem('0 25 * * ?')}`,
    ]);
  });

  it('names the wrong words of a list, and only those', () => {
    expect(startProblems({ PULSE_ALLOWED_CHANNELS: 'C0GOOD, general, random' })[0]).toMatch(
      /^PULSE_ALLOWED_CHANNELS contains "general", "random": /,
    );
  });
});

it('Heroku is known by the variable it sets', () => {
  expect(start({ DYNO: 'web.1' }).mayOverlap).toBe(true);
  expect(start({ DYNO: '' }).mayOverlap).toBe(false);
});

describe('a secret', () => {
  it('may come from a file, without the line end that editors add', () => {
    const config = start(
      { SLACK_BOT_TOKEN: undefined, SLACK_BOT_TOKEN_FILE: '/run/bot' },
      { '/run/bot': `${BOT}\n` },
    );
    expect(config.slack.botToken.reveal()).toBe(BOT);
  });

  it('every one of them may', () => {
    for (const { name } of VARIABLES.filter(({ isSecret }) => isSecret)) {
      expect(startProblems({ [name]: undefined, [`${name}_FILE`]: '/run/none' })).toContain(
        `${name}_FILE: the file /run/none cannot be read`,
      );
    }
  });

  it('in a missing or an empty file is one problem each', () => {
    expect(startProblems({ MARKETPLACE_API_TOKEN: undefined, MARKETPLACE_API_TOKEN_FILE: '/run/x' })).toEqual(
      ['MARKETPLACE_API_TOKEN_FILE: the file /run/x cannot be read'],
    );
    expect(
      startProblems(
        { MARKETPLACE_API_TOKEN: undefined, MARKETPLACE_API_TOKEN_FILE: '/run/x' },
        { '/run/x': ' \n' },
      ),
    ).toEqual(['MARKETPLACE_API_TOKEN_FILE: the file /run/x is empty']);
  });

  it('set twice is a problem, even when both are equal', () => {
    expect(startProblems({ SLACK_BOT_TOKEN_FILE: '/run/bot' }, { '/run/bot': BOT })).toEqual([
      'SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set: keep one of them',
    ]);
  });

  it('is not shown by a configuration that is printed, logged or turned into JSON', () => {
    const config = start({ SLACK_SIGNING_SECRET: SIGNING });
    const prints = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      String(config.slack.botToken),
    ];
    for (const print of prints)
      for (const secret of [BOT, APP, TOKEN, SIGNING]) expect(print).not.toContain(secret);
  });

  it.each(VARIABLES.map(({ name }) => name))(
    'put into %s by mistake is not repeated by the error',
    (name) => {
      for (const secret of [BOT, APP, TOKEN, SIGNING, 'xoxe.xoxp-1-refresh']) {
        const env = {
          ...complete,
          SLACK_SIGNING_SECRET: SIGNING,
          [name]: secret,
          PULSE_SYNC_MINUTES: 'broken',
        };
        const error = thrownBy(() => readStartConfig(sources(env)));
        for (const told of [error.message, JSON.stringify(error), String(error), inspect(error)]) {
          expect(told).not.toContain(secret);
        }
      }
    },
  );

  it('put in place of its file is not repeated by the error', () => {
    for (const secret of [BOT, TOKEN, SIGNING, '0123456789abcdef0123456789abcdef']) {
      const error = thrownBy(() => start({ SLACK_SIGNING_SECRET_FILE: secret, SLACK_APP_TOKEN: 'broken' }));
      expect(error.message).toContain('SLACK_SIGNING_SECRET_FILE: the file it names cannot be read');
      expect(error.message).not.toContain(secret);
    }
  });

  it('within an address, as a name, a password or a query, is not repeated by the error', () => {
    for (const url of [
      'https://jane:s3cr3t@example.com',
      'https://s3cr3t@example.com',
      'https://example.com?key=s3cr3t',
    ]) {
      expect(thrownBy(() => start({ MARKETPLACE_API_URL: url })).message).not.toContain('s3cr3t');
    }
  });
});

function thrownBy(read: () => unknown): ConfigurationError {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

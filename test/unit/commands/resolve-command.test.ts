import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../src/commands/command.ts';
import { answerCommand, COMMANDS } from '../../../src/commands/index.ts';
import { resolveCommand } from '../../../src/commands/resolve-command.ts';
import { limitProblems } from '../../../src/messages/kit/limits.ts';
import { parseCommand } from '../../../src/slack/parse-command.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { createRandom } from '../analytics/rows.ts';
import { hostileNames } from '../messages/kit/hostile-names.ts';
import { answerTo, asked, buttonsOf, contextOf, NOW } from './asking.ts';

let store: Store;
let context: CommandContext;

beforeEach(async () => {
  store = await openStore();
  const companies = [
    'Acme GmbH',
    'Status Labs',
    'Churn Busters Inc.',
    'Help Scout',
    'Renewals & Co',
    'Who Dares AG',
  ];
  const rows = companies.map((company, index) =>
    aLicense({
      appKey: `app-${index % 2}`,
      name: ['App 1', 'Great Tool for Jira'][index % 2] ?? '',
      aliases: { appEntitlementNumber: `E-10${index}-AAA-AAA-11A` },
      host: { cloudId: `site-${index}`, siteHostname: `site${index}.atlassian.net` },
      customer: { company, mailDomain: `company${index}.example` },
    }),
  );
  await recordRows(store, { kind: 'licenses', rows }, { at: NOW });
  context = contextOf(store);
});

describe('words ask for a command', () => {
  it.each([
    // In its own order.
    ['churn', 'churn', ''],
    ['CHURN', 'churn', ''],
    ['churn "App 1" 8', 'churn', 'App 1|8'],
    ['churn “App 1” 8w', 'churn', 'App 1|8w'],
    ['churn „App 1“ 8 weeks', 'churn', 'App 1|8|weeks'],
    ['  churn    App   1   8 ', 'churn', 'App|1|8'],
    ['churn great tool', 'churn', 'great|tool'],
    ['renewals 90d', 'renewals', '90d'],
    ['help churn', 'help', 'churn'],
    ['explain run-rate', 'explain', 'run-rate'],
    ['lookup churn', 'lookup', 'churn'],
    ['export churn 8', 'export', 'churn|8'],
    // In another.
    ['8 weeks churn', 'churn', '8|weeks'],
    ['App 1 churn', 'churn', 'App|1'],
    ['"App 1" 8 churn', 'churn', 'App 1|8'],
    ['show me the churn of App 1', 'churn', 'show|me|the|of|App|1'],
    ['90 renewals', 'renewals', '90'],
    ['churn help', 'help', 'churn'],
    ['lookup help', 'help', 'lookup'],
    ['export ?', 'help', 'export'],
    ['churn explain', 'explain', 'churn'],
    ['churn "App 1" 8 export', 'export', 'churn|App 1|8'],
    // In singular and plural.
    ['churns', 'churn', ''],
    ['evaluation 14', 'evaluations', '14'],
    ['conversions App 1', 'conversion', 'App|1'],
    ['App 1 conversions', 'conversion', 'App|1'],
    ['statuses', 'status', ''],
    ['status please', 'status', 'please'],
    ['install', 'installs', ''],
  ])('%s: %s %s', async (text, word, words) => {
    const resolved = await resolveCommand(parseCommand(text).words, COMMANDS, context);
    expect(resolved).toMatchObject({ isSure: true });
    expect(resolved?.command.words[0]).toBe(word);
    expect(resolved?.words.join('|')).toBe(words);
  });

  it.each(['acme', 'acme gmbh', 'help scout', 'busters churn', 'E-100-AAA-AAA-11A', 'nobody renewals inc'])(
    'not in "%s"',
    async (text) => {
      const resolved = await resolveCommand(parseCommand(text).words, COMMANDS, context);
      expect(resolved?.isSure ?? false).toBe(false);
    },
  );
});

describe('a customer whose name begins like a command', () => {
  it('is found where the command takes no words', async () => {
    expect((await asked(store, 'Status Labs')).split('\n')[0]).toBe('Status Labs');
    expect((await asked(store, 'status lab')).split('\n')[0]).toBe('Status Labs');
    expect(await asked(store, 'status nonsense')).not.toContain('Nothing found');
  });

  it('is told how to be looked for where it takes some', async () => {
    const told = await asked(store, 'churn busters');
    expect(told).toContain('I took "busters" for an app');
    expect(told).toContain('type /pulse lookup and the name');
    expect(await asked(store, 'renewals & co')).toContain('I took "& co" for a number of days');
    expect((await asked(store, 'lookup churn busters')).split('\n')[0]).toBe('Churn Busters Inc.');
  });
});

describe('a mistyped word', () => {
  it.each([
    ['chrun "App 1" 8', 'churn "App 1" 8'],
    ['renewels 90', 'renewals 90'],
    ['App 1 chrun', 'churn App 1'],
    ['exprot churn', 'export churn'],
    ['halp', 'help'],
    ['lokup acme', 'lookup acme'],
  ])('%s suggests %s, by a button that runs it', async (typed, meant) => {
    const answer = await answerTo(store, typed);
    expect(answer.text).toContain(`Did you mean /pulse ${meant}?`);
    const [asks = ''] = Object.values(buttonsOf(answer));
    expect(asks).toBe(meant);
    expect(await asked(store, asks)).not.toContain('Nothing found');
  });
});

describe('help about a command', () => {
  it.each(COMMANDS.map((command) => [command.words[0], command] as const))(
    'tells what %s takes and means, from its own definition, and every example works',
    async (word, { definition, examples, summary, usage }) => {
      for (const text of [`help ${word}`, `${word} help`, `help about ${word}`.replace(' about', ' the')]) {
        const told = await asked(store, text);
        expect(told).toContain(`/pulse ${[word, usage].filter(Boolean).join(' ')}`);
        expect(told).toContain(summary);
        expect(told).toContain(definition.slice(0, 200));
      }
      for (const example of examples) {
        expect(await asked(store, `help ${word}`)).toContain(`/pulse ${example}`);
        const answer = await asked(store, example);
        expect(answer).not.toMatch(/Did you mean|There is no command|I took ".*" for a number/);
      }
    },
  );

  it('about a word that is none says so, and offers the nearest', async () => {
    const answer = await answerTo(store, 'help chrun');
    expect(await asked(store, 'help chrun')).toContain(
      'There is no command "chrun"; these are all there are.',
    );
    expect(buttonsOf(answer)['Help churn']).toBe('help churn');
  });
});

describe('10,000 texts of all kinds', () => {
  it('are each answered by a message that says something and fits, and none throws', async () => {
    const random = createRandom(1_000_003);
    const built = new Map<string, ReturnType<CommandContext['buildDigest']>>();
    const quick: CommandContext = {
      ...context,
      // Building digests again and again is not what is tried here, and would take minutes.
      buildDigest: (id, request) => {
        const known = built.get(id) ?? context.buildDigest(id, request);
        built.set(id, known);
        return known;
      },
    };
    const pieces = [
      ...COMMANDS.flatMap(({ words }) => words),
      ...'App-1|"App 1"|“App 1”|app:"App|for|the|8|8w|2026-03-10|31.02.2026|details|App 1'.split('|'),
      ...'E-100-AAA-AAA-11A|E-|SEN|-|19726894|IN-1|@acme|a@b.co|https://|acme.example'.split('|'),
      ...'Acme|acme gmbh|company:1|company:999|company:x|株式会社|ООО|ÄÖ|İ|ß'.split('|'),
      ...`"|'|”|«|<|>|&amp;|<@U1>|<!here>|\u202E|\u200B|\uD800|\0|%|\\|*`.split('|'),
      ...hostileNames(100, 21),
    ] as [string, ...string[]];
    const letters = 'abcdefgh -_.@/:"“”\'0123456789äß株éА\uD83D\uDE00\u0301'.split('') as [
      string,
      ...string[],
    ];
    const noise = () => Array.from({ length: random.whole(0, 40) }, () => random.pick(letters)).join('');
    /** A piece with a letter lost, doubled or changed: what people mistype. */
    const mistyped = () => {
      const word = random.pick(pieces);
      const at = random.whole(0, word.length);
      return (
        word.slice(0, at) + random.pick(['', 'x', word.charAt(at) + word.charAt(at)]) + word.slice(at + 1)
      );
    };
    const failures: string[] = [];
    for (let number = 0; number < 10_000; number += 1) {
      const text = Array.from({ length: random.whole(0, 5) }, () =>
        random.pick([() => random.pick(pieces), noise, mistyped])(),
      ).join(random.pick([' ', ' ', '  ', '']));
      try {
        const answer = await answerCommand(parseCommand(text).words, quick);
        const problems = limitProblems(answer);
        if (answer.text.trim() === '' || answer.blocks.length === 0 || problems.length > 0)
          failures.push(`${JSON.stringify(text)}: ${problems.join('; ') || 'empty'}`);
      } catch (error) {
        failures.push(`${JSON.stringify(text)} threw ${String(error)}`);
      }
    }
    expect(failures.slice(0, 5)).toEqual([]);
  }, 240_000);
});

import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../demo/slack/message-tokens.ts';
import { MAX_BLOCKS_WEIGHT, validateBlocks, weighBlocks } from '../../../demo/slack/validate-blocks.ts';
import { answerCommand, COMMANDS } from '../../../src/commands/index.ts';
import { nearestWord } from '../../../src/commands/nearest-word.ts';
import { EXPLANATIONS } from '../../../src/digests/explained/index.ts';
import type { Message } from '../../../src/domain/message.ts';
import { limitProblems } from '../../../src/messages/kit/limits.ts';
import { parseCommand } from '../../../src/slack/parse-command.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { createRandom } from '../analytics/rows.ts';
import { hostileNames } from '../messages/kit/hostile-names.ts';
import { answerTo, asked, buttonsOf, contextOf, NOW } from './asking.ts';

describe('the commands', () => {
  it('have each word once, in small letters', () => {
    const words = COMMANDS.flatMap((command) => command.words);
    expect(words.filter((word, index) => words.indexOf(word) < index)).toEqual([]);
    expect(words.filter((word) => word !== word.toLowerCase())).toEqual([]);
  });

  it('describe themselves in one sentence without a full stop', () => {
    for (const { summary } of COMMANDS) expect(summary).toMatch(/^[^.]{5,120}$/);
  });
});

describe('help', () => {
  it.each(['', '   ', 'help', 'HELP', '?', 'commands'])('answers "%s" with every command', async (text) => {
    const answer = await asked(await openStore(), text);
    for (const { summary, words } of COMMANDS) {
      expect(answer).toContain(`/pulse ${words[0]}`);
      expect(answer).toContain(summary);
    }
  });

  it('speaks of the slash command as it is installed', async () => {
    const answer = await asked(await openStore(), 'help', { slash: '/market' });
    expect(answer).toContain('/market lookup');
    expect(answer).not.toContain('/pulse');
  });
});

describe('explain', () => {
  it.each(['explain churn', 'explain CHURN', 'define cancellations', 'Explain left'])(
    '"%s" tells what the numbers of that digest mean, and nothing else',
    async (text) => {
      const answer = await asked(await openStore(), text);
      const [entry, ...others] = EXPLANATIONS;
      for (const { care, from, is, name } of entry?.numbers ?? [])
        for (const line of [name, is, from, care]) expect(answer).toContain(line);
      for (const { numbers } of others) for (const { is } of numbers) expect(answer).not.toContain(is);
    },
  );

  it.each([
    ['explain run-rate', 'What paid subscriptions bring a month on a day'],
    ['explain NRR', 'Of the run-rate of a day, how much the same customers bring later'],
    ['explain kept another app', 'How many of those who left still pay for another app'],
    ['define atlassian ratio', 'Conversions of a week divided by the evaluations of the same week'],
  ])('"%s" tells what that one number means, with the way to the rest', async (text, sentence) => {
    const store = await openStore();
    const answer = await asked(store, text);
    expect(answer).toContain(sentence);
    const [way = ''] = Object.values(buttonsOf(await answerTo(store, text)));
    expect((await asked(store, way)).length).toBeGreaterThan(2 * answer.length);
  });

  it('lists the entries when it is asked for none, or for one there is not', async () => {
    const all = await asked(await openStore(), 'explain');
    for (const { numbers, topic } of EXPLANATIONS) {
      expect(all).toContain(`/pulse explain ${topic}`);
      for (const { name } of numbers) expect(all).toContain(name);
    }
    expect(all).not.toContain('There is no entry');
    expect(await asked(await openStore(), 'explain xyzzy')).toContain(
      'There is no entry "xyzzy". These are all there are.',
    );
  });

  it('finds every number by each of its words', async () => {
    const store = await openStore();
    const all = EXPLANATIONS.flatMap(({ numbers }) => numbers).flatMap(({ name, words = [] }) => [
      name,
      ...words,
    ]);
    const lost: string[] = [];
    for (const word of all)
      if ((await asked(store, `explain ${word}`)).includes('There is no entry')) lost.push(word);
    expect(all.length).toBeGreaterThan(80);
    expect(lost).toEqual([]);
  });
});

describe('sync', () => {
  it.each([
    ['started', 'A sync has started.'],
    ['running', 'A sync is already under way.'],
    ['unavailable', 'No sync can be started from here'],
  ] as const)('that is %s says so', async (outcome, sentence) => {
    const answer = await asked(await openStore(), 'refresh', { requestSync: async () => outcome });
    expect(answer).toContain(sentence);
  });
});

describe('a word that was probably meant', () => {
  const words = ['churn', 'status', 'lookup', 'help', 'sync', '?', 'explain'];
  it.each([
    ['chrun', 'churn'],
    ['churm', 'churn'],
    ['churns', 'churn'],
    ['stats', 'status'],
    ['lokup', 'lookup'],
    ['explian', 'explain'],
    ['hepl', 'help'],
  ])('%s is %s', (typed, meant) => {
    expect(nearestWord(typed, words)).toBe(meant);
  });

  it.each(['acme', 'hello', 'x', '', 'syn-', 'churchill', 'e-111', 'a'.repeat(10_000)])(
    '%s is none',
    (typed) => {
      expect(
        nearestWord(
          typed,
          words.filter((word) => word !== 'sync'),
        ),
      ).toBeUndefined();
    },
  );
});

function problemsOf(answer: Message): string[] {
  // Who subscribed is named, as U1 here: nobody is told of that, for the answer is one person's.
  const pings = tokensOf(answer).filter(
    ({ kind, target }) => !['bold', 'italic', 'code'].includes(kind) && `${kind} ${target}` !== 'user U1',
  );
  return [
    ...limitProblems(answer),
    ...validateBlocks(answer.blocks).map((problem) => `${problem.pointer} ${problem.message}`),
    ...(answer.blocks.length === 0 ? ['no blocks'] : []),
    ...(weighBlocks(answer.blocks) >= MAX_BLOCKS_WEIGHT ? ['too heavy'] : []),
    ...pings.map(({ kind, target }) => `${kind} ${target}`),
  ];
}

describe('2,000 texts of all kinds', () => {
  it('are answered, each by a message that Slack takes and that pings nobody', async () => {
    const store = await openStore();
    const hostile = hostileNames(120, 3);
    const rows = hostile.map((name, index) =>
      aLicense({
        appKey: `app-${index % 4}`,
        name: ['App 1', 'App <!channel>', hostile[110] ?? '', 'Ｔｏｏｌ *'][index % 4] ?? '',
        aliases: { appEntitlementNumber: `E-${index}` },
        host: { cloudId: `site-${index % 7}`, siteHostname: name },
        tier: name,
        customer: { company: name, country: name, mailDomain: name },
        technicalContact: { name, email: name },
        partner: { name, type: name },
      }),
    );
    const lines = rows.map(({ aliases, appKey, customer, name }, index) =>
      aLine({ aliases, appKey, name, customer, transactionId: `IN-${index}`, tier: name }),
    );
    await recordRows(store, { kind: 'licenses', rows }, { at: NOW });
    await recordRows(store, { kind: 'lines', rows: lines }, { at: NOW, silent: true });
    const context = contextOf(store, { showContacts: true });

    const random = createRandom(2026);
    const commandWords = COMMANDS.flatMap(({ words }) => words) as [string, ...string[]];
    const pieces: [string, ...string[]] = [
      ...commandWords,
      ...hostileNames(60, 9),
      'App 1',
      '"App 1"',
      'app:app-1',
      '2026-03-10',
      '2026-02-30',
      '9999-12-31',
      '0000-01-01',
      '12w',
      '-1',
      '1e9',
      'details',
      'E-7',
      'E-100',
      'E-0',
      'site-2',
      'IN-12',
      'site-3',
      'acme',
      '"',
      '“',
      "'",
      '\\',
      '%',
      "'; DROP TABLE licenses; --",
      '"*" OR 1',
      'NEAR(',
      'x'.repeat(4000),
    ];
    const failures: string[] = [];
    for (let number = 0; number < 2000; number += 1) {
      const words = Array.from({ length: random.whole(0, 4) }, () => random.pick(pieces));
      const text = number % 4 === 0 ? [random.pick(commandWords), ...words].join(' ') : words.join(' ');
      const answer = await answerCommand(parseCommand(text).words, context);
      const problems = problemsOf(answer);
      if (problems.length > 0) failures.push(`${JSON.stringify(text)}: ${problems.join('; ')}`);
    }
    expect(failures.slice(0, 5)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../demo/world/random.ts';
import type { SpaceApp } from '../../../src/domain/named-app.ts';
import { readSubscription, type Subscribable } from '../../../src/domain/subscription-request.ts';
import { parseCommand } from '../../../src/slack/parse-command.ts';

const app = (appKey: string, name: string, developerId = 'dev-1'): SpaceApp => ({
  developerId,
  app: { appKey, name },
});
const APP_1 = app('app-1', 'App 1');
const DIAGRAMS = app('com.acme.diagrams', 'Diagrams for Jira');
const FEEDBACK = app('app-3', 'Feedback for Berlin', 'dev-2');
const KNOWN: Subscribable = {
  digests: [
    { id: 'churn', words: ['churn', 'cancellations'] },
    { id: 'new-sales', words: ['new-sales', 'sales'] },
    { id: 'feedback', words: ['feedback', 'reasons'] },
  ],
  apps: [APP_1, DIAGRAMS, FEEDBACK],
  spaces: ['dev-1', 'dev-2'],
};

const read = (text: string) => readSubscription(parseCommand(text).words, KNOWN);
const here = { kind: 'here' };
const EVERY = [0, 1, 2, 3, 4, 5, 6];
const nine = { minute: 540 };

describe('what is typed after subscribe', () => {
  it.each([
    ['churn', { digest: 'churn' }],
    [
      'churn here tue 09:00 Europe/Berlin app:"App 1"',
      { digest: 'churn', channel: here, days: [2], ...nine, zone: 'Europe/Berlin', app: APP_1 },
    ],
    [
      'app:“App 1” Europe/Berlin 9am Tuesdays here churn',
      { digest: 'churn', channel: here, days: [2], ...nine, zone: 'Europe/Berlin', app: APP_1 },
    ],
    [
      'please send the cancellation digest to #sales every Monday at 9',
      { digest: 'churn', channel: { kind: 'name', name: 'sales' }, days: [1], ...nine },
    ],
    ['new sales', { digest: 'new-sales' }],
    ['New-Sale weekdays 8.30', { digest: 'new-sales', days: [1, 2, 3, 4, 5], minute: 510 }],
    ['churn mon-fri 9h', { digest: 'churn', days: [1, 2, 3, 4, 5], ...nine }],
    ['churn tue, thu 9', { digest: 'churn', days: [2, 4], ...nine }],
    ['churn tue and thu at 9 pm', { digest: 'churn', days: [2, 4], minute: 21 * 60 }],
    ['churn daily 24:00', { digest: 'churn', days: EVERY, minute: 0 }],
    ['churn every day', { digest: 'churn', days: EVERY }],
    ['churn monthly', { digest: 'churn', days: { monthDay: 1 } }],
    ['churn monthly 15th', { digest: 'churn', days: { monthDay: 15 } }],
    ['churn on the 2nd of each month', { digest: 'churn', days: { monthDay: 2 } }],
    ['churn utc', { digest: 'churn', zone: 'UTC' }],
    ['churn asia/kolkata', { digest: 'churn', zone: 'Asia/Kolkata' }],
    ['churn America/Argentina/Buenos_Aires', { digest: 'churn', zone: 'America/Argentina/Buenos_Aires' }],
    ['churn 9 New York', { digest: 'churn', ...nine, zone: 'America/New_York' }],
    ['churn zone:"New York"', { digest: 'churn', zone: 'America/New_York' }],
    ['churn <#C0SALES|sales>', { digest: 'churn', channel: { kind: 'id', id: 'C0SALES' } }],
    ['churn in C0123ABCDE', { digest: 'churn', channel: { kind: 'id', id: 'C0123ABCDE' } }],
    ['churn diagrams', { digest: 'churn', app: DIAGRAMS }],
    ['churn com.acme.diagrams', { digest: 'churn', app: DIAGRAMS }],
    ['churn diagrams Berlin', { digest: 'churn', app: DIAGRAMS, zone: 'Europe/Berlin' }],
    ['churn all apps', { digest: 'churn', app: 'all' }],
    ['churn space:dev-2', { digest: 'churn', space: 'dev-2' }],
    ['churn dev-2', { digest: 'churn', space: 'dev-2' }],
    ['feedback Feedback for Berlin', { digest: 'feedback', app: FEEDBACK }],
    ['tue 9', { days: [2], ...nine }],
    ['', {}],
  ])('reads %s', (text, wish) => {
    expect(read(text)).toEqual({ kind: 'wish', wish });
  });

  it.each([
    ['churn 25:00', 'time', '25:00', undefined],
    ['churn 9:75', 'time', '9:75', undefined],
    ['churn 13pm', 'time', '13pm', undefined],
    ['churn 31st', 'day', '31st', undefined],
    ['churn Europe/Berln', 'zone', 'Europe/Berln', 'Europe/Berlin'],
    ['churn Germany/Berlin', 'zone', 'Germany/Berlin', 'Europe/Berlin'],
    ['churn CET', 'zone', 'CET', 'Europe/Berlin'],
    ['churn EST', 'zone', 'EST', 'America/New_York'],
    ['churn UTC+1', 'zone', 'UTC+1', undefined],
    ['churn zone:Atlantis', 'zone', 'Atlantis', undefined],
    ['churn space:dev-9', 'space', 'dev-9', undefined],
    ['churn channel:sales', 'channel', 'sales', undefined],
    ['churn app:Gantt', 'app', 'Gantt', undefined],
    ['churn for', undefined, undefined, undefined],
    ['chrun tue', 'words', 'chrun', undefined],
    ['churn tuesdya', 'words', 'tuesdya', undefined],
    ['churn money', 'words', 'money', undefined],
  ])('says of %s what it cannot read', (text, what, words, near) => {
    const { near: meant, ...reading } = { near: undefined, ...read(text) };
    expect(reading).toEqual(
      what === undefined
        ? { kind: 'wish', wish: { digest: 'churn' } }
        : { kind: 'problem', what, text: words },
    );
    expect(meant).toBe(near);
  });

  it('is read whatever it is, or named as what it is not: 20,000 texts', () => {
    const random = createRandom(2026);
    const pieces = [
      'churn',
      'sales',
      'here',
      '#sales',
      '<#C1|x>',
      '#',
      '<#',
      'tue',
      'mon-',
      'fri-mon',
      '9',
      '99:99',
      '9am',
      'pm',
      '15th',
      '0th',
      'Europe/Berlin',
      'Europe/',
      '/',
      'a/b/c/d',
      'app:',
      'zone:',
      'space:',
      'channel:',
      'app:"',
      '"',
      'App 1',
      '+01:00',
      'CET',
      '\u202E',
      '<!channel>',
      '🙂',
      '\uD800',
      '__proto__',
      'constructor',
      'x'.repeat(500),
      '-',
      ',',
      ',,',
      '1',
      'all',
      'monthly',
      'daily',
      'New',
      'York',
    ];
    const kinds = new Set<string>();
    for (let index = 0; index < 20_000; index += 1) {
      const words = Array.from({ length: random.int(0, 8) }, () => random.pick(pieces as [string]));
      const reading = index % 2 === 0 ? read(words.join(' ')) : readSubscription(words, KNOWN);
      kinds.add(reading.kind === 'problem' ? reading.what : reading.kind);
      if (reading.kind !== 'wish') continue;
      const { days, minute = 0, zone = 'UTC' } = reading.wish;
      expect(minute >= 0 && minute < 1440).toBe(true);
      expect(Array.isArray(days) ? days.length : 1).toBeGreaterThan(0);
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
    }
    expect([...kinds].toSorted()).toEqual([
      'app',
      'channel',
      'day',
      'space',
      'time',
      'wish',
      'words',
      'zone',
    ]);
  });
});

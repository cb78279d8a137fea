import { describe, expect, it } from 'vitest';
import { type AlertRequest, readAlertRequest, readAmount } from '../../../src/domain/alert-request.ts';
import { ALERT_IDS } from '../../../src/domain/alert-rules.ts';
import { createRandom } from '../analytics/rows.ts';
import { parseCommand } from '../../../src/slack/parse-command.ts';

/** Tuesday, 17 March 2026. */
const NOW = Date.parse('2026-03-17T09:00:00Z');
const DAY = 86_400_000;

/** What somebody means who types this after `/pulse alerts`. */
function read(text: string): AlertRequest {
  return readAlertRequest(parseCommand(text).words, { now: NOW, userId: 'U0ME' });
}

const changeOf = (text: string): unknown => {
  const request = read(text);
  return request.kind === 'change' ? request.changes[0] : request;
};

const rule = (changes: object): object => ({ kind: 'rule', rule: 'refund', app: '', ...changes });

describe('without a wish', () => {
  it.each(['', 'show', 'LIST', 'here'])('"%s" shows what there is', (text) => {
    expect(read(text)).toEqual({ kind: 'show' });
  });
  it.each(['form', 'settings', 'change', 'edit'])('"%s" opens the form', (text) => {
    expect(read(text)).toEqual({ kind: 'form' });
  });
});

describe('a rule', () => {
  it.each(ALERT_IDS)('%s is known by its name, in any spelling', (id) => {
    for (const name of [id, id.toUpperCase(), id.replaceAll('-', ' '), id.replaceAll('-', '_')])
      expect(changeOf(`${name} off`), `${name} off`).toMatchObject({ kind: 'rule', rule: id, isOn: false });
  });

  it.each([
    ['refund off', { isOn: false }],
    ['off refund', { isOn: false }],
    ['refunds disable', { isOn: false }],
    ['refund on', { isOn: true, mutedUntil: 0 }],
    ['refund 500', { isOn: true, threshold: 50_000 }],
    ['set refund to 500', { isOn: true, threshold: 50_000 }],
    ['refund from $2.5k', { isOn: true, threshold: 250_000 }],
    ['refund above 1,234.50 usd', { isOn: true, threshold: 123_450 }],
    ['refund automatic', { threshold: 'automatic' }],
    ['refund default', { isOn: 'default', threshold: 'automatic' }],
    ['refund reset app:x', { isOn: 'default', threshold: 'automatic', app: 'x' }],
    ['mute refund', { isOn: false }],
    ['mute refund 1w', { mutedUntil: NOW + 7 * DAY }],
    ['refund mute for 2 days', { mutedUntil: NOW + 2 * DAY }],
    ['mute refund until 2026-04-01', { mutedUntil: Date.parse('2026-04-01T00:00:00Z') }],
    ['unmute refund', { isOn: true, mutedUntil: 0 }],
    ['refund app:"App 1" 500', { isOn: true, threshold: 50_000, app: 'App 1' }],
    ['refund 500 Diagrams for Jira', { isOn: true, threshold: 50_000, app: 'Diagrams Jira' }],
    ['refund off for app com.example.app', { isOn: false, app: 'com.example.app' }],
  ])('"%s"', (text, changes) => {
    expect(changeOf(text)).toEqual(rule(changes));
  });

  it('of users counts users', () => {
    expect(changeOf('big evaluation 2000 users')).toEqual({
      kind: 'rule',
      rule: 'big-evaluation',
      app: '',
      isOn: true,
      threshold: 2000,
    });
  });

  it.each([
    ['refund', 'amount'],
    ['unusual week 5', 'amount'],
    ['mute refund sometime', 'time'],
    ['mute refund 2020-01-01', 'time'],
    ['mute refund 0d', 'time'],
    ['everything off', 'rule'],
    ['12', 'rule'],
  ])('"%s" is not understood: %s', (text, what) => {
    expect(read(text)).toMatchObject({ kind: 'problem', what });
  });
});

describe('an amount', () => {
  it.each([
    ['500', 500],
    ['$5,000', 5000],
    ['5.000', 5000],
    ['5.000,50', 5000.5],
    ['1,234,567', 1_234_567],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['2.5k', 2500],
    ['1M', 1_000_000],
    ['500$', 500],
    ['1000users', 1000],
    ['0', 0],
  ])('%s is %d', (text, amount) => {
    expect(readAmount(text)).toBe(amount);
  });
  it.each(['', '$', '-5', '5kk', 'five', '1e9', '99999999999999', '1.2.3'])('"%s" is none', (text) => {
    expect(readAmount(text)).toBeUndefined();
  });
});

describe('quiet hours and days', () => {
  it.each([
    ['quiet 20:00-8:00', 1200, 480],
    ['quiet from 20 to 8', 1200, 480],
    ['quiet hours 8pm until 7.30am', 1200, 450],
    ['quiet between 22:15 and 06:45', 1335, 405],
    ['quiet 20–24', 1200, 0],
    ['quiet 20∶00-8∶00', 1200, 480],
  ])('"%s"', (text, from, to) => {
    expect(changeOf(text)).toEqual({ kind: 'quiet', hours: { from, to } });
  });
  it.each(['quiet off', 'quiet none', 'QUIET never'])('"%s" ends them', (text) => {
    expect(changeOf(text)).toEqual({ kind: 'quiet' });
  });
  it.each(['quiet', 'quiet 8', 'quiet 25-8', 'quiet 8-8', 'quiet 13pm-8', 'quiet 8-9-10', 'quiet night'])(
    '"%s" is not understood',
    (text) => {
      expect(read(text)).toMatchObject({ kind: 'problem', what: 'hours' });
    },
  );
  it.each([
    ['days mon-fri', [1, 2, 3, 4, 5]],
    ['days Monday, Wednesday and friday', [1, 3, 5]],
    ['days fri-mon', [0, 1, 5, 6]],
    ['weekdays', [1, 2, 3, 4, 5]],
    ['days weekdays sun', [0, 1, 2, 3, 4, 5]],
  ])('"%s"', (text, days) => {
    expect(changeOf(text)).toEqual({ kind: 'days', days });
  });
  it.each(['days all', 'days off', 'days every day'])('"%s" is every day', (text) => {
    expect(changeOf(text)).toEqual({ kind: 'days' });
  });
  it.each(['days', 'days someday', 'days 1-5', 'days mo'])('"%s" is not understood', (text) => {
    expect(read(text)).toMatchObject({ kind: 'problem', what: 'days' });
  });
});

describe('an owner', () => {
  it.each([
    ['owner me', { of: 'all', name: '' }, 'U0ME'],
    ['owner <@U0123ABCD|ada>', { of: 'all', name: '' }, 'U0123ABCD'],
    ['owner U0123ABCD', { of: 'all', name: '' }, 'U0123ABCD'],
    ['owner me app "App 1"', { of: 'app', name: 'App 1' }, 'U0ME'],
    ['owner of app:"App 1" is me', { of: 'app', name: 'App 1' }, 'U0ME'],
    ['owner me region EMEA', { of: 'region', name: 'EMEA' }, 'U0ME'],
    ['mention me for Germany', { of: 'region', name: 'Germany' }, 'U0ME'],
    ['owner nobody region EMEA', { of: 'region', name: 'EMEA' }, undefined],
    ['owner off', { of: 'all', name: '' }, undefined],
  ] as const)('"%s"', (text, owner, userId) => {
    expect(changeOf(text)).toEqual({ kind: 'owner', owner, ...(userId !== undefined && { userId }) });
  });
  it.each([
    ['owner', 'person'],
    ['owner @ada', 'person'],
    ['owner app "App 1"', 'person'],
    ['owner me app', 'owner'],
  ])('"%s" is not understood: %s', (text, what) => {
    expect(read(text)).toMatchObject({ kind: 'problem', what });
  });
  it('cannot be "me" where nobody asks', () => {
    expect(readAlertRequest(['owner', 'me'], { now: NOW })).toMatchObject({
      kind: 'problem',
      what: 'person',
    });
  });
});

describe('an act', () => {
  it.each([
    ['handled 12', { kind: 'handled', id: 12 }],
    ['done #12', { kind: 'handled', id: 12 }],
    ['reopen 12', { kind: 'reopen', id: 12 }],
    ['snooze 12', { kind: 'snooze', id: 12 }],
    ['snooze 12 1d', { kind: 'snooze', id: 12, until: NOW + DAY }],
    ['snooze 12 a week', { kind: 'snooze', id: 12, until: NOW + 7 * DAY }],
    ['snooze 12 until tomorrow', { kind: 'snooze', id: 12, until: '2026-03-18' }],
    ['remind 12 2026-05-01', { kind: 'snooze', id: 12, until: '2026-05-01' }],
  ])('"%s"', (text, request) => {
    expect(read(text)).toEqual(request);
  });
  it.each([
    ['handled', 'alert'],
    ['handled -1', 'alert'],
    ['handled 1.5', 'alert'],
    ['handled it', 'alert'],
    ['snooze 12 yesterday', 'time'],
    ['snooze 12 2026-03-17', 'time'],
    ['snooze 12 2026-02-30', 'time'],
  ])('"%s" is not understood: %s', (text, what) => {
    expect(read(text)).toMatchObject({ kind: 'problem', what });
  });
});

it('whatever is typed is read without failing, and a change is never empty', () => {
  const words = [
    'refund',
    'large',
    'off',
    'on',
    '500',
    '5k',
    'mute',
    '1w',
    'app:x',
    'quiet',
    '20-8',
    'days',
    'mon-',
    'owner',
    'me',
    '<@U012>',
    'handled',
    '7',
    'snooze',
    '',
    '-',
    '–',
    '"',
    '<!channel>',
  ];
  const random = createRandom(7);
  const requests = Array.from({ length: 5000 }, () => {
    const typed = random.shuffle(words).slice(0, random.whole(0, 5));
    return readAlertRequest(typed, { now: NOW, userId: 'U0ME' });
  });
  const changes = requests.filter((request) => request.kind === 'change');
  expect(changes.length).toBeGreaterThan(100);
  expect(changes.every((request) => request.changes.length > 0)).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/slack/gate.ts';
import { createRate, MOST_ASKED } from '../../../src/slack/rate.ts';

const MINUTE = 60_000;

function setUp() {
  let now = 0;
  const rate = createRate(() => now);
  const ask = (userId = 'U1') => {
    const verdict = rate.take(userId);
    return verdict && !verdict.allowed ? verdict.code : 'answered';
  };
  return { ask, wait: (ms: number) => (now += ms) };
}

describe('what one person may ask', () => {
  it('is so many questions within a minute, and then again', () => {
    const { ask, wait } = setUp();
    const burst = Array.from({ length: MOST_ASKED.perMinute + 2 }, () => ask());
    expect(burst.filter((one) => one === 'answered')).toHaveLength(MOST_ASKED.perMinute);
    expect(burst.at(-1)).toBe('too_many_at_once');
    wait(MINUTE);
    expect(ask()).toBe('answered');
  });

  it('is so many within a day, whoever else asks', () => {
    const { ask, wait } = setUp();
    for (let asked = 0; asked < MOST_ASKED.perDay; asked += 1) {
      expect(ask()).toBe('answered');
      wait(4000);
    }
    expect(ask()).toBe('too_many_today');
    expect(ask('U2')).toBe('answered');
    wait(24 * 60 * MINUTE);
    expect(ask()).toBe('answered');
  });
});

describe('the gate', () => {
  const gate = () =>
    createGate({
      rules: { users: ['U1'], channels: ['C1'] },
      teamId: () => 'T1',
      readFacts: async () => ({}),
      clock: () => 0,
    });
  const asker = { userId: 'U1', teamId: 'T1' };

  it('counts neither what is refused nor who looks at the Home tab', async () => {
    const decide = gate();
    for (let times = 0; times < MOST_ASKED.perMinute + 5; times += 1) {
      expect(await decide({ ...asker, channelId: 'C9', source: 'command' })).toMatchObject({
        code: 'channel_not_allowed',
      });
      expect(await decide({ ...asker, channelId: 'D1', source: 'home' })).toMatchObject({ allowed: true });
    }
    expect(await decide({ ...asker, channelId: 'C1', source: 'command' })).toMatchObject({ allowed: true });
  });

  it('counts every way of asking together', async () => {
    const decide = gate();
    const ways = ['command', 'button', 'form', 'mention', 'shortcut'];
    const asked = Array.from({ length: MOST_ASKED.perMinute + 1 }, (_, index) => ways[index % 5] ?? '');
    const verdicts = [];
    for (const source of asked) verdicts.push(await decide({ ...asker, channelId: 'C1', source }));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(MOST_ASKED.perMinute);
    expect(verdicts.at(-1)).toMatchObject({ code: 'too_many_at_once' });
  });
});

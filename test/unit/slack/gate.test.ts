import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/slack/gate.ts';
import { createPace } from '../../../src/slack/pace.ts';

const MOST = 20;

describe('the gate', () => {
  const gate = () =>
    createGate({
      rules: { users: ['U1'], channels: ['C1'] },
      teamId: () => 'T1',
      readFacts: async () => ({}),
      pace: createPace(() => 0),
    });
  const asker = { userId: 'U1', teamId: 'T1' };

  it('counts neither what is refused nor who looks at the Home tab', async () => {
    const { decide } = gate();
    for (let times = 0; times < MOST + 5; times += 1) {
      expect(await decide({ ...asker, channelId: 'C9', source: 'command' })).toMatchObject({
        code: 'channel_not_allowed',
      });
      expect(await decide({ ...asker, channelId: 'D1', source: 'home' })).toMatchObject({ allowed: true });
    }
    expect(await decide({ ...asker, channelId: 'C1', source: 'command' })).toMatchObject({ allowed: true });
  });

  it('refuses whoever asks too often, and lets the operator hear of unusually many questions', async () => {
    const heard: object[] = [];
    const { decide } = createGate({
      rules: { users: ['U1'], channels: ['C1'] },
      teamId: () => 'T1',
      readFacts: async () => ({}),
      pace: { note: () => ({ isAllowed: false, sentence: 'Please wait.', unusual: 51 }) },
      onUnusual: async (one) => void heard.push(one),
    });
    expect(await decide({ ...asker, channelId: 'C1', source: 'button' })).toEqual({
      allowed: false,
      code: 'too_many',
      sentence: 'Please wait.',
    });
    expect(heard).toEqual([{ userId: 'U1', questions: 51 }]);
  });

  it('counts every way of asking together', async () => {
    const { decide } = gate();
    const ways = ['command', 'button', 'form', 'mention', 'shortcut'];
    const asked = Array.from({ length: MOST + 1 }, (_, index) => ways[index % 5] ?? '');
    const verdicts = [];
    for (const source of asked) verdicts.push(await decide({ ...asker, channelId: 'C1', source }));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(MOST);
    expect(verdicts.at(-1)).toMatchObject({ code: 'too_many' });
  });
});

/** A share of what `npm run faults` does in full: see CONTRIBUTING.md. */
import { describe, expect, it } from 'vitest';
import { runBotStorm } from './bot-storm.ts';
import { runCrashes } from './crash-points.ts';
import { runSenderStorm } from './sender-storm.ts';

const SEED = 2026;
const CLEAN = { lost: 0, extra: 0, corrupt: 0, leaks: 0 };
const LONG = 120_000;

describe('a storm of faults and kills', () => {
  const weather = { seed: SEED, messages: 60, faults: 160, kills: 4 };

  it(
    'over a sender loses nothing and repeats nothing',
    async () => {
      const tally = await runSenderStorm(weather);
      expect(tally).toMatchObject({ ...CLEAN, kills: 4 });
      expect(tally.faults).toBeGreaterThan(20);
    },
    LONG,
  );

  it(
    "makes the library's default client post copies: it is a storm",
    async () => {
      expect((await runSenderStorm({ ...weather, sender: 'naive' })).extra).toBeGreaterThan(10);
    },
    LONG,
  );

  it(
    'over the built bot loses nothing, repeats nothing and shows no secret',
    async () => {
      expect(await runBotStorm({ seed: SEED, kills: 2 })).toMatchObject({ ...CLEAN, kills: 2, notes: [] });
    },
    LONG,
  );
});

it(
  'the built bot killed after Slack has a message and before it knows finds it in the channel',
  async () => {
    const outcomes = await runCrashes([
      { point: 'request-written-no-answer', kind: 'alert', hasHistory: true },
      { point: 'answer-read-not-marked', kind: 'digest', hasHistory: true },
    ]);
    expect(outcomes).toHaveLength(2);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ hasCrashed: true, lost: 0, extra: 0 });
  },
  LONG,
);

/** A share of what `npm run faults` does in full, within a few seconds. */
import { expect, it } from 'vitest';
import { runCrashes } from './crash-points.ts';
import { runSenderStorm } from './sender-storm.ts';

const LONG = 120_000;

it(
  'a storm of faults and kills over a sender loses nothing and repeats nothing',
  async () => {
    const tally = await runSenderStorm({ seed: 2026, messages: 30, faults: 60, kills: 2 });
    expect(tally).toMatchObject({ kills: 2, messages: 30, lost: 0, extra: 0, corrupt: 0, leaks: 0 });
    expect(tally.faults).toBeGreaterThan(10);
  },
  LONG,
);

it(
  'the built bot killed after Slack has a message and before it knows finds it in the channel',
  async () => {
    const outcomes = await runCrashes([
      { point: 'request-written-no-answer', kind: 'alert', hasHistory: true },
    ]);
    expect(outcomes).toHaveLength(1);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ hasCrashed: true, lost: 0, extra: 0 });
  },
  LONG,
);

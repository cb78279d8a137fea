/** A share of what `npm run faults` does in full: see CONTRIBUTING.md. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killLoads } from './load-kills.ts';
import { runTrials, trialsOf } from './nth-call.ts';
import { killBackups, killMigrations, killWriters, raceForLock } from './process-kills.ts';
import { createScenario, type Scenario } from './scenario.ts';
import { stopAtRandom } from './signals.ts';

const SEED = 2026;
const LONG = 120_000;

describe('a fault at the n-th call', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await createScenario();
  }, LONG);
  afterAll(() => scenario.close());

  it('can be tried at every call of the API, of Slack and of the database', async () => {
    const { calls, lives, problems } = await scenario.run();
    expect(problems).toEqual([]);
    expect(lives).toBe(1);
    expect(calls.api).toBeGreaterThan(15);
    expect(calls.slack).toBeGreaterThan(4);
    expect(calls.writes).toBeGreaterThan(100);
    expect(trialsOf(calls).length).toBeGreaterThan(500);
  });

  it(
    'loses nothing, repeats nothing and leaves the store whole',
    async () => {
      const { failures, runs } = await runTrials(scenario, { every: 37 });
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(15);
    },
    LONG,
  );
});

describe('a process that is killed', () => {
  const few = { seed: SEED, kills: 2 };

  it(
    'while it records has recorded what it acknowledged',
    async () => {
      expect(await killWriters(few)).toEqual({ kills: 2, bad: 0, lost: 0 });
    },
    LONG,
  );

  it(
    'while it makes a backup leaves no half backup under its name',
    async () => {
      expect(await killBackups(few)).toEqual({ kills: 2, bad: 0, lost: 0 });
    },
    LONG,
  );

  it(
    'beside another one while they migrate leaves the old schema or the new one',
    async () => {
      expect(await killMigrations(few)).toEqual({ kills: 2, bad: 0, lost: 0 });
    },
    LONG,
  );

  it.each(['first', 'staged'] as const)(
    'in a %s load leaves the snapshot before or the one after',
    async (phase) => {
      const { late: _, ...report } = await killLoads({ seed: SEED, kills: 1, phase });
      expect(report).toEqual({ kills: 1, mixed: 0, corrupt: 0, unrecovered: 0 });
    },
    LONG,
  );
});

it(
  'of eight that want to be the bot at once, one is',
  async () => {
    expect(await raceForLock(1)).toMatchObject({ races: 1, bad: 0 });
  },
  LONG,
);

it(
  'the built bot ends with 0 whenever it is asked to, and has half recorded nothing',
  async () => {
    const { corrupt, signals, slowestMs, wrong } = await stopAtRandom({ seed: SEED, signals: 2 });
    expect({ corrupt, signals, wrong }).toEqual({ corrupt: 0, signals: 2, wrong: [] });
    // Four seconds of its own; the rest is a busy machine.
    expect(slowestMs).toBeLessThan(10_000);
  },
  LONG,
);

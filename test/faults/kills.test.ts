/** A share of what `npm run faults` does in full, within a few seconds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrials, trialsOf } from './nth-call.ts';
import { killBackups, killMigrations, killWriters, raceForLock } from './process-kills.ts';
import { createScenario, type Scenario } from './scenario.ts';

const LONG = 120_000;
/** Of a thousand trials six, and other ones whenever the scenario makes another number of calls. */
const EVERY = 191;

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
      const { failures, runs } = await runTrials(scenario, { every: EVERY });
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(3);
    },
    LONG,
  );
});

describe('a process that is killed', () => {
  const once = { seed: 2026, kills: 1 };
  const clean = { kills: 1, bad: 0, lost: 0 };

  it(
    'while it records has recorded what it acknowledged',
    async () => {
      expect(await killWriters(once)).toEqual(clean);
    },
    LONG,
  );

  it(
    'while it makes a backup leaves no half backup under its name',
    async () => {
      expect(await killBackups(once)).toEqual(clean);
    },
    LONG,
  );

  it(
    'beside another one while they migrate leaves the old schema or the new one',
    async () => {
      expect(await killMigrations(once)).toEqual(clean);
    },
    LONG,
  );
});

it(
  'of eight that want to be the bot at once, one is, fifty times',
  async () => {
    expect(await raceForLock(50)).toMatchObject({ races: 50, bad: 0 });
  },
  LONG,
);

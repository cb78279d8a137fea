import { runBotStorm } from './bot-storm.ts';
import { CRASH_POINTS } from './crash-at.ts';
import { runCrashes } from './crash-points.ts';
import { FULL_DISKS, whyNot } from './full-disks.ts';
import { playFullDisk } from './full-while-running.ts';
import { killLoads } from './load-kills.ts';
import { playLock } from './locked-while-running.ts';
import { watchLog } from './log-growth.ts';
import { runTrials, type Trial } from './nth-call.ts';
import { type Outage, playOutage } from './outages.ts';
import { killBackups, killMigrations, killWriters, raceForLock } from './process-kills.ts';
import { createScenario } from './scenario.ts';
import { runSenderStorm } from './sender-storm.ts';
import { stopAtRandom } from './signals.ts';
import { emptyTally, sumOf, type Tally } from './tally.ts';
import { playOverlap } from './twins.ts';

/** What a part of `npm run faults` came to: its tally, and a sentence for everything that is not as it should be. */
export interface PartReport {
  readonly tally: Tally;
  readonly problems: readonly string[];
}

/** Every fault at every call of the scenario, or at every write. */
async function nthCall(isWanted: (trial: Trial) => boolean): Promise<PartReport> {
  const scenario = await createScenario();
  try {
    const { failures, posted, runs } = await runTrials(scenario, { isWanted });
    return {
      tally: { ...emptyTally(), faults: runs, messages: posted, lost: failures.length },
      problems: failures,
    };
  } finally {
    await scenario.close();
  }
}

/** The six crash points of a delivery, with and without the history scope. */
async function crashPoints(): Promise<PartReport> {
  const crashes = CRASH_POINTS.flatMap((point) =>
    (['alert', 'digest'] as const).flatMap((kind) =>
      [true, false].map((hasHistory) => ({ point, kind, hasHistory })),
    ),
  );
  const outcomes = await runCrashes(crashes, 6);
  const mayRepeat = new Set<string>(['request-written-no-answer', 'answer-read-not-marked']);
  const wrong = outcomes.filter(({ extra, hasCrashed, hasHistory, lost, point }) => {
    const allowed = !hasHistory && mayRepeat.has(point) ? 1 : 0;
    return !hasCrashed || lost > 0 || extra > allowed;
  });
  const lost = outcomes.reduce((sum, outcome) => sum + outcome.lost, 0);
  const extra = outcomes
    .filter(({ hasHistory }) => hasHistory)
    .reduce((sum, outcome) => sum + outcome.extra, 0);
  return {
    tally: { ...emptyTally(), kills: outcomes.length, messages: outcomes.length * 2, lost, extra },
    problems: wrong.map((outcome) => JSON.stringify(outcome)),
  };
}

/** Storms over senders, with everything a Slack workspace can answer. */
async function senderStorms(seed: number): Promise<PartReport> {
  const tallies: Tally[] = [];
  for (let round = 0; round < 4; round += 1) {
    tallies.push(await runSenderStorm({ seed: seed + round, messages: 200, faults: 500, kills: 30 }));
  }
  return { tally: sumOf(tallies), problems: [] };
}

/** The built bot, as installed, in every weather. */
async function botStorm(seed: number): Promise<PartReport> {
  const { notes, ...tally } = await runBotStorm({ seed, kills: 24 });
  return { tally, problems: notes };
}

/** Deploys of the built bot, with the quiet time it has, and one without, which has to say things twice. */
async function deploys(): Promise<PartReport> {
  const options = { messages: 50, quiet: 'process', isUsed: true } as const;
  const [fresh, heroku, loud] = await Promise.all([
    playOverlap({ ...options, isUsed: false }),
    playOverlap({ ...options, isHeroku: true }),
    playOverlap(options),
  ]);
  const held = [fresh, heroku];
  const problems = held
    .filter(({ isHalfSaid, starts }) => !isHalfSaid || starts !== 1)
    .map((one) => `greeted again, or stopped too late: ${JSON.stringify(one)}`);
  // One of them is the greeting.
  if (loud.extra < 2)
    problems.push('a deploy without a quiet time said nothing twice: the others prove nothing');
  return { tally: sumOf(held), problems };
}

const MINUTE_MS = 60_000;
const NOBODY = { kind: 'down' } as const;
/** Whoever asks waits for as long as they will. */
const SILENCE = { kind: 'timeout', ms: 30 * MINUTE_MS, toServer: true } as const;

/** The built bot while Slack or the Marketplace is away: it goes on within a minute, and says nothing twice. */
async function outages(): Promise<PartReport> {
  const played: readonly Outage[] = [
    { of: 'api', toxic: NOBODY, ms: 1.5 * MINUTE_MS },
    { of: 'api', toxic: SILENCE, ms: MINUTE_MS },
    { of: 'slack', toxic: NOBODY, ms: 1.5 * MINUTE_MS },
    { of: 'slack', toxic: SILENCE, ms: 1.5 * MINUTE_MS },
  ];
  const tally = { ...emptyTally(), faults: played.length, messages: played.length };
  const problems: string[] = [];
  const reports = await Promise.all(played.map(playOutage));
  for (const [index, { backAfterMs, told }] of reports.entries()) {
    tally.lost += told === 0 ? 1 : 0;
    tally.extra += Math.max(0, told - 1);
    if (backAfterMs === undefined || backAfterMs > MINUTE_MS)
      problems.push(`went on after ${backAfterMs} ms: ${JSON.stringify(played[index])}`);
  }
  console.error(`went on after ${reports.map(({ backAfterMs }) => `${backAfterMs} ms`).join(', ')}`);
  return { tally, problems };
}

/** The running bot with nothing to write to, which goes on by itself with room again; and while another program holds its database. */
async function hosts(): Promise<PartReport> {
  const ways = (Object.keys(FULL_DISKS) as (keyof typeof FULL_DISKS)[]).filter((way) => {
    const reason = whyNot(way);
    if (reason !== undefined) console.error(`left out: ${way}: ${reason}`);
    return reason === undefined;
  });
  const played = [...ways.map((way) => playFullDisk(way, { byItself: true })), playLock(20)];
  const problems = (await Promise.all(played)).flat();
  const messages = 3 * ways.length + 2;
  return { tally: { ...emptyTally(), faults: played.length, messages }, problems };
}

interface Kills {
  readonly kills: number;
  readonly bad: number;
  readonly lost: number;
}

function createCount() {
  const problems: string[] = [];
  const tally = emptyTally();
  return {
    problems,
    tally,
    count: (what: string, report: Kills): void => {
      tally.kills += report.kills;
      tally.corrupt += report.bad;
      tally.lost += report.lost;
      if (report.bad + report.lost > 0) problems.push(`${what}: ${JSON.stringify(report)}`);
    },
  };
}

/** Processes killed while they write, copy and migrate; eight that want to be the bot at once. */
async function kills(seed: number): Promise<PartReport> {
  const { count, problems, tally } = createCount();
  count('writers', await killWriters({ seed, kills: 500 }));
  count('backups', await killBackups({ seed, kills: 50 }));
  count('migrations', await killMigrations({ seed, kills: 40 }));
  const races = await raceForLock(100);
  if (races.bad > 0 || races.slowestMs > 2000) problems.push(`races for the lock: ${JSON.stringify(races)}`);
  return { tally, problems };
}

/** Syncs killed while they load; the bot asked to stop whenever. */
async function loads(seed: number): Promise<PartReport> {
  const { count, problems, tally } = createCount();
  for (const phase of ['first', 'staged'] as const) {
    const { corrupt, late, mixed, unrecovered, ...report } = await killLoads({ seed, kills: 8, phase });
    count(`loads, ${phase}`, { ...report, bad: corrupt + mixed, lost: unrecovered });
    if (late === report.kills) problems.push(`loads, ${phase}: every kill came too late`);
  }
  const stops = await stopAtRandom({ seed, signals: 100 });
  tally.corrupt += stops.corrupt;
  if (stops.wrong.length > 0) problems.push(...stops.wrong);
  if (stops.slowestMs > 4500) problems.push(`the slowest stop took ${stops.slowestMs} ms`);
  return { tally, problems };
}

/** A thousand syncs, with lookups beside them: what is left of the write-ahead log. */
async function logGrowth(): Promise<PartReport> {
  const growth = await watchLog(1000);
  const { largestSync, left, peak, wrong } = growth;
  const isSmall = left === 0 && peak <= 2 * largestSync;
  return {
    tally: { ...emptyTally(), lost: wrong },
    problems: isSmall ? [] : [`the write-ahead log grows: ${JSON.stringify(growth)}`],
  };
}

/** Every part by its name, the longest first: the last to end should be short. */
export const PARTS: Readonly<Record<string, (seed: number) => Promise<PartReport>>> = {
  'nth call': () => nthCall(({ where }) => where !== 'database'),
  loads,
  'nth write': () => nthCall(({ where }) => where === 'database'),
  outages,
  'sender storms': senderStorms,
  kills,
  'bot storm': botStorm,
  'crash points': crashPoints,
  'log growth': logGrowth,
  deploys,
  hosts,
};

/** Storms that are told beside the others: what is expected of them is not 0. */
export const COMPARISONS: Readonly<Record<string, (seed: number) => Promise<Tally>>> = {
  'without the history scope': (seed) =>
    runSenderStorm({ seed, messages: 200, faults: 500, kills: 30, hasHistory: false }),
  "with the library's default client": (seed) =>
    runSenderStorm({ seed, messages: 200, faults: 500, kills: 30, sender: 'naive' }),
};

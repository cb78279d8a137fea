import type { Fault as ApiFault } from '../../demo/reporting-api/faults.ts';
import type { FaultMode } from '../../demo/slack/faults.ts';
import { die, planDatabase } from './database-faults.ts';
import type { RunOptions, Scenario, Trouble } from './scenario.ts';

/** What goes wrong, once, at one call. */
export interface Trial {
  readonly where: 'api' | 'slack' | 'database';
  readonly fault: string;
  /** 1 is the first call. */
  readonly call: number;
  readonly trouble: Trouble;
  readonly options?: RunOptions;
}

/** What playing many trials came to. */
export interface LoopReport {
  readonly runs: number;
  /** Messages posted in all of them. */
  readonly posted: number;
  readonly failures: readonly string[];
}

/** What cannot be told from an hour in which nothing changed: the next sync makes it good. */
const EMPTY = 'an empty answer';
const SILENCE = 'no answer';
const GATEWAY = 'status 500 to 504';
/** One after the other: the call decides. */
const GATEWAY_STATUSES = [500, 502, 503, 504] as const;
const OPTIONS: Readonly<Record<string, RunOptions>> = {
  [EMPTY]: { leastLives: 2 },
  [SILENCE]: { answerMs: 250 },
};

const API_FAULTS: Readonly<Record<string, ApiFault>> = {
  reset: { kind: 'reset' },
  [GATEWAY]: { kind: 'status', status: 500 },
  'status 401': { kind: 'status', status: 401 },
  'status 429': { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
  'a page of HTML': { kind: 'html', status: 200, lying: true },
  'a cut body': { kind: 'truncate', bytes: 40 },
  'a body cut as if it were whole': { kind: 'truncate', bytes: 40, how: 'quiet' },
  [SILENCE]: { kind: 'hang' },
  [EMPTY]: { kind: 'alter', alter: (body) => (Array.isArray(body) ? [] : {}) },
};

const SLACK_FAULTS: Readonly<Record<string, FaultMode>> = {
  'a reset before': { kind: 'reset' },
  'a reset after': { kind: 'reset', accept: true },
  'status 500 before': { kind: 'status', status: 500 },
  'status 500 after': { kind: 'status', status: 500, accept: true },
  'a cut answer': { kind: 'cut', accept: true },
  'a page of HTML': { kind: 'html', accept: true },
  'an answer without a timestamp': { kind: 'answer', body: '{"ok":true}', accept: true },
  'fatal_error, posted': { kind: 'error', error: 'fatal_error', accept: true },
  invalid_auth: { kind: 'error', error: 'invalid_auth' },
  not_in_channel: { kind: 'error', error: 'not_in_channel' },
  invalid_blocks: { kind: 'error', error: 'invalid_blocks' },
  'status 429': { kind: 'rate-limited', retryAfter: 3 },
  'status 429 without a time': { kind: 'rate-limited' },
};

/** The process dies while the n-th request to the API is answered. */
function dyingAtApi(call: number): Trouble {
  return ({ api }) => {
    planDatabase(undefined);
    api.fail({
      kind: 'alter',
      after: call - 1,
      times: 1,
      alter: (body) => {
        die();
        return body;
      },
    });
  };
}

/** The process dies after Slack posted the n-th message and before it hears of it. */
function dyingAtSlack(call: number): Trouble {
  return ({ slack }) => {
    planDatabase(undefined);
    const handle = slack.fail({ method: '*', after: call - 1, mode: { kind: 'hang', accept: true } });
    const watch = setInterval(() => {
      if (handle.hits === 0) return;
      clearInterval(watch);
      die();
      handle.release();
    }, 1);
    watch.unref();
  };
}

/** All trials: every fault at every call of the untouched scenario. */
export function trialsOf(calls: {
  readonly api: number;
  readonly slack: number;
  readonly writes: number;
}): Trial[] {
  const each = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const trials: Trial[] = [];
  for (const call of each(calls.api)) {
    for (const [fault, rule] of Object.entries(API_FAULTS)) {
      const status = GATEWAY_STATUSES[call % GATEWAY_STATUSES.length] ?? 500;
      const own: ApiFault = fault === GATEWAY ? { kind: 'status', status } : rule;
      const trouble: Trouble = ({ api }) => void api.fail({ ...own, after: call - 1, times: 1 });
      trials.push({ where: 'api', fault, call, trouble, ...(OPTIONS[fault] && { options: OPTIONS[fault] }) });
    }
    trials.push({ where: 'api', fault: 'death', call, trouble: dyingAtApi(call) });
  }
  for (const call of each(calls.slack)) {
    for (const [fault, mode] of Object.entries(SLACK_FAULTS)) {
      const trouble: Trouble = ({ slack }) => void slack.fail({ method: '*', after: call - 1, mode });
      trials.push({ where: 'slack', fault, call, trouble });
    }
    trials.push({ where: 'slack', fault: 'death', call, trouble: dyingAtSlack(call) });
  }
  for (const call of each(calls.writes)) {
    trials.push({
      where: 'database',
      fault: 'death',
      call,
      trouble: () => planDatabase({ fault: 'dies', at: call }),
    });
    trials.push({
      where: 'database',
      fault: 'disk full',
      call,
      trouble: () => planDatabase({ fault: 'full', at: call }),
    });
  }
  return trials;
}

/**
 * SQLite's own method: a fault at call 1, then at call 2, and so on until the scenario passes untouched. `every`: only each
 * n-th trial, for a run that has to be short.
 */
export async function runTrials(
  scenario: Scenario,
  options: { readonly every?: number; readonly isWanted?: (trial: Trial) => boolean } = {},
): Promise<LoopReport> {
  const { every = 1, isWanted = () => true } = options;
  const untouched = await scenario.run(() => planDatabase(undefined));
  const failures = untouched.problems.map((problem) => `untouched: ${problem}`);
  let runs = 1;
  let posted = untouched.posted;
  for (const [index, trial] of trialsOf(untouched.calls).filter(isWanted).entries()) {
    if (index % every !== 0) continue;
    const { posted: more, problems } = await scenario.run(trial.trouble, trial.options);
    runs += 1;
    posted += more;
    if (problems.length > 0)
      failures.push(`${trial.fault} at ${trial.where} call ${trial.call}: ${problems.join('; ')}`);
  }
  return { runs, posted, failures };
}

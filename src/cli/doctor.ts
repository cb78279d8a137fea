import { readStartConfig, type StartConfig } from '../config/read-config.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { EXIT } from '../exit-code.ts';
import { parseCron } from '../schedule/cron.ts';
import { nextDues } from '../schedule/due.ts';
import { configSources, print } from './context.ts';
import { checkDisk, checkFiles, checkRotation } from './doctor/check-files.ts';
import { checkMarketplace } from './doctor/check-marketplace.ts';
import { checkSlack } from './doctor/check-slack.ts';
import { checkStore } from './doctor/check-store.ts';
import { type Finding, fine } from './doctor/finding.ts';

function checkSchedule({ digestSchedule, timeZone }: StartConfig): Finding {
  const dues = nextDues(parseCron(digestSchedule), timeZone, Date.now(), 3);
  const times = dues.map(({ period }) => period.replace('T', ' ')).join(', ');
  return fine(`Digests: next at ${times} ${timeZone}`);
}

function show({ fix, state, what }: Finding): string {
  const label = { ok: 'ok     ', problem: 'PROBLEM', note: 'note   ' }[state];
  return `${label}  ${what}${fix === undefined ? '' : `\n         ${fix}`}`;
}

/** `pulse doctor`: looks at everything that can be reached and says how to mend what is wrong. Returns the exit code. */
export async function doctor(): Promise<number> {
  const sources = configSources();
  let config: StartConfig;
  try {
    config = readStartConfig(sources);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    print(error.problems.map((what) => show({ state: 'problem', what })).join('\n'));
    return EXIT.configuration;
  }
  const findings = [
    fine(`Node ${process.versions.node}, configuration complete`),
    ...checkFiles(sources.env, config.databasePath),
    checkRotation(sources.env),
    ...(await checkStore(config.databasePath, config.marketplace.developerIds)),
    ...checkDisk(config.databasePath),
    ...(await checkMarketplace(config.marketplace)),
    ...(await checkSlack(config)),
    checkSchedule(config),
  ];
  print(findings.map(show).join('\n'));
  return findings.find(({ state }) => state === 'problem')?.exitCode ?? EXIT.ok;
}

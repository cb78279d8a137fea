import { WebClient } from '@slack/web-api';
import { readStartConfig, type StartConfig } from '../config/read-config.ts';
import { addDays, dayOf } from '../domain/day.ts';
import { ConfigurationError, PulseError, reasonOf } from '../domain/errors.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import { createReportingClient } from '../reporting/client.ts';
import { churn } from '../reporting/endpoints/churn.ts';
import { parseCron } from '../schedule/cron.ts';
import { nextDues } from '../schedule/due.ts';
import { fetchIdentity } from '../slack/identity.ts';
import { wait } from '../slack/wait.ts';
import { createStore } from '../store/store.ts';
import { configSources, print } from './context.ts';

/** One thing that was looked at. */
interface Finding {
  readonly state: 'ok' | 'problem' | 'note';
  readonly what: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly exitCode?: number;
}

/** What optional scopes would give. */
const OPTIONAL_SCOPES: Readonly<Record<string, string>> = {
  'channels:read': 'tells archived and shared public channels before posting',
  'groups:read': 'the same for private channels',
  'channels:history': 'settles whether a message arrived after a broken connection, in public channels',
  'groups:history': 'the same in private channels',
  'users:read': 'recognises guests',
};

async function attempt(what: string, run: () => Promise<string>): Promise<Finding> {
  try {
    return { state: 'ok', what: `${what}: ${await run()}` };
  } catch (error) {
    const code = error instanceof PulseError ? ` (${error.code})` : '';
    return { state: 'problem', what: `${what}${code}`, fix: reasonOf(error), exitCode: exitCodeOf(error) };
  }
}

function checkDatabase({ databasePath }: StartConfig): Promise<Finding> {
  return attempt('Database', async () => {
    const store = await createStore(databasePath);
    await store.close();
    return `${databasePath} opens and is sound`;
  });
}

async function checkMarketplace({ marketplace }: StartConfig): Promise<Finding[]> {
  const client = createReportingClient({
    baseUrl: marketplace.apiUrl,
    email: marketplace.email,
    token: marketplace.token,
  });
  const today = dayOf(Date.now());
  const parameters = { aggregation: 'week' as const, startDate: addDays(today, -14), endDate: today };
  const findings: Finding[] = [];
  for (const developerId of marketplace.developerIds) {
    findings.push(
      await attempt(`Reporting API, developer space ${developerId}`, async () => {
        const pull = client.pull(churn, { developerId, parameters });
        for await (const series of pull) void series;
        return 'answers';
      }),
    );
  }
  await client.close();
  const { tokenExpires } = marketplace;
  if (tokenExpires !== undefined && tokenExpires < addDays(today, 30)) {
    findings.push({
      state: 'note',
      what: `The Marketplace API token expires on ${tokenExpires}`,
      fix: 'Create a new one in time.',
    });
  }
  return findings;
}

async function checkSlack({ slack }: StartConfig): Promise<Finding[]> {
  const client = new WebClient(slack.botToken.reveal(), {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    timeout: 10_000,
  });
  let scopes: readonly string[] | undefined;
  const identity = await attempt('Slack', async () => {
    const who = await fetchIdentity(client, wait);
    scopes = who.scopes;
    return `connected to ${who.teamName ?? who.teamId}`;
  });
  const missing = scopes ? Object.entries(OPTIONAL_SCOPES).filter(([scope]) => !scopes?.includes(scope)) : [];
  const notes = missing.map(
    ([scope, use]): Finding => ({ state: 'note', what: `Optional scope ${scope} is not granted: it ${use}` }),
  );
  return [identity, ...notes];
}

function checkSchedule({ digestSchedule, timeZone }: StartConfig): Finding {
  const dues = nextDues(parseCron(digestSchedule), timeZone, Date.now(), 3);
  const times = dues.map(({ period }) => period.replace('T', ' ')).join(', ');
  return { state: 'ok', what: `Digests: next at ${times} ${timeZone}` };
}

function show({ fix, state, what }: Finding): string {
  const label = { ok: 'ok     ', problem: 'PROBLEM', note: 'note   ' }[state];
  return `${label}  ${what}${fix === undefined ? '' : `\n         ${fix}`}`;
}

/** `pulse doctor`: looks at everything that can be reached and says how to mend what is wrong. Returns the exit code. */
export async function doctor(): Promise<number> {
  let config: StartConfig;
  try {
    config = readStartConfig(configSources());
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    print(error.problems.map((problem) => show({ state: 'problem', what: problem })).join('\n'));
    return EXIT.configuration;
  }
  const findings = [
    { state: 'ok', what: `Node ${process.versions.node}, configuration complete` } satisfies Finding,
    await checkDatabase(config),
    ...(await checkMarketplace(config)),
    ...(await checkSlack(config)),
    checkSchedule(config),
  ];
  print(findings.map(show).join('\n'));
  return findings.find(({ state }) => state === 'problem')?.exitCode ?? EXIT.ok;
}

import './check-node.ts';
import { loadEnvironment } from './environment.ts';
import { createApp } from './app.ts';
import { readStartConfig } from './config/read-config.ts';
import { reasonOf } from './domain/errors.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { createLog } from './log.ts';
import { cronProblem } from './schedule/cron.ts';
import { toStoreError } from './store/store-trouble.ts';

/** The bot's process: environment, signals and exit codes. */
async function main(): Promise<void> {
  const { env, readFile } = loadEnvironment();
  const config = readStartConfig({ env, readFile, cronProblem });
  const { marketplace, slack } = config;
  const modeSecret = slack.mode.kind === 'socket' ? slack.mode.appToken : slack.mode.signingSecret;
  const log = createLog(config.logLevel, [marketplace.token, slack.botToken, modeSecret]);

  const app = await createApp(config, log);
  let stopping = false;
  const stop = async (signal: string) => {
    // A second signal means: now.
    if (stopping) process.exit(EXIT.ok);
    stopping = true;
    log.info({ signal }, 'stopping');
    await app.stop();
    process.exit(EXIT.ok);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
  process.stdout.on('error', () => undefined);
  const crash = (error: unknown) => {
    log.error({ error: reasonOf(error) }, 'unexpected error, ending so that the supervisor restarts');
    process.exit(EXIT.internal);
  };
  process.on('unhandledRejection', crash);
  process.on('uncaughtException', crash);

  try {
    await app.start();
  } catch (error) {
    await app.stop();
    throw error;
  }
  log.info({ port: app.port() ?? null, mode: slack.mode.kind }, 'started');
}

main().catch((error: unknown) => {
  const told = toStoreError(error);
  process.stderr.write(`${reasonOf(told)}\n`);
  process.exit(exitCodeOf(told));
});

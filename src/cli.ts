import './check-node.ts';
import { Command, CommanderError } from 'commander';
import { alerts } from './cli/alerts.ts';
import { backup } from './cli/backup.ts';
import { digest } from './cli/digest.ts';
import { UsageError } from './cli/context.ts';
import { doctor } from './cli/doctor.ts';
import { exportAddress } from './cli/export.ts';
import { forget } from './cli/forget.ts';
import { lookup } from './cli/lookup.ts';
import { report } from './cli/report.ts';
import { restore } from './cli/restore.ts';
import { status } from './cli/status.ts';
import { sync } from './cli/sync.ts';
import { reasonOf } from './domain/errors.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { toStoreError } from './store/store-trouble.ts';

function createProgram(): Command {
  const program = new Command('pulse')
    .description('Marketplace Pulse on the command line. Answers go to stdout, logs to stderr.')
    .exitOverride()
    .showHelpAfterError('(npm run pulse -- --help lists the commands)');
  const command = (usage: string, description: string) =>
    program.command(usage).description(description).exitOverride();

  command('sync', 'pull from the Reporting API into the store; the running bot posts what is news')
    .option('--full', 'pull everything, not only what changed')
    .option('--json', 'print what changed as JSON')
    .action(sync);
  command('digest <id>', 'build a digest from the store')
    .option('--week <date>', 'the week containing this date, YYYY-MM-DD')
    .option('--app <name>', 'one app instead of all')
    .option('--json', 'print Block Kit')
    .option('--post <channel>', 'also have the running bot post it to this channel id')
    .action(digest);
  command('alerts', 'what the alert rules would have said of the stored history; posts nothing')
    .requiredOption('--since <date>', 'from this day on, YYYY-MM-DD')
    .option('--dry-run', 'say that nothing is to be posted; required')
    .option(
      '--set <rule>',
      'try another setting, such as "refund 500" or "upgrade off"; may be repeated',
      (value, before: string[]) => [...before, value],
      [],
    )
    .option('--json', 'print JSON')
    .action(alerts);
  command('lookup <text...>', 'find a customer by identifier, site, domain or company')
    .option('--json', 'print records')
    .action((words: string[], options) => lookup(words.join(' '), options));
  command('report [endpoint]', 'print the rows of one API resource; without a name, list them')
    .option(
      '--param <name=value>',
      'a parameter; may be repeated',
      (value, before: string[]) => [...before, value],
      [],
    )
    .option('--describe', 'what the endpoint takes and answers; nothing is asked')
    .option('--json', 'one JSON object a line (the default)')
    .option('--table', 'an aligned table for people, money in dollars')
    .option('--columns <names>', 'these columns of the table, separated by commas')
    .option('--limit <rows>', 'stop after so many rows')
    .action(async (id: string | undefined, options) => {
      process.exitCode = await report(id, options);
    });
  command('status', 'data age, delivery and the next runs').option('--json', 'print JSON').action(status);
  command('doctor', 'check configuration, database, API and Slack, and say what to mend').action(async () => {
    process.exitCode = await doctor();
  });
  command('backup <file>', 'copy the store to a file, checked, while the bot goes on').action(backup);
  command('restore <file>', 'put a backup in the place of the store; the bot must be stopped').action(
    restore,
  );
  command('export <email>', 'print all that the store holds of a person, as JSON').action(exportAddress);
  command('forget <email>', 'take a person out of the store and its backups, for good').action(forget);
  return program;
}

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else {
    const told = toStoreError(error);
    process.stderr.write(`${reasonOf(told)}\n`);
    process.exitCode = told instanceof UsageError ? EXIT.usage : exitCodeOf(told);
  }
}

import '../src/check-node.ts';
import { parseArgs } from 'node:util';
import { createLog } from '../src/log.ts';
import { CHANNELS, createStage, PRODUCT_CHANNEL, type Stage } from './stage.ts';
import { playStory } from './story.ts';

const { values: options } = parseArgs({
  options: {
    /** Print every posted message and end. */
    once: { type: 'boolean', default: false },
    /** The port of the page; any free one otherwise. */
    port: { type: 'string' },
    seed: { type: 'string', default: '2026' },
  },
});

/** How each digest begins, by the channel that gets it; every one is due twice. */
const DIGESTS: Readonly<Record<string, readonly string[]>> = {
  [CHANNELS.digest]: ['Churn', 'Conversion', 'Renewals', 'Evaluations', 'New sales'],
  [PRODUCT_CHANNEL]: ['Sales benchmark', 'Installations', 'Feedback', 'Searches', 'Funnel', 'Customers'],
};

/** What should have been posted and was not; empty when the demo did all it promises. */
function missing({ slack, world }: Stage): string[] {
  const digests = Object.entries(DIGESTS).flatMap(([channel, words]) => {
    const parents = slack.messages({ channel }).filter(({ threadTs, ts }) => (threadTs ?? ts) === ts);
    return words
      .map((word) => ({ word, posted: parents.filter(({ text }) => text.startsWith(word)).length }))
      .filter(({ posted }) => posted !== 2)
      .map(({ posted, word }) => `2 digests "${word}" were due, ${posted} were posted`);
  });
  const sale = world.landmarks.largeSale.company;
  const hasAlert = slack.messages({ channel: CHANNELS.alert }).some(({ text }) => text.includes(sale));
  const refused = slack.calls('chat.postMessage').filter(({ isOk }) => !isOk).length;
  return [
    ...digests,
    ...(hasAlert ? [] : [`no alert about the large sale to ${sale}`]),
    ...(refused > 0 ? [`Slack refused ${refused} messages`] : []),
  ];
}

async function main(): Promise<void> {
  const now = Date.now();
  const port = options.port === undefined ? {} : { port: Number(options.port) };
  const stage = await createStage({ seed: Number(options.seed), log: createLog('warn'), now, ...port });
  try {
    console.error(
      `A simulated developer space, a simulated Slack, and the real bot between them (seed ${options.seed}).`,
    );
    const { cron } = await playStory(stage, now, (line) => console.error(line));
    const problems = missing(stage);
    if (options.once) console.log(stage.slack.asText());
    for (const problem of problems) console.error(`MISSING: ${problem}`);
    process.exitCode = problems.length === 0 ? 0 : 1;
    if (options.once) return;

    await stage.startApp(stage.configure({ digestSchedule: cron }), { byItself: true });
    console.error(`\nOpen ${stage.slack.url} and type a command, for example:`);
    console.error('  /pulse acme\n  /pulse churn\n  /pulse E-123-456-789\n  /pulse status');
    console.error(`Every digest in a quiet, a busy and an absurd week: ${stage.slack.url}gallery`);
    console.error('Ctrl-C ends the demo.');
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    process.exitCode = 0;
  } finally {
    await stage.stop();
  }
}

await main();

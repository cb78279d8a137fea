import '../src/check-node.ts';
import { parseArgs } from 'node:util';
import { DIGESTS } from '../src/digests/index.ts';
import { weekOf } from '../src/domain/day.ts';
import { createLog } from '../src/log.ts';
import { createStory, type Story } from './story.ts';

const { values: options } = parseArgs({
  options: {
    /** Print every posted message and end. */
    once: { type: 'boolean', default: false },
    /** The port of the page; any free one otherwise. */
    port: { type: 'string' },
    seed: { type: 'string', default: '2026' },
  },
});

/** What should have been posted and was not; empty when the demo did all it promises. */
function missing({ channels, slack, world }: Story): string[] {
  const inDigests = slack
    .messages({ channel: channels.digests })
    .filter(({ threadTs }) => threadTs === undefined);
  const inAlerts = slack.messages({ channel: channels.alerts });
  const posted = (word: string) => inDigests.filter(({ text }) => text.startsWith(word)).length;
  const expected: Record<string, number> = {
    Churn: 2,
    Conversion: 2,
    Renewals: 2,
    Evaluations: 2,
    'New sales': 2,
  };
  const digests = Object.entries(expected)
    .filter(([word, count]) => posted(word) !== count)
    .map(([word, count]) => `${count} digests "${word}" were due, ${posted(word)} were posted`);
  const sale = world.landmarks.largeSale.company;
  const hasAlert = inAlerts.some(({ text }) => text.includes(sale));
  const refused = slack.calls('chat.postMessage').filter(({ isOk }) => !isOk).length;
  return [
    ...digests,
    ...(Object.keys(expected).length === DIGESTS.length
      ? []
      : ['the list of expected digests is out of date']),
    ...(hasAlert ? [] : [`no alert about the large sale to ${sale}`]),
    ...(refused > 0 ? [`Slack refused ${refused} messages`] : []),
  ];
}

async function main(): Promise<void> {
  const log = createLog('warn');
  const story = await createStory({
    seed: Number(options.seed),
    log,
    ...(options.port !== undefined && { port: Number(options.port) }),
  });
  try {
    console.error(
      `A simulated developer space, a simulated Slack, and the real bot between them (seed ${options.seed}).`,
    );
    await story.play((line) => console.error(line));
    const problems = missing(story);
    if (options.once) {
      console.log(story.slack.asText());
      for (const problem of problems) console.error(`MISSING: ${problem}`);
      process.exitCode = problems.length === 0 ? 0 : 1;
      return;
    }
    for (const problem of problems) console.error(`MISSING: ${problem}`);
    await story.run();
    const week = weekOf(story.world.today);
    console.error(`\nOpen ${story.slack.url} and type a command, for example:`);
    console.error(
      `  /pulse acme\n  /pulse churn\n  /pulse new-sales ${week}\n  /pulse status\nCtrl-C ends the demo.`,
    );
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
  } finally {
    await story.stop();
  }
}

await main();

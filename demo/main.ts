import '../src/check-node.ts';
import { parseArgs } from 'node:util';
import { DIGESTS } from '../src/digests/index.ts';
import { createLog } from '../src/log.ts';
import { CHANNELS, createStage, CUSTOMER_CHANNEL, PERSON, PRODUCT_CHANNEL, type Stage } from './stage.ts';
import { playStory } from './story.ts';
import type { World } from './world/world.ts';

const { values: options } = parseArgs({
  options: {
    /** Print every posted message and end. */
    once: { type: 'boolean', default: false },
    /** The port of the page; any free one otherwise. */
    port: { type: 'string' },
    seed: { type: 'string', default: '2026' },
  },
});

/** Every digest is due twice: in the weeks before the story ends, and at its end. */
const TIMES_DUE = 2;

/** How often a digest was posted to a channel: each has a button that explains it, and no other one. */
function timesPosted(slack: Stage['slack'], channel: string, digest: string): number {
  return slack
    .messages({ channel })
    .filter(({ blocks }) => JSON.stringify(blocks).includes(`"value":"explain ${digest}"`)).length;
}

/** Words of the alert that each rule should have posted. */
function expectedAlerts({ landmarks }: World): Readonly<Record<string, readonly string[]>> {
  const { bigChurner, bigEvaluation, biggerPlan, busyWeek, cancelled, downgradePair } = landmarks;
  return {
    'large-transaction': [landmarks.largeSale.company, 'our share'],
    upgrade: [biggerPlan.company, 'went'],
    downgrade: [downgradePair.company, 'went'],
    refund: [landmarks.refund.company, 'back'],
    'payment-problem': [landmarks.paymentProblem.company, 'uncollectible'],
    'customer-leaving': [bigChurner.company, 'left'],
    'customer-leaving (cancelled)': [cancelled.company, 'cancelled'],
    'big-evaluation': [bigEvaluation.company, bigEvaluation.users.toLocaleString('en-US')],
    feedback: [landmarks.feedback.company, 'left a message'],
    'unusual-week': [busyWeek.appName, 'New evaluations'],
  };
}

/** What should have been posted and was not; empty when the demo did all it promises. */
function missing({ slack, world }: Stage): string[] {
  const digests = DIGESTS.flatMap(({ id, isDefault }) => {
    const posted = timesPosted(slack, isDefault ? CHANNELS.digest : PRODUCT_CHANNEL, id);
    return posted === TIMES_DUE ? [] : [`${TIMES_DUE} digests ${id} were due, ${posted} were posted`];
  });
  const alerts = [CHANNELS.alert, CUSTOMER_CHANNEL].flatMap((channel) =>
    slack.messages({ channel }).map(({ text }) => text),
  );
  const untold = Object.entries(expectedAlerts(world)).filter(
    ([, expected]) => !alerts.some((text) => expected.every((words) => text.includes(words))),
  );
  const isOpsTold = slack
    .messages({ channel: CHANNELS.ops })
    .some(({ text }) => text.includes('changed the amount'));
  const refused = ['chat.postMessage', 'chat.update']
    .flatMap((method) => slack.calls(method))
    .filter(({ isOk }) => !isOk).length;
  return [
    ...digests,
    ...untold.map(([rule, expected]) => `no alert ${rule} about ${expected.join(', ')}`),
    ...(isOpsTold ? [] : ['no alert data-problem for the operator']),
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

    await stage.startApp(stage.configure({ digestSchedule: cron, allowedUsers: [PERSON] }), {
      byItself: true,
    });
    console.error(`\nOpen ${stage.slack.url} and type a command, for example:`);
    console.error('  /pulse acme\n  /pulse churn\n  /pulse E-123-456-789\n  /pulse status');
    console.error(`Every digest in a quiet, a busy and an absurd week: ${stage.slack.url}gallery`);
    console.error('The Home tab of the app is at the bottom of the list of channels.');
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

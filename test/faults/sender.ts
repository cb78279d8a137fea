/** A process that does nothing but post what a store's outbox holds. Arguments: database, Slack's address, speed of time, its start. */
import { BOT } from '../../demo/slack/workspace.ts';
import { createDelivery } from '../../src/slack/deliver.ts';
import { nameInstance } from '../../src/slack/notice-twin.ts';
import { createPoster } from '../../src/slack/poster.ts';
import { createStore } from '../../src/store/store.ts';
import { createFastTime } from './fast-time.ts';

const [databasePath = '', slackApiUrl = '', speed = '1', epoch = '0'] = process.argv.slice(2);
const time = createFastTime(Number(speed), Number(epoch));
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const store = await createStore(databasePath, { waits: false, checks: false, isBot: true });
const delivery = createDelivery({
  outbox: store.outbox,
  poster: createPoster({
    token: process.env['SLACK_BOT_TOKEN'] ?? '',
    slackApiUrl,
    identity: () => ({
      teamId: 'T1',
      userId: BOT.userId,
      botId: BOT.botId,
      scopes: process.env['SCOPES']?.split(',') ?? [],
    }),
    instance: nameInstance(time.clock()),
    log,
  }),
  ...time,
  random: Math.random,
  paceMs: 0,
  log,
});
await delivery.takeOver();
delivery.start();
process.stdout.write('sending\n');

/**
 * What most bots do: post with the library's default client, which tries again by itself, and note what is done. Its own pauses
 * between tries would make a storm take hours, so they are shortened; everything else is as it comes. Arguments: the list of
 * messages, the file that notes what is done, Slack's address.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { LogLevel, WebClient } from '@slack/web-api';

const [listFile = '', doneFile = '', slackApiUrl = ''] = process.argv.slice(2);
const client = new WebClient(process.env['SLACK_BOT_TOKEN'], {
  slackApiUrl,
  retryConfig: { retries: 10, factor: 1, minTimeout: 20, maxTimeout: 50 },
  timeout: 1000,
  logLevel: LogLevel.ERROR,
  logger: {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: () => {},
    setLevel: () => {},
    getLevel: () => LogLevel.ERROR,
    setName: () => {},
  },
});
const messages = JSON.parse(readFileSync(listFile, 'utf8')) as { channel: string; text: string }[];
const done = new Set(existsSync(doneFile) ? readFileSync(doneFile, 'utf8').split('\n') : []);
process.stdout.write('sending\n');

async function post(channel: string): Promise<void> {
  for (const message of messages) {
    if (message.channel !== channel || done.has(message.text)) continue;
    for (;;) {
      try {
        await client.chat.postMessage({ ...message });
        break;
      } catch {
        // The library gave up; the bot tries again.
      }
    }
    appendFileSync(doneFile, `${message.text}\n`);
  }
}

await Promise.all([...new Set(messages.map(({ channel }) => channel))].map(post));
process.stdout.write('done\n');

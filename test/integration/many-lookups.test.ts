/** Somebody who copies the customer list, one lookup at a time. */
import { expect, it } from 'vitest';
import { CHANNELS } from '../../demo/stage.ts';
import { createTwoHosts } from '../faults/twins.ts';

const MINUTE = 60_000;

it('of a thousand lookups in a day two hundred are answered, and the operator hears of it once', async () => {
  let at = Date.now();
  const users = [{ id: 'U1', name: 'ada' }];
  const hosts = await createTwoHosts({ users, settleMs: 1 });
  const { slack } = hosts;
  try {
    const app = await hosts.startApp('one', { clock: () => at, paceMs: 0, runByItself: false });
    await app.sync();
    const answers: string[] = [];
    while (answers.length < 1000) {
      // Sixteen in a minute and a quarter: slow enough for the minute, far too many for the hour.
      const asked = Array.from({ length: 16 }, () =>
        slack.command({
          command: '/pulse',
          text: 'Acme',
          userId: 'U1',
          channelId: CHANNELS.digest,
          until: ({ messages }) => messages.length > 0,
        }),
      );
      for (const { messages } of await Promise.all(asked))
        answers.push(messages.map((message) => slack.renderText(message)).join('\n'));
      at += 1.25 * MINUTE;
    }
    const refused = answers.filter((text) => text.includes('more than 200 questions in a day'));
    expect([answers.length, answers.length - refused.length]).toEqual([1008, 200]);
    expect(answers.slice(0, 200).every((text) => text.includes('Acme'))).toBe(true);
    await app.delivery.tick();
    const told = slack
      .messages({ channel: CHANNELS.ops })
      .filter(({ text }) => text.includes('51 questions'));
    expect(told).toHaveLength(1);
  } finally {
    await hosts.close();
  }
}, 90_000);

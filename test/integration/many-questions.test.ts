import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHANNELS, createStage, PERSON, SLACK, type Stage } from '../../demo/stage.ts';
import type { App } from '../../src/app.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createLogBook } from '../support/log-book.ts';

const SECOND = 1000;
const ASK = { command: '/pulse', userId: PERSON, channelId: CHANNELS.digest };
let stage: Stage;
let app: App;

beforeAll(async () => {
  const log = createLogBook();
  stage = await createStage({ seed: 5, log, now: Date.parse('2026-11-24T09:00:00Z') });
  const mode = { kind: 'http', signingSecret: new Secret(SLACK.signingSecret), port: 0 } as const;
  const slack = { botToken: new Secret(SLACK.botToken), mode, apiUrl: stage.slack.apiUrl };
  app = await stage.startApp(stage.configure({ allowedUsers: [PERSON], slack }));
  await app.sync();
}, 120_000);

afterAll(() => stage.stop());

it('a thousand lookups of one person in an hour bring two hundred answers, and the operator hears of it once', async () => {
  const text = `lookup ${stage.world.landmarks.acme.entitlementNumber}`;
  const answers: string[] = [];
  for (let asked = 0; asked < 1000; asked += 1) {
    const { messages } = await stage.slack.command({ ...ASK, text });
    answers.push(...messages.map((message) => message.text));
    stage.setTime(stage.clock() + 3.6 * SECOND);
  }
  await app.delivery.tick();
  const refused = answers.filter((answer) => /more than (20|200) questions/.test(answer));
  expect(answers).toHaveLength(1000);
  expect(answers.length - refused.length).toBe(200);
  const told = stage.slack.messages({ channel: CHANNELS.ops }).filter(({ text: said }) => /50/.test(said));
  expect(told).toHaveLength(1);
}, 120_000);

/**
 * Takes the pictures of docs/images anew: `npm run pictures`. It plays the demo's story at a fixed instant, does in a
 * browser what a person would do, and takes a picture of what comes. The browser is Debian's Chromium or the one
 * `CHROMIUM` names.
 */
import '../src/check-node.ts';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { createLog } from '../src/log.ts';
import { CHANNELS, createStage, PERSON, type Stage } from './stage.ts';
import { playStory } from './story.ts';

const FOLDER = join(import.meta.dirname, '../docs/images');
/** A Tuesday: the digests of the week before have just come. */
const NOW = Date.parse('2026-11-24T09:30:00Z');
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One picture: its file, and what a person does until there is something to see. */
interface Picture {
  readonly file: string;
  readonly show: (page: Page, stage: Stage) => Promise<Locator>;
}

function address(stage: Stage, channel: string, tab = ''): string {
  return `${stage.slack.url}?channel=${channel}&as=${PERSON}${tab}`;
}

/** Types a command in the channel for digests, and gives the answer. */
async function ask(page: Page, stage: Stage, text: string): Promise<Locator> {
  await page.goto(address(stage, CHANNELS.digest));
  const messages = page.locator('#main .message');
  const before = await messages.count();
  const box = page.locator('.main .composer textarea');
  await box.fill(text);
  await box.press('Enter');
  const answer = messages.nth(before).filter({ hasNotText: 'One moment' });
  await answer.waitFor();
  return answer;
}

const PICTURES: readonly Picture[] = [
  {
    file: 'home.png',
    show: async (page, stage) => {
      await page.goto(address(stage, `D${PERSON.slice(1)}`, '&tab=home'));
      const home = page.locator('#main .view');
      await home.getByText('Latest digests').waitFor();
      return home;
    },
  },
  {
    file: 'churn-digest.png',
    show: async (page, stage) => {
      await page.goto(address(stage, CHANNELS.digest));
      return page.locator('#main .message').filter({ hasText: 'Churn, ' }).last();
    },
  },
  {
    file: 'card.png',
    show: (page, stage) => ask(page, stage, `/pulse ${stage.world.landmarks.largeSale.company}`),
  },
  { file: 'table.png', show: (page, stage) => ask(page, stage, '/pulse renewals 60') },
  {
    file: 'modal.png',
    show: async (page, stage) => {
      await page.goto(address(stage, CHANNELS.alert));
      const box = page.locator('.main .composer textarea');
      await box.fill('/pulse alerts form');
      await box.press('Enter');
      const modal = page.locator('.modal');
      await modal.waitFor();
      return modal;
    },
  },
];

async function takePictures(browser: Browser, stage: Stage): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 1400 }, colorScheme: 'light' });
  for (const { file, show } of PICTURES) {
    const shown = await show(page, stage);
    await page.evaluate('document.fonts.ready');
    await shown.screenshot({ path: join(FOLDER, file) });
    console.log(join('docs/images', file));
  }
}

const stage = await createStage({ seed: 2026, log: createLog('error'), now: NOW });
try {
  const { cron } = await playStory(stage, NOW, () => undefined);
  await stage.startApp(stage.configure({ digestSchedule: cron, allowedUsers: [PERSON] }), { byItself: true });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: QUIET,
  });
  try {
    await takePictures(browser, stage);
  } finally {
    await browser.close();
  }
} finally {
  await stage.stop();
}

import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHANNELS, createStage, GUEST, PERSON, type Stage } from '../../demo/stage.ts';
import type { App } from '../../src/app.ts';
import { createLogBook } from '../support/log-book.ts';

/** Debian's Chromium, or the one `CHROMIUM` names. CI installs it; without one there is nothing to look with. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NOW = Date.parse('2026-11-24T06:12:00Z');

describe.skipIf(!existsSync(EXECUTABLE))('a person with a browser', { timeout: 60_000 }, () => {
  let stage: Stage;
  let app: App;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    stage = await createStage({ seed: 7, log: createLogBook(), now: NOW });
    app = await stage.startApp(stage.configure({ allowedUsers: [PERSON] }));
    await stage.syncAndPost(app);
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(`${stage.slack.url}?channel=${CHANNELS.digest}`);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });

  async function type(text: string): Promise<void> {
    const box = page.locator('.main .composer textarea');
    await box.fill(text);
    await box.press('Enter');
  }

  /** The message that comes because of what the person does. */
  async function answerTo(act: () => Promise<unknown>): Promise<Locator> {
    const messages = page.locator('#main .message');
    const before = await messages.count();
    await act();
    // A slow answer is announced first.
    const answer = messages.nth(before).filter({ hasNotText: 'One moment' });
    await answer.waitFor();
    return answer;
  }

  const press = (message: Locator, name: string) =>
    answerTo(() => message.getByRole('button', { name, exact: true }).click());

  it('asks for a digest, opens a number of it, and is told what the number means', async () => {
    const digest = await answerTo(() => type('/pulse churn'));
    const [, left = ''] = /(\d+) of \d+ customers due for renewal left/.exec(await digest.innerText()) ?? [];
    expect(Number(left)).toBeGreaterThan(0);

    const numbers = await press(digest, 'Behind the Numbers');
    expect(await numbers.innerText()).toContain(`Left: ${left}`);

    const menu = numbers.getByRole('combobox', { name: 'Open a number', exact: true });
    const rows = await answerTo(() => menu.selectOption({ label: `Left: ${left}` }));
    expect(await rows.innerText()).toContain(`Left: ${left}, the sum of ${left} rows`);
    expect(await rows.locator('.data-table tbody tr').count()).toBe(Number(left));

    const explanation = await press(rows, 'Explain');
    expect(await explanation.innerText()).toContain('Left, of customers due');
  });

  it('goes back to the digest from its rows', async () => {
    const digest = await answerTo(() => type('/pulse churn'));
    const before = await press(digest, 'Week Before');
    const numbers = await press(before, 'Behind the Numbers');
    const back = await press(numbers, 'Back to the Digest');
    const titleOf = async (message: Locator) => /Churn, .*/.exec(await message.innerText())?.[0];
    expect(await titleOf(back)).toBe(await titleOf(before));
    expect(await titleOf(before)).not.toBe(await titleOf(digest));
  });

  it('is told what was not understood, and what to type', async () => {
    const answer = await answerTo(() => type('/pulse xyzzy plugh'));
    expect(await answer.innerText()).toMatch(/xyzzy plugh[\s\S]*\/pulse help/);
  });

  it('looks up the customer a message is about, from the actions of the message', async () => {
    const { acme } = stage.world.landmarks;
    const asked = await answerTo(() => type(`Who is ${acme.entitlementNumber ?? ''}?`));
    await asked.hover();
    const card = await press(asked, 'Look up in Pulse');
    const words = await card.innerText();
    expect(words).toContain('Only visible to you');
    expect(words).toContain(acme.company);
    // Slack offers nothing on a message that one person sees.
    expect(await card.getByRole('button', { name: 'Look up in Pulse' }).count()).toBe(0);
  });

  it('finds what the manifest offers on messages, and nothing else', async () => {
    const { features } = parse(readFileSync('manifest.yml', 'utf8')) as {
      features: { shortcuts: { name: string; callback_id: string }[] };
    };
    const offered = await page.evaluate<string[]>(
      "[...new Set([...document.querySelectorAll('[data-shortcut]')].map((one) => one.dataset.shortcut + ' ' + one.innerText.trim()))]",
    );
    expect(offered).toEqual(features.shortcuts.map(({ callback_id: id, name }) => `${id} ${name}`));
  });

  it('shares an answer in the channel, once for two clicks', async () => {
    const card = await answerTo(() => type('/pulse acme.atlassian.net'));
    const told = await press(card, 'Share in Channel');
    expect(await told.innerText()).toContain('posted in this channel for all');
    expect(await (await press(card, 'Share in Channel')).innerText()).toContain('shared already');
    const posted = await answerTo(() => stage.drain(app));
    expect(await posted.innerText()).toMatch(/Acme[\s\S]*Shared by @?Robin Founder/);
    expect(await posted.innerText()).not.toMatch(/Only visible to you|contact/);
    expect(await page.locator('.message').filter({ hasText: 'Shared by' }).count()).toBe(1);
  });

  const home = (user: string) =>
    page.goto(`${stage.slack.url}?channel=D${user.slice(1)}&as=${user}&tab=home`);

  it('opens the Home tab, follows it to a digest, and has its buttons answered as messages', async () => {
    await home(PERSON);
    const tab = page.locator('#main .view');
    await tab.getByText('2 steps left.').waitFor();
    stage.setTime(Date.parse('2026-11-24T09:01:00Z'));
    await stage.syncAndPost(app);
    await home(PERSON);
    await tab.getByText('Latest digests').waitFor();
    const words = await tab.innerText();
    for (const part of ['Everything works.', 'Health', 'Subscriptions', 'Alerts', '#marketplace-pulse'])
      expect(words).toContain(part);
    await tab.getByRole('button', { name: 'Full Status', exact: true }).click();
    const messages = page.locator('.tabs').getByText('Messages', { exact: true });
    await messages.click();
    await page.locator('#main .message').filter({ hasText: 'Data set' }).first().waitFor();
    await page.locator('.tabs').getByText('Home', { exact: true }).click();
    const link = tab.getByRole('link', { name: /^churn, / });
    const popup = page.waitForEvent('popup');
    await link.click();
    const digest = await popup;
    await digest.locator('#thread .message').first().waitFor();
    expect(await digest.locator('#thread .message').first().innerText()).toContain('Churn');
    await digest.close();
  });

  it('who is a guest sees why the Home tab is empty, and nothing else', async () => {
    await home(GUEST);
    const tab = page.locator('#main .view');
    await tab.getByText('not guests').waitFor();
    expect(await tab.locator('button, a').count()).toBe(0);
    expect((await tab.innerText()).trim().split('\n').filter(Boolean)).toHaveLength(2);
    await home(PERSON);
  });

  it('can name every button and menu on the page by its words', async () => {
    const names = await page.evaluate<string[]>(
      "[...document.querySelectorAll('button, select, a')].map((one) => (one.ariaLabel ?? one.innerText).trim())",
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => name === '')).toEqual([]);
  });

  it('sees no script fail', () => {
    expect(problems).toEqual([]);
  });
});

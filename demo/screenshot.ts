/**
 * Takes a picture of a page, for the README: `node demo/screenshot.ts URL FILE [--width 1280] [--height 900]
 * [--dark] [--selector CSS] [--scroll top|end]`. The browser is Debian's Chromium or the one `CHROMIUM` names.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

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

/** What to take a picture of. Sizes in CSS pixels; `scale` 2 gives a picture fit for dense screens. */
interface Picture {
  readonly url: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly isDark: boolean;
  /** Only this element. */
  readonly selector: string | undefined;
  /** Which end of the channel to show; the page opens at its end. */
  readonly scroll: string | undefined;
}

async function takeScreenshot(picture: Picture): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: QUIET,
  });
  try {
    const page = await browser.newPage({
      viewport: { width: picture.width, height: picture.height },
      deviceScaleFactor: picture.scale,
      colorScheme: picture.isDark ? 'dark' : 'light',
    });
    await page.goto(picture.url, { waitUntil: 'load' });
    await page.evaluate('document.fonts.ready');
    if (picture.scroll === 'top') await page.evaluate("document.querySelector('#main').scrollTo(0, 0)");
    if (picture.selector === undefined) await page.screenshot({ path: picture.file });
    else await page.locator(picture.selector).first().screenshot({ path: picture.file });
  } finally {
    await browser.close();
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '900' },
    scale: { type: 'string', default: '1' },
    dark: { type: 'boolean', default: false },
    selector: { type: 'string' },
    scroll: { type: 'string' },
  },
});
const [url, file] = positionals;
if (url === undefined || file === undefined) {
  console.error(
    'usage: node demo/screenshot.ts URL FILE [--width 1280] [--height 900] [--scale 1] [--dark] [--selector CSS] [--scroll top]',
  );
  process.exitCode = 64;
} else {
  await takeScreenshot({
    url,
    file,
    width: Number(values.width),
    height: Number(values.height),
    scale: Number(values.scale),
    isDark: values.dark,
    selector: values.selector,
    scroll: values.scroll,
  });
}

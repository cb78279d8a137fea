import { describe, expect, it } from 'vitest';
import { readGallery } from '../../demo/gallery.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import { SITUATIONS } from '../situations/situation.ts';
import { startSlack } from '../support/delivering.ts';

async function read(path: string): Promise<string> {
  const slack = await startSlack({ gallery: readGallery });
  const response = await fetch(`${slack.url}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

describe('the gallery', () => {
  it('is a link on the page', async () => {
    expect(await read('')).toContain('href="/gallery"');
  });

  it.each(DIGESTS.map(({ id }) => id))('shows %s in every situation, each block drawn', async (id) => {
    const page = await read(`gallery?digest=${id}`);
    const shown = [...page.matchAll(/<section class="situation" id="([^"]+)"/g)].map(([, name]) => name);
    expect(shown).toEqual(expect.arrayContaining([...SITUATIONS]));
    expect(page).not.toContain('undrawable');
    expect(page.match(/<article class="message">/g)?.length).toBeGreaterThan(shown.length);
  });
});

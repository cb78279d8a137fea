/** Links of answers that lead elsewhere: nobody goes there, whatever they look like. */
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { allOf, clientFor, EMAIL, json, serve, TOKEN } from './loopback.ts';
import { feedbackSample } from './samples.ts';

const PATH = '/rest/3/reporting/developer-space/space-1/feedback/details';

/** Ways to write an address so that somebody who follows it, or adds it to an own one, asks another server. */
function hostileLinks(evil: string): string[] {
  const { host, port } = new URL(evil);
  const written = [
    `http://${host}/`,
    `https://${host}/`,
    `HTTP://${host}${PATH}`,
    `//${host}${PATH}`,
    `///${host}${PATH}`,
    `\\\\${host}\\x`,
    `/\\${host}/x`,
    `http:\\\\${host}/x`,
    `http:/${host}/x`,
    `http:${host}/x`,
    `http://user@${host}/`,
    `http://user:pass@${host}/`,
    `http://api.atlassian.com@${host}/`,
    `http://api.atlassian.com%2f@${host}/`,
    `http://api.atlassian.com#@${host}/`,
    `http://api.atlassian.com\\@${host}/`,
    `@${host}/x`,
    `:@${host}/x`,
    `.${host}/x`,
    `:${port}/x`,
    `http://localhost:${port}/`,
    `http://LOCALHOST:${port}/`,
    `http://localhost.:${port}/`,
    `http://127.1:${port}/`,
    `http://2130706433:${port}/`,
    `http://0x7f000001:${port}/`,
    `http://0177.0.0.1:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://0:${port}/`,
    `http://①②⑦.0.0.1:${port}/`,
    `http://127。0。0。1:${port}/`,
    `\thttp://${host}/`,
    `ht\ntp://${host}/`,
    ` http://${host}/ `,
    `http://${host}\u0000.atlassian.com/`,
    `${PATH}/../../../../../../..//${host}/`,
    `${PATH}?x=http://${host}/`,
    `javascript:fetch("http://${host}")`,
    `data:application/json,{"next":"http://${host}"}`,
    `http://169.254.169.254/latest/meta-data?via=${host}`,
  ];
  return written.flatMap((link) => [link, `${link}${link.includes('?') ? '&' : '?'}offset=50`]);
}

const SHAPES: Readonly<Record<string, (link: string) => object>> = {
  'an object': (href) => ({ _links: { next: { href } } }),
  'a list': (href) => ({ _links: { next: [{ href }] } }),
  'a text': (href) => ({ links: { next: href }, next: href }),
};

describe.each(Object.entries(SHAPES))('forty hostile links to a next page, as %s', (_shape, withLink) => {
  it('lead nowhere but to the next page of the same list', async () => {
    const evil = await serve((_asked, response) => json(response, {}));
    const links = hostileLinks(evil.url);
    expect(links).toHaveLength(80);
    const row = (number: number) => feedbackSample({ message: `number ${number}` });
    let link = '';
    const api = await serve(({ url }, response) => {
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const feedback = Array.from({ length: Math.min(50, 60 - offset) }, (_, index) => row(offset + index));
      json(response, { feedback, ...(offset < 50 ? withLink(link) : {}) });
    });
    const { client } = clientFor(api.url);
    for (link of links) {
      const rows = await allOf(client.pull(endpoints['feedback-details']));
      expect([link, rows.length]).toEqual([link, 60]);
    }
    // The credential was sent, so it would have been sent there.
    const basic = `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}`;
    expect(api.asked.every(({ headers }) => headers['authorization'] === basic)).toBe(true);
    expect(new Set(api.asked.map(({ url }) => url.pathname))).toEqual(new Set([PATH]));
    expect(evil.asked).toEqual([]);
  });
});

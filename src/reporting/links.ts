import { isObject } from './endpoints/shapes/json.ts';

/**
 * The link to the next page: under `_links`, `links` or at the top, a text, an object with `href`, or an array of one.
 * It is read for its parameters and never followed.
 */
export function nextLink(answer: Record<string, unknown>): { readonly href: string } | undefined {
  const places = [answer['_links'], answer['links']].map((links) =>
    isObject(links) ? links['next'] : undefined,
  );
  for (const place of [...places, answer['next']]) {
    const link: unknown = Array.isArray(place) ? place[0] : place;
    if (typeof link === 'string') return { href: link };
    if (isObject(link)) return { href: typeof link['href'] === 'string' ? link['href'] : '' };
  }
  return undefined;
}

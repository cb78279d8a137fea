import { isObject, type JsonObject } from './endpoints/shapes/json.ts';

/** True for what stands in the place of a link and is none: the end of a list. */
const isNone = (place: unknown): boolean => place === undefined || place === null || place === '';

/**
 * The link to the next page: under `_links`, `links` or at the top, a text, an object with `href`, or an array of one.
 * It is read for its parameters and never followed. A link without a readable address has an empty one: there is a next
 * page, wherever it may be.
 */
export function nextLink(answer: JsonObject): { readonly href: string } | undefined {
  const places = [answer['_links'], answer['links']].map((links) =>
    isObject(links) ? links['next'] : undefined,
  );
  for (const place of [...places, answer['next']]) {
    const link: unknown = Array.isArray(place) ? place[0] : place;
    if (isNone(link)) continue;
    const href = isObject(link) ? link['href'] : link;
    return { href: typeof href === 'string' ? href : '' };
  }
  return undefined;
}

import * as z from 'zod';
import type { AppSearches } from '../../domain/app-searches.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { optionalKeyword, parseRows, points } from './shapes/keywords.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { isAppWanted } from './shapes/owners.ts';
import { cleanText, optionalText, present, requiredText, toText, unused } from './shapes/text.ts';

const row = z.object({
  addonName: optionalText,
  addonKey: requiredText,
  productId: optionalText,
  leadingSearchKeyword: optionalKeyword,
  searchAppearances: z.number(),
  elements: points,
});
const document = z.object({
  _links: unused,
  // The sum of the apps, and the keyword that leads over all of them.
  total: z.object({ searchAppearances: unused, topSearchKeyword: unused }),
  addons: z.array(row),
});
const about = { id: 'search-keywords', list: 'addons', document, row } as const;

function toSearches(raw: z.infer<typeof row>): AppSearches {
  const appKey = cleanText(raw.addonKey);
  return present({
    appKey,
    name: toText(raw.addonName) ?? appKey,
    productId: toText(raw.productId),
    leadingKeyword: raw.leadingSearchKeyword,
    appearances: raw.searchAppearances,
    points: raw.elements,
  });
}

const parameters = { ...kind.periods, ...kind.appsHere };

/**
 * How often each of the partner's apps was among the results of a search, in counts, with the keyword that showed it
 * most often. Points are weeks (Sundays), or months when asked; `appearances` is about the whole range.
 *
 * Lag: not documented. Quirks: the API takes `aggregation`, `startDate` and `endDate` and silently ignores everything
 * else; in the sample `appearances` of one app are fewer than the sum of its points.
 */
export const searchKeywords: Endpoint<AppSearches, typeof parameters> = {
  id: about.id,
  summary: 'how often each app appeared in searches, by week, and its leading keyword',
  path: `${DEVELOPER_SPACE}/search-keywords`,
  source: { kind: 'document' },
  parameters,
  defaults: { aggregation: ['week'] },
  rowSchema: document,
  read: (answer, intake, selection) =>
    parseRows(answer, about, intake)
      .map(toSearches)
      .filter(({ appKey, productId }) => isAppWanted({ appKey, productId }, 'addons[]', intake, selection)),
};

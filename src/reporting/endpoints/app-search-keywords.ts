import * as z from 'zod';
import type { AppSearchKeyword } from '../../domain/app-search-keyword.ts';
import type { Endpoint, Selection } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { isObject } from './shapes/json.ts';
import { keyword, parseRows, periods, points } from './shapes/keywords.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { unused } from './shapes/text.ts';

const row = z.object({ searchKeyword: keyword, keywordCount: z.number(), elements: points });
const document = z.object({
  _links: unused,
  summary: z.object({
    addonName: unused,
    addonKey: unused,
    productId: unused,
    leadingSearchKeyword: unused,
    allSearchAppearances: unused,
  }),
  details: z.array(row),
});
const about = { id: 'app-search-keywords', list: 'details', document, row } as const;

/** True unless the caller wants other apps: the summary says which one this is, a bare array does not. */
function isWanted(answer: unknown, { appKeys }: Selection): boolean {
  if (!appKeys) return true;
  const summary = isObject(answer) ? answer['summary'] : undefined;
  const key = isObject(summary) ? summary['addonKey'] : undefined;
  return typeof key === 'string' && appKeys.has(key);
}

/**
 * The keywords that showed one app, named by its `productId`, in counts: `count` over the whole range, points by week
 * (Sundays), or by month when asked.
 *
 * Lag: not documented. Quirk: the API takes `aggregation`, `startDate` and `endDate` and silently ignores everything
 * else.
 */
export const appSearchKeywords: Endpoint<AppSearchKeyword> = {
  id: about.id,
  summary: 'the keywords that showed one app, by week',
  path: `${DEVELOPER_SPACE}/products/{productId}/search-keywords`,
  source: { kind: 'document' },
  parameters: { productId: kind.inPath(kind.id('the app, by product id')), ...periods },
  defaults: { aggregation: ['week'] },
  rowSchema: document,
  read: (answer, intake, selection) => {
    const rows = parseRows(answer, about, intake);
    if (!isWanted(answer, selection)) return [];
    return rows.map(({ elements, keywordCount, searchKeyword }) => ({
      keyword: searchKeyword,
      count: keywordCount,
      points: elements,
    }));
  },
};

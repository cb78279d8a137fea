import * as z from 'zod';
import type { AppSearchKeyword } from '../../domain/app-search-keyword.ts';
import type { Endpoint, Selection } from '../endpoint.ts';
import type { Intake } from '../intake.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { isObject, type JsonObject } from './shapes/json.ts';
import { keyword, parseRows, points } from './shapes/keywords.ts';
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

/**
 * True unless the caller wants other apps. The summary says which one this is; a bare array does not, so that it is taken
 * for the product of the path, and refused when apps are wanted by key.
 */
function isWanted(answer: unknown, { appKeys, productIds }: Selection, intake: Intake): boolean {
  const { addonKey, productId } =
    isObject(answer) && isObject(answer['summary']) ? answer['summary'] : ({} as JsonObject);
  const problems = [
    ...(productIds && typeof productId === 'string' && !productIds.has(productId.toLowerCase())
      ? [{ path: 'summary.productId', expected: 'the app that was asked for' }]
      : []),
    ...(appKeys && typeof addonKey !== 'string' ? [{ path: 'summary.addonKey', expected: 'a text' }] : []),
  ];
  if (problems.length > 0) intake.refuse(problems);
  return problems.length === 0 && (!appKeys || appKeys.has(String(addonKey)));
}

const parameters = {
  productId: kind.checkedHere(kind.inPath(kind.id('the app, by product id'))),
  ...kind.periods,
};

/**
 * The keywords that showed one app, named by its `productId`, in counts: `count` over the whole range, points by week
 * (Sundays), or by month when asked.
 *
 * Lag: not documented. Quirk: the API takes `aggregation`, `startDate` and `endDate` and silently ignores everything
 * else.
 */
export const appSearchKeywords: Endpoint<AppSearchKeyword, typeof parameters> = {
  id: about.id,
  summary: 'the keywords that showed one app, by week',
  path: `${DEVELOPER_SPACE}/products/{productId}/search-keywords`,
  source: { kind: 'document' },
  parameters,
  defaults: { aggregation: ['week'] },
  rowSchema: document,
  read: (answer, intake, selection) => {
    const rows = parseRows(answer, about, intake);
    if (!isWanted(answer, selection, intake)) return [];
    return rows.map(({ elements, keywordCount, searchKeyword }) => ({
      keyword: searchKeyword,
      count: keywordCount,
      points: elements,
    }));
  },
};

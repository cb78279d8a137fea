import * as z from 'zod';
import type { ZeroResultKeyword } from '../../domain/zero-result-keyword.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { dates, keyword, parseRows } from './shapes/keywords.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { toHosting } from './shapes/subscription.ts';
import { optionalText, present, toText, unused } from './shapes/text.ts';

const row = z.object({
  searchKeyword: keyword,
  productFilter: optionalText,
  hostingFilter: optionalText,
  categoryFilter: optionalText,
  otherFilter: optionalText,
  count: z.number(),
});
const document = z.object({ _links: unused, details: z.array(row) });
const about = { id: 'zero-result-keywords', list: 'details', document, row } as const;

function toKeyword(raw: z.infer<typeof row>): ZeroResultKeyword {
  const hosting = toText(raw.hostingFilter);
  return present({
    keyword: raw.searchKeyword,
    product: toText(raw.productFilter),
    hosting: hosting === undefined ? undefined : toHosting(hosting),
    category: toText(raw.categoryFilter),
    other: toText(raw.otherFilter),
    count: raw.count,
  });
}

const parameters = {
  source: kind.inPath(kind.oneOf(['marketplace'], "the Marketplace's own site")),
  ...dates,
};

/**
 * What people search the Marketplace for and find nothing, with the filters they had set and how often, in counts:
 * apps that are missing. One keyword comes once per combination of filters.
 *
 * Lag: not documented. Quirks: the live answers seen had no filters, the sample has them; `marketplace` is the only
 * source (the other one is HTTP 400); the rows are about no app, so that a caller who wants some apps alone is refused.
 */
export const zeroResultKeywords: Endpoint<ZeroResultKeyword, typeof parameters> = {
  id: about.id,
  summary: 'keywords people search the Marketplace for and find nothing',
  path: `${DEVELOPER_SPACE}/zero-search-results-keywords/source/{source}`,
  source: { kind: 'document' },
  parameters,
  defaults: { source: ['marketplace'] },
  isAppless: true,
  isMarketplaceWide: true,
  rowSchema: document,
  read: (answer, intake, { appKeys }) => {
    const rows = parseRows(answer, about, intake);
    return appKeys ? [] : rows.map(toKeyword);
  },
};

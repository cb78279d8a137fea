import * as z from 'zod';
import type { SearchKeyword } from '../../domain/search-keyword.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { dates, keyword, parseRows, source } from './shapes/keywords.ts';
import { unused } from './shapes/text.ts';

const row = z.object({ searchKeyword: keyword, percentage: z.number() });
const document = z.object({ _links: unused, details: z.array(row) });
const about = { id: 'search-keywords-by-source', list: 'details', document, row } as const;

const parameters = { source, ...dates };

/**
 * What people search the Marketplace for: the top 500 keywords of one source, each with its share of all searches in
 * percent, whoever the developer is. `source`: `marketplace` is the Marketplace's own site, `embedded-marketplace` the
 * search for apps within Jira and Confluence; they have different keywords.
 *
 * Lag: not documented. Quirks: shares of 500 keywords do not add up to 100; there are no periods, so a change over time
 * takes two pulls; the rows are about no app, so that a caller who wants some apps alone is refused.
 */
export const searchKeywordsBySource: Endpoint<SearchKeyword, typeof parameters> = {
  id: about.id,
  summary: 'the 500 keywords people search the Marketplace for most, with their shares',
  path: `${DEVELOPER_SPACE}/search-keywords/source/{source}`,
  source: { kind: 'document' },
  parameters,
  defaults: {},
  isAppless: true,
  isMarketplaceWide: true,
  rowSchema: document,
  read: (answer, intake, { appKeys }) => {
    const rows = parseRows(answer, about, intake);
    return appKeys
      ? []
      : rows.map(({ percentage, searchKeyword }) => ({ keyword: searchKeyword, percent: percentage }));
  },
};

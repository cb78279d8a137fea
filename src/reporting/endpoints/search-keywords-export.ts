import { searchKeywords } from './search-keywords.ts';
import { exportOf } from './shapes/keywords.ts';

/** `search-keywords` as a file. The format is not documented; the same document was seen in June 2026. */
export const searchKeywordsExport = exportOf(
  searchKeywords,
  'how often each app appeared in searches, by week, as an export',
);

import { appSearchKeywords } from './app-search-keywords.ts';
import { exportOf } from './shapes/keywords.ts';

/** `app-search-keywords` as a file. The format is not documented; the same document was seen in June 2026. */
export const appSearchKeywordsExport = exportOf(
  appSearchKeywords,
  'the keywords that showed one app, by week, as an export',
);

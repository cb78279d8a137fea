import { searchKeywordsBySource } from './search-keywords-by-source.ts';
import { exportOf } from './shapes/keywords.ts';

/** `search-keywords-by-source` as a file. The format is not documented; a bare array of rows was seen in June 2026. */
export const searchKeywordsBySourceExport = exportOf(
  searchKeywordsBySource,
  'the 500 keywords people search the Marketplace for most, as an export',
);

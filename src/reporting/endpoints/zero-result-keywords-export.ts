import { exportOf } from './shapes/keywords.ts';
import { zeroResultKeywords } from './zero-result-keywords.ts';

/** `zero-result-keywords` as a file. The format is not documented; a bare array of rows was seen in June 2026. */
export const zeroResultKeywordsExport = exportOf(
  zeroResultKeywords,
  'keywords people search the Marketplace for and find nothing, as an export',
);

import * as z from 'zod';
import type { CatalogueEntry } from '../../domain/catalogue-entry.ts';
import { type Endpoint, type NoParameters, rowReader } from '../endpoint.ts';
import { countCell, dayCell, flagCell, listCell, scoreCell, textCell } from './shapes/cells.ts';
import { toHosting } from './shapes/subscription.ts';
import { cleanText, present, requiredText } from './shapes/text.ts';

/** The answer that links to the file. */
const document = z.object({ presignedUrl: z.string() });

/** Every cell of a CSV file is a text; columns are named as in the file. */
const row = z.object({
  marketplace_app_key: requiredText,
  marketplace_app_name: requiredText,
  app_software_hosting: requiredText,
  product_id: textCell,
  vendor_name: textCell,
  tag_line: textCell,
  summary: textCell,
  version_number: textCell,
  version_status: textCell,
  released_at: dayCell,
  supported_payment_model: textCell,
  category_name_list: listCell,
  parent_software_list: listCell,
  is_beta: flagCell,
  is_connect: flagCell,
  is_supported: flagCell,
  publicly_visible: flagCell,
  is_auto_update_strategy_available: flagCell,
  average_stars: scoreCell,
  review_score: scoreCell,
  number_of_reviews: countCell,
  download_count: countCell,
  // Not documented; seen live in June 2026.
  install_count: countCell,
});

function toEntry(raw: z.infer<typeof row>): CatalogueEntry {
  return present({
    appKey: cleanText(raw.marketplace_app_key),
    name: cleanText(raw.marketplace_app_name),
    productId: raw.product_id,
    vendorName: raw.vendor_name,
    tagLine: raw.tag_line,
    summary: raw.summary,
    version: raw.version_number,
    releasedOn: raw.released_at,
    hosting: toHosting(raw.app_software_hosting),
    versionStatus: raw.version_status?.toLowerCase(),
    paymentModel: raw.supported_payment_model,
    categories: raw.category_name_list ?? [],
    parentSoftware: raw.parent_software_list ?? [],
    isBeta: raw.is_beta,
    isConnect: raw.is_connect,
    isSupported: raw.is_supported,
    isPublic: raw.publicly_visible,
    isAutoUpdatable: raw.is_auto_update_strategy_available,
    averageStars: raw.average_stars,
    reviewScore: raw.review_score,
    reviews: raw.number_of_reviews,
    downloads: raw.download_count,
    installs: raw.install_count,
  });
}

/**
 * The public apps of the whole Marketplace, all partners', a version a row: what they are, run on and are thought of.
 * A snapshot a day, of about 150 MB: rows are given out as they arrive.
 *
 * The answer only links to a CSV file on another server; the link carries its own permission, lives for five minutes and
 * is asked for without our credential. Quirks: the file says it is `binary/octet-stream`; how it writes lists is not
 * documented; a row with a cell that is not of its column's kind is left out and counted.
 */
export const productCatalog: Endpoint<CatalogueEntry, NoParameters> = {
  id: 'product-catalog',
  summary: 'the public apps of the whole Marketplace, from the file of the day',
  path: 'reporting/product-catalog/latest',
  source: { kind: 'file', linkOf: (answer) => document.safeParse(answer).data?.presignedUrl },
  parameters: {},
  defaults: {},
  isMarketplaceWide: true,
  rowSchema: row,
  read: rowReader(row, toEntry),
};

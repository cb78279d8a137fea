import * as z from 'zod';
import type { ListedApp } from '../../domain/app.ts';
import { type Endpoint, rowReader } from '../endpoint.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { cleanText, requiredText, unused } from './shapes/text.ts';

const row = z.object({
  productId: requiredText,
  appKey: requiredText,
  appName: requiredText,
  state: requiredText,
  approvalDetails: unused,
  approvalStatus: unused,
  cloudComplianceBoundary: unused,
  communityEnabled: unused,
  dataCenterReviewIssueKey: unused,
  developerId: unused,
  developerLinks: unused,
  hostingVisibility: unused,
  images: unused,
  marketingLabels: unused,
  revision: unused,
  slug: unused,
  summary: unused,
  tagLine: unused,
  tags: unused,
  thirdPartyIntegrations: unused,
});

function toApp(raw: z.infer<typeof row>): ListedApp {
  return {
    appKey: cleanText(raw.appKey),
    name: cleanText(raw.appName),
    productId: cleanText(raw.productId),
    state: cleanText(raw.state).toUpperCase(),
  };
}

const parameters = { includePrivate: kind.flag('with apps that are not listed publicly') };

/**
 * The developer space's apps, with the product ids that other resources filter by. Outside of the reporting resources,
 * read by cursors. Quirk: without `includePrivate` apps that are not listed publicly are hidden, though they may be sold.
 */
export const apps: Endpoint<ListedApp, typeof parameters> = {
  id: 'apps',
  summary: "the developer space's apps: key, product id, name and state",
  path: 'product-listing/developer-space/{developerId}',
  source: { kind: 'cursor', list: 'items', keyOf: ({ productId }) => productId },
  parameters,
  defaults: { includePrivate: ['true'] },
  rowSchema: row,
  read: rowReader(row, toApp),
};

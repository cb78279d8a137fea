import * as z from 'zod';
import type { Touchpoint } from '../../domain/touchpoint.ts';
import { type Endpoint, rowReader } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { requiredInstant } from './shapes/instant-field.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { aliasFields, appFields, toAliases } from './shapes/subscription.ts';
import { optionalText, present, toText, unused } from './shapes/text.ts';

const row = z.object({
  ...appFields,
  ...aliasFields,
  addonName: optionalText,
  eventTimestamp: requiredInstant,
  channel: optionalText,
  campaignName: optionalText,
  campaignSource: optionalText,
  campaignMedium: optionalText,
  campaignContent: optionalText,
  referrerDomain: optionalText,
  marketplaceURL: optionalText,
  userType: optionalText,
  // Who it was is known and never read.
  userId: unused,
});

function toTouchpoint(raw: z.infer<typeof row>): Touchpoint {
  const appKey = toText(raw.addonKey) ?? raw.addonKey;
  return present({
    appKey,
    name: toText(raw.addonName) ?? appKey,
    productId: toText(raw.productId),
    aliases: toAliases(raw),
    visitedAt: raw.eventTimestamp,
    channel: toText(raw.channel),
    campaign: present({
      name: toText(raw.campaignName),
      source: toText(raw.campaignSource),
      medium: toText(raw.campaignMedium),
      content: toText(raw.campaignContent),
    }),
    referrer: toText(raw.referrerDomain),
    page: toText(raw.marketplaceURL),
    userType: toText(raw.userType),
  });
}

const parameters = {
  productId: kind.productId,
  startDate: kind.day('from this day'),
  endDate: kind.day('until this day'),
  text: kind.phrase('words in the rows'),
  accept: kind.json,
};

/**
 * What later customers did on the pages of the developer space's apps in the 30 days before their evaluation started, one
 * row a visit, about six an evaluation. Lag: 48 to 72 hours.
 *
 * The rows are not documented: the fields are those that a public importer reads (March 2026), times are taken as UTC.
 * Quirks: a missing value can be the text "null"; status and file of the export are below another path than its start,
 * while its links show a third, wrong one; equal parameters give the same export, which may be from an earlier hour.
 */
export const marketingAttributionExport: Endpoint<Touchpoint, typeof parameters> = {
  id: 'marketing-attribution-export',
  summary: "visits to the apps' pages in the 30 days before an evaluation, with channel and campaign",
  path: `${DEVELOPER_SPACE}/marketing-attribution`,
  source: { kind: 'export', jobs: `${DEVELOPER_SPACE}/async/export` },
  parameters,
  defaults: { accept: ['json'] },
  rowSchema: row,
  read: rowReader(row, toTouchpoint),
};

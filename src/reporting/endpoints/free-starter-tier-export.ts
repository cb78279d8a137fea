import * as z from 'zod';
import type { FreeStarterEntitlement } from '../../domain/free-starter-entitlement.ts';
import { type Endpoint, rowReader } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { optionalDay, requiredDay } from './shapes/day-field.ts';
import { countField } from './shapes/count-field.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { customerFields, toPeople } from './shapes/people.ts';
import { aliasFields, appFields, hasAlias, hostFields, toSubscription } from './shapes/subscription.ts';
import { optionalText, present, toText, unused } from './shapes/text.ts';

const row = z
  .object({
    ...appFields,
    ...aliasFields,
    ...hostFields,
    // Live rows spell the number so; the other identifiers as everywhere.
    entitlementNumber: optionalText,
    addonName: optionalText,
    hosting: optionalText,
    appEdition: optionalText,
    day: requiredDay,
    contactDetails: customerFields,
    technicalEmail: optionalText,
    parentEdition: optionalText,
    parentUnitCount: countField,
    dateOfEvaluation: optionalDay,
    vendorId: unused,
  })
  .refine(
    (raw) => hasAlias({ ...raw, appEntitlementNumber: raw.appEntitlementNumber ?? raw.entitlementNumber }),
    {
      path: ['appEntitlementId'],
      error: 'at least one identifier of the subscription',
    },
  );

function toEntitlement(raw: z.infer<typeof row>): FreeStarterEntitlement {
  const contact = raw.contactDetails?.technicalContact ?? { email: raw.technicalEmail };
  const { customer, technicalContact } = toPeople({ ...raw.contactDetails, technicalContact: contact });
  return present({
    ...toSubscription({
      app: raw,
      name: raw.addonName,
      aliases: { ...raw, appEntitlementNumber: raw.appEntitlementNumber ?? raw.entitlementNumber },
      host: raw,
      // The free starter tier is one of Cloud apps; rows do not say so.
      hosting: raw.hosting ?? 'Cloud',
      edition: raw.appEdition,
    }),
    day: raw.day,
    customer,
    technicalContact,
    parentEdition: toText(raw.parentEdition),
    parentUsers: raw.parentUnitCount,
    evaluationStart: raw.dateOfEvaluation,
  });
}

const parameters = {
  productId: kind.productId,
  includeAtlassianLicenses: kind.flag("with Atlassian's own licences"),
  date: kind.day('the day whose state is wanted'),
  accept: kind.json,
};

/**
 * The Cloud subscriptions on the free tier of the developer space's paid apps, as they were on one day. The rows are not
 * documented; a public client saw eleven fields and the product id in June 2026, which the CSV form lacks.
 *
 * Quirks: takes one `date`, a range is silently ignored; without a date it answers for one in the future; an unknown
 * `productId` is an HTTP 500, which reads like an outage; without the default the API hides Atlassian's own.
 */
export const freeStarterTierExport: Endpoint<FreeStarterEntitlement, typeof parameters> = {
  id: 'free-starter-tier-export',
  summary: 'Cloud subscriptions on the free starter tier, as of one day',
  path: `${DEVELOPER_SPACE}/sales/freeStarterTier/export`,
  source: { kind: 'array' },
  parameters,
  defaults: { includeAtlassianLicenses: ['true'], accept: ['json'] },
  rowSchema: row,
  read: rowReader(row, toEntitlement),
};

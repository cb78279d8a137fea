import * as z from 'zod';
import type { EventKind, LicenseEvent } from '../../../domain/license-event.ts';
import { type Endpoint, rowReader } from '../../endpoint.ts';
import { DEVELOPER_SPACE } from '../../origin.ts';
import { optionalDay, requiredDay } from './day-field.ts';
import * as kind from './parameter-kinds.ts';
import { aliasFields, appFields, hasAlias, toSubscription } from './subscription.ts';
import { optionalText, present, requiredText, toText, unused } from './text.ts';

/** These fields stand inside `licenseDetails` in live answers and beside a `licenseDetails: null` in the sample. */
const licenseFields = {
  ...aliasFields,
  cloudId: optionalText,
  maintenanceStartDate: optionalDay,
  maintenanceEndDate: optionalDay,
  monthsValid: z.number().nullish(),
  inGracePeriod: unused,
  multiInstanceEntitlementId: unused,
  multiInstanceEntitlementNumber: unused,
};

const row = z
  .object({
    ...appFields,
    ...licenseFields,
    addonName: requiredText,
    hosting: requiredText,
    appEdition: optionalText,
    lastUpdated: requiredDay,
    eventDate: requiredDay,
    transactionId: optionalText,
    licenseDetails: z.object({ ...licenseFields, appEdition: unused }).nullish(),
  })
  .refine((raw) => hasAlias(raw.licenseDetails ?? raw) || hasAlias(raw), {
    path: ['licenseDetails', 'appEntitlementId'],
    error: 'at least one identifier of the subscription',
  });

function toEvent(eventKind: EventKind, raw: z.infer<typeof row>): LicenseEvent {
  const nested = raw.licenseDetails;
  const months = nested?.monthsValid ?? raw.monthsValid;
  return present({
    ...toSubscription({
      app: raw,
      name: raw.addonName,
      aliases: nested && hasAlias(nested) ? nested : raw,
      host: { cloudId: nested?.cloudId ?? raw.cloudId },
      hosting: raw.hosting,
      edition: raw.appEdition,
    }),
    kind: eventKind,
    eventDate: raw.eventDate,
    transactionId: toText(raw.transactionId),
    maintenanceStart: nested?.maintenanceStartDate ?? raw.maintenanceStartDate,
    maintenanceEnd: nested?.maintenanceEndDate ?? raw.maintenanceEndDate,
    monthsValid: months ?? undefined,
    lastUpdated: raw.lastUpdated,
  });
}

function keyOf({ appKey, aliases, eventDate, transactionId }: LicenseEvent): string {
  return JSON.stringify([appKey, aliases, eventDate, transactionId]);
}

/** What events can be selected by, besides the format of exports and the order of lists. */
const parameters = {
  productId: kind.productId,
  hosting: kind.hosting,
  appEdition: kind.appEdition,
  partnerType: kind.partnerType,
  startDate: kind.day('events from this day'),
  endDate: kind.day('events until this day'),
  lastUpdated: kind.day('changed on or after this day'),
  text: kind.phrase('SEN, entitlement, transaction, mail address or company'),
};

const listParameters = {
  ...parameters,
  sortBy: kind.oneOf(['date'], 'order of the list, which paging relies on'),
  order: kind.oneOf(['asc'], 'oldest first'),
};

const exportParameters = { ...parameters, accept: kind.json };

const listPath = (eventKind: EventKind): string => `${DEVELOPER_SPACE}/sales/metrics/${eventKind}/details`;

/**
 * The lists behind the churn, conversion and renewal counts: Cloud, paying, Atlassian's own excluded. Sorted by event
 * date, oldest first: `order=desc` is broken, and `asc` only works together with `sortBy`.
 */
export function eventDetails(
  eventKind: EventKind,
  summary: string,
): Endpoint<LicenseEvent, typeof listParameters> {
  return {
    id: `${eventKind}-details`,
    summary,
    path: listPath(eventKind),
    source: { kind: 'pages', list: 'events', keyOf },
    parameters: listParameters,
    defaults: { sortBy: ['date'], order: ['asc'] },
    rowSchema: row,
    read: rowReader(row, (raw) => toEvent(eventKind, raw)),
  };
}

/**
 * The rows of `{kind}-details` in one answer, in no promised order. The API ignores `limit` and `offset` here; without
 * `accept=json` it sends CSV, which lacks the product id.
 */
export function eventDetailsExport(
  eventKind: EventKind,
  summary: string,
): Endpoint<LicenseEvent, typeof exportParameters> {
  return {
    id: `${eventKind}-details-export`,
    summary,
    path: `${listPath(eventKind)}/export`,
    source: { kind: 'array' },
    parameters: exportParameters,
    defaults: { accept: ['json'] },
    rowSchema: row,
    read: rowReader(row, (raw) => toEvent(eventKind, raw)),
  };
}

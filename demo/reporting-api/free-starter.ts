import { createHash } from 'node:crypto';
import type { Day } from '../../src/domain/day.ts';
import type { RawLicense } from '../world/raw-rows.ts';
import type { World } from '../world/world.ts';
import { isInstalled } from './installed.ts';
import { isAtlassian } from '../world/license-rows.ts';
import { readList } from './query.ts';

/** One row of `/sales/freeStarterTier/export`, with the fields seen live. */
export interface RawFreeStarter {
  readonly [field: string]: unknown;
  readonly day: Day;
  readonly appEntitlementId: string | undefined;
  readonly addonKey: string;
  readonly productId: string;
}

/** Without a date the live API answered for one six weeks ahead. */
const DAYS_AHEAD = 41;

function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10) as Day;
}

function toRow(row: RawLicense, day: Day): RawFreeStarter {
  const number = Number.parseInt(
    createHash('sha256').update(String(row.appEntitlementId)).digest('hex').slice(0, 7),
    16,
  );
  return {
    day,
    licenseId: `SEN-${number}`,
    appEntitlementId: row.appEntitlementId,
    entitlementNumber: row.appEntitlementNumber,
    parentEdition: row.parentProductEdition,
    dateOfEvaluation: /^\d/.test(row.evaluationStartDate ?? '')
      ? row.evaluationStartDate
      : row.maintenanceStartDate,
    parentUnitCount: Number(/\d+/.exec(row.tier)?.[0] ?? 0),
    technicalEmail: row.contactDetails.technicalContact?.email,
    vendorId: 1_210_833,
    addonName: row.addonName,
    addonKey: row.addonKey,
    productId: row.productId,
  };
}

/** The Cloud licences on a free edition, as they are on a day; tomorrow is like today. A date range is not looked at. */
export function selectFreeStarters(
  world: World,
  today: Day,
  date: Day | undefined,
  query: URLSearchParams,
): RawFreeStarter[] {
  const products = readList(query, 'productId');
  const withAtlassian = query.get('includeAtlassianLicenses') === 'true';
  const shownOn = date !== undefined && date < today ? date : today;
  return world
    .at(shownOn)
    .licenses.filter(
      (row) =>
        row.hosting === 'Cloud' &&
        row.appEdition === 'Free' &&
        isInstalled(row, shownOn) &&
        (withAtlassian || !isAtlassian(row)) &&
        (!products || products.has(row.productId)),
    )
    .map((row) => toRow(row, date ?? addDays(today, DAYS_AHEAD)));
}

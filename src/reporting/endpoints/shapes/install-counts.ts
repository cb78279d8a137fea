import * as z from 'zod';
import type { InstallCount } from '../../../domain/install-count.ts';
import { type Endpoint, rowReader } from '../../endpoint.ts';
import { requiredDay } from './day-field.ts';
import * as kind from './parameter-kinds.ts';
import { metricParameters, metricSource, PARTNER_METRICS } from './partner-metrics.ts';
import { optionalText, present, requiredText, toText } from './text.ts';

/** By which version of the parent software the counts are split: what is asked, and how the answer spells it. */
const SPLITS = {
  version: { attribute: 'PARENT_SOFTWARE_VERSION', field: 'parentSoftwareVersion' },
  major: { attribute: 'PARENT_SOFTWARE_MAJOR_VERSION', field: 'parentSoftwareMajorVersions' },
  minor: { attribute: 'PARENT_SOFTWARE_MINOR_VERSION', field: 'parentSoftwareMinorVersions' },
} as const;

const countFields = {
  date: requiredDay,
  appKey: optionalText,
  productId: optionalText,
  installCounts: z.int({ error: 'a whole number' }).min(0, { error: 'a whole number' }),
};

type CountFields = z.infer<z.ZodObject<typeof countFields>>;

function toInstallCount(raw: CountFields, parent?: { software: string; version: string }): InstallCount {
  return present({
    period: raw.date,
    appKey: toText(raw.appKey),
    productId: toText(raw.productId),
    installs: raw.installCounts,
    parentSoftware: toText(parent?.software),
    parentVersion: toText(parent?.version),
  });
}

const parameters = {
  productId: kind.inBody(kind.id('one app, by product id')),
  ...metricParameters,
};

const about = {
  path: PARTNER_METRICS,
  parameters,
  defaults: { granularity: ['WEEK'] },
} as const;

const filters = { productId: 'PRODUCT_ID' };

/** An endpoint of install counts by app and period. */
export function installCounts(id: string, summary: string): Endpoint<InstallCount, typeof parameters> {
  const row = z.object(countFields);
  return {
    ...about,
    id,
    summary,
    source: metricSource({ metrics: { metricFields: ['INSTALL_COUNT'] }, filters }),
    rowSchema: row,
    read: rowReader(row, (raw) => toInstallCount(raw)),
  };
}

/** An endpoint of install counts by app, period, parent software and its version. */
export function installCountsBy(
  split: keyof typeof SPLITS,
  id: string,
  summary: string,
): Endpoint<InstallCount, typeof parameters> {
  const { attribute, field } = SPLITS[split];
  // Without its version a record would pass for another number of the same period.
  const row = z.object({ ...countFields, parentSoftware: requiredText, [field]: requiredText });
  return {
    ...about,
    id,
    summary,
    source: metricSource({
      metrics: { metricFields: ['INSTALL_COUNT'] },
      attributes: ['PARENT_SOFTWARE', attribute],
      filters,
    }),
    rowSchema: row,
    read: rowReader(row, (raw) =>
      toInstallCount(raw, {
        software: raw.parentSoftware,
        version: String((raw as Readonly<Record<string, unknown>>)[field]),
      }),
    ),
  };
}

import { readFileSync } from 'node:fs';
import type { Endpoint, Selection } from '../../../src/reporting/endpoint.ts';
import { createIntake } from '../../../src/reporting/intake.ts';

export type Json = Record<string, unknown>;

/** A sample answer of the Reporting API's reference, verbatim. */
export function sample(name: string): Json {
  const file = new URL(`../../contract/samples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

function first(name: string, list: string): Json {
  const rows = sample(name)[list] as Json[];
  return structuredClone(rows[0] ?? {});
}

export const licenseSample = (changes: Json = {}): Json => ({ ...first('licenses', 'licenses'), ...changes });

/** A transaction sample; `bought` changes its `purchaseDetails`. */
export function transactionSample(changes: Json = {}, bought: Json = {}): Json {
  const row = first('sales.transactions', 'transactions');
  return { ...row, purchaseDetails: { ...(row['purchaseDetails'] as Json), ...bought }, ...changes };
}

export const eventSample = (changes: Json = {}): Json => ({
  ...first('sales.metrics.saleMetric.details', 'events'),
  ...changes,
});

export const feedbackSample = (changes: Json = {}): Json => ({
  ...first('feedback.details', 'feedback'),
  ...changes,
});

/** A subscription on the free starter tier, with the fields that a public client saw live in June 2026. */
export const freeStarterSample = (changes: Json = {}): Json => ({
  day: '2026-04-01',
  licenseId: 'SEN-123',
  appEntitlementId: '1a1a11aa-aa11-1a11-aa1a-aa111a1111a1',
  entitlementNumber: 'E-111-AAA-AAA-11A',
  parentEdition: 'Free',
  dateOfEvaluation: '2025-11-20',
  parentUnitCount: 7,
  technicalEmail: 'jane@acme.example',
  vendorId: 1_234_567,
  addonName: 'Test App',
  addonKey: 'test-app',
  productId: 'acd011b1-1111-45bc-902a-247046a11111',
  ...changes,
});

/** A visit before an evaluation, with the fields that a public importer reads. */
export const touchpointSample = (changes: Json = {}): Json => ({
  appEntitlementId: 'ent-1',
  appEntitlementNumber: 'E-111-AAA-AAA-11A',
  addonLicenseId: '4711',
  addonKey: 'test-app',
  channel: 'paid-search-non-branded',
  referrerDomain: 'https://www.google.com/',
  marketplaceURL: 'https://marketplace.atlassian.com/apps/123?utm_source=google',
  campaignName: 'null',
  campaignSource: 'google',
  campaignMedium: 'cpc',
  campaignContent: 'ad 1',
  eventTimestamp: '2026-03-15 14:51:05',
  userId: 'someone',
  userType: 'anonymous',
  ...changes,
});

/** One record of a sample answer about partner metrics. */
export function metricSample(name: string, changes: Json = {}): Json {
  const answer = name === '' ? sample('partner-metrics') : sample(`partner-metrics.${name}`)['response'];
  const [record] = (answer as { records: Json[] }).records;
  return { ...record, ...changes };
}

/** A line of the product catalogue, with every documented column, and the one more that was seen live. */
export const catalogueSample = (changes: Json = {}): Json => ({
  is_beta: 'false',
  summary: 'Does it all',
  tag_line: 'The best app',
  is_connect: 'true',
  product_id: 'acd011b1-1111-45bc-902a-247046a11111',
  released_at: '2025-03-01 10:30:00',
  vendor_name: 'My company',
  is_supported: 'true',
  review_score: '4.25',
  average_stars: '3.5',
  install_count: '678',
  download_count: '12345',
  version_number: '1.0.0',
  version_status: 'approved',
  publicly_visible: 'true',
  number_of_reviews: '12',
  category_name_list: '["Admin tools","Project management"]',
  marketplace_app_key: 'mycompany.myapp',
  app_software_hosting: 'DATA_CENTER',
  marketplace_app_name: 'My app',
  parent_software_list: '["jira","confluence"]',
  supported_payment_model: 'paid-via-atlassian',
  is_auto_update_strategy_available: 'false',
  ...changes,
});

/** What an endpoint makes of raw rows (or of one document), without any network. */
export function readAll<Row>(endpoint: Endpoint<Row>, raws: readonly unknown[], selection: Selection = {}) {
  const intake = createIntake();
  const rows = raws.flatMap((raw) => endpoint.read(raw, intake, selection));
  return {
    rows,
    quarantined: intake.quarantined(),
    quarantinedRows: intake.quarantinedRows(),
    unmapped: intake.unmappedFields(),
  };
}

/** The one row that an endpoint makes of one raw row. */
export function readOne<Row>(endpoint: Endpoint<Row>, raw: unknown): Row {
  const { rows, quarantined } = readAll(endpoint, [raw]);
  const [row] = rows;
  if (row === undefined) throw new Error(`refused: ${JSON.stringify(quarantined)}`);
  return row;
}

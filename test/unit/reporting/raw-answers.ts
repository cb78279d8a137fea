import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import {
  catalogueSample,
  eventSample,
  feedbackSample,
  freeStarterSample,
  type Json,
  licenseSample,
  metricSample,
  sample,
  touchpointSample,
  transactionSample,
} from './samples.ts';

export type EndpointId = keyof typeof endpoints;

/** What an endpoint answers: one raw row with the fields of the domain row that people count by, or a document. */
export type RawAnswer =
  | { readonly kind: 'row'; readonly row: Json; readonly counted: readonly string[] }
  | { readonly kind: 'document'; readonly document: Json };

const row = (raw: Json, ...counted: string[]): RawAnswer => ({ kind: 'row', row: raw, counted });
const document = (name: string): RawAnswer => ({ kind: 'document', document: sample(name) });
/** The bare array that exports about searches were seen to give. */
const bare = (name: string, list: string): RawAnswer => ({
  kind: 'document',
  document: sample(name)[list] as Json,
});

const license = row(licenseSample(), 'licenseType', 'status', 'tier', 'hosting', 'maintenanceStart');
const refund = row(
  transactionSample({}, { saleType: 'Refund', purchasePrice: -90, vendorAmount: -50 }),
  'transactionId',
  'lineId',
  'saleDate',
  'purchasePrice',
  'vendorAmount',
  'hosting',
);
const event = row(eventSample(), 'eventDate', 'hosting', 'lastUpdated');
const feedback = row(feedbackSample(), 'date', 'feedbackType', 'hosting');
const listedApp = {
  productId: 'p-1',
  appKey: 'app-1',
  appName: 'App',
  state: 'PUBLIC',
  slug: 'app',
  revision: 3,
};
const installsBy = (split: string): RawAnswer =>
  row(metricSample(`parent-${split}`), 'period', 'installs', 'parentSoftware', 'parentVersion');

/** An answer of every endpoint: the reference's own where it has one, otherwise with the fields that were seen live. */
export const RAW_ANSWERS: Readonly<Record<EndpointId, RawAnswer>> = {
  links: document('index'),
  'developer-space': row({ developerId: 'space-1' }, 'developerId'),
  apps: row(listedApp, 'appKey', 'name', 'productId', 'state'),
  licenses: license,
  'licenses-export': license,
  'licenses-export-sync': license,
  transactions: refund,
  'transactions-export': refund,
  'transactions-export-sync': refund,
  'sales-by-country': document('sales.transactions.metric'),
  'sales-by-hosting': document('sales.transactions.metric'),
  'sales-by-partner': document('sales.transactions.metric'),
  'sales-by-region': document('sales.transactions.metric'),
  'sales-by-tier': document('sales.transactions.metric'),
  'sales-by-type': document('sales.transactions.metric'),
  churn: document('sales.metrics.churn'),
  'churn-details': event,
  'churn-details-export': event,
  'churn-benchmark': document('sales.metrics.churn.benchmark'),
  conversion: document('sales.metrics.conversion'),
  'conversion-details': event,
  'conversion-details-export': event,
  renewal: document('sales.metrics.renewal'),
  'renewal-details': event,
  'renewal-details-export': event,
  'evaluations-by-hosting': document('evaluations.metric'),
  'evaluations-by-country': document('evaluations.metric'),
  'evaluations-by-partner': document('evaluations.metric'),
  'evaluations-by-region': document('evaluations.metric'),
  'evaluation-benchmark': document('benchmark.evaluations'),
  'sales-benchmark': document('benchmark.sales'),
  'app-requests': document('app-requests-and-approvals'),
  'customers-by-region': document('customer-insights.regions'),
  'customers-by-edition': document('customer-insights.editions'),
  'customers-by-activity': document('customer-insights.active-users'),
  'customers-by-tier': document('customer-insights.tiers'),
  'feedback-details': feedback,
  'feedback-export': feedback,
  'feedback-by-reason': document('feedback.metrics.metric'),
  'feedback-by-type': document('feedback.metrics.metric'),
  'search-keywords': document('search-keywords'),
  'search-keywords-export': bare('search-keywords', 'addons'),
  'app-search-keywords': document('products.productId.search-keywords'),
  'app-search-keywords-export': bare('products.productId.search-keywords', 'details'),
  'search-keywords-by-source': document('search-keywords.source.sourceKey'),
  'search-keywords-by-source-export': bare('search-keywords.source.sourceKey', 'details'),
  'zero-result-keywords': document('zero-search-results-keywords.source.sourceKey'),
  'zero-result-keywords-export': bare('zero-search-results-keywords.source.sourceKey', 'details'),
  'free-starter-tier-export': row(freeStarterSample(), 'appKey', 'day', 'hosting'),
  'marketing-attribution-export': row(touchpointSample(), 'appKey', 'visitedAt'),
  'product-catalog': row(catalogueSample(), 'appKey', 'name', 'hosting'),
  installs: row(metricSample(''), 'period', 'installs'),
  'installs-by-parent-version': installsBy('version'),
  'installs-by-parent-major-version': installsBy('major-version'),
  'installs-by-parent-minor-version': installsBy('minor-version'),
  gmv: row(metricSample('gmv'), 'period', 'lifetime', 'nonHarmonisedForge', 'standardForge'),
  'gmv-by-version-type': row(metricSample('gmv-by-version-type'), 'period', 'lifetime'),
  'gmv-forge-versions': row(
    metricSample('gmv-forge-versions'),
    'period',
    'nonHarmonisedForge',
    'standardForge',
  ),
};

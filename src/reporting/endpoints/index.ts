import type { Endpoint } from '../endpoint.ts';
import { appRequests } from './app-requests.ts';
import { appSearchKeywords } from './app-search-keywords.ts';
import { appSearchKeywordsExport } from './app-search-keywords-export.ts';
import { apps } from './apps.ts';
import { churn } from './churn.ts';
import { churnBenchmark } from './churn-benchmark.ts';
import { churnDetails } from './churn-details.ts';
import { churnDetailsExport } from './churn-details-export.ts';
import { conversion } from './conversion.ts';
import { conversionDetails } from './conversion-details.ts';
import { conversionDetailsExport } from './conversion-details-export.ts';
import { customersByActivity } from './customers-by-activity.ts';
import { customersByEdition } from './customers-by-edition.ts';
import { customersByRegion } from './customers-by-region.ts';
import { customersByTier } from './customers-by-tier.ts';
import { developerSpace } from './developer-space.ts';
import { evaluationBenchmark } from './evaluation-benchmark.ts';
import { evaluationsByCountry } from './evaluations-by-country.ts';
import { evaluationsByHosting } from './evaluations-by-hosting.ts';
import { evaluationsByPartner } from './evaluations-by-partner.ts';
import { evaluationsByRegion } from './evaluations-by-region.ts';
import { feedbackByReason } from './feedback-by-reason.ts';
import { feedbackByType } from './feedback-by-type.ts';
import { feedbackDetails } from './feedback-details.ts';
import { feedbackExport } from './feedback-export.ts';
import { freeStarterTierExport } from './free-starter-tier-export.ts';
import { gmv } from './gmv.ts';
import { gmvByVersionType } from './gmv-by-version-type.ts';
import { gmvForgeVersions } from './gmv-forge-versions.ts';
import { installs } from './installs.ts';
import { installsByParentMajorVersion } from './installs-by-parent-major-version.ts';
import { installsByParentMinorVersion } from './installs-by-parent-minor-version.ts';
import { installsByParentVersion } from './installs-by-parent-version.ts';
import { licenses } from './licenses.ts';
import { licensesExport } from './licenses-export.ts';
import { licensesExportSync } from './licenses-export-sync.ts';
import { links } from './links.ts';
import { marketingAttributionExport } from './marketing-attribution-export.ts';
import { productCatalog } from './product-catalog.ts';
import { renewal } from './renewal.ts';
import { renewalDetails } from './renewal-details.ts';
import { renewalDetailsExport } from './renewal-details-export.ts';
import { salesBenchmark } from './sales-benchmark.ts';
import { salesByCountry } from './sales-by-country.ts';
import { salesByHosting } from './sales-by-hosting.ts';
import { salesByPartner } from './sales-by-partner.ts';
import { salesByRegion } from './sales-by-region.ts';
import { salesByTier } from './sales-by-tier.ts';
import { salesByType } from './sales-by-type.ts';
import { searchKeywords } from './search-keywords.ts';
import { searchKeywordsBySource } from './search-keywords-by-source.ts';
import { searchKeywordsBySourceExport } from './search-keywords-by-source-export.ts';
import { searchKeywordsExport } from './search-keywords-export.ts';
import { transactions } from './transactions.ts';
import { transactionsExport } from './transactions-export.ts';
import { transactionsExportSync } from './transactions-export-sync.ts';
import { zeroResultKeywords } from './zero-result-keywords.ts';
import { zeroResultKeywordsExport } from './zero-result-keywords-export.ts';

type Group = Readonly<Record<string, Endpoint<unknown>>>;

const developerSpaceTopic = {
  'developer-space': developerSpace,
  apps,
  links,
} satisfies Group;

const licencesTopic = {
  licenses,
  'licenses-export': licensesExport,
  'licenses-export-sync': licensesExportSync,
  'free-starter-tier-export': freeStarterTierExport,
} satisfies Group;

const salesTopic = {
  transactions,
  'transactions-export': transactionsExport,
  'transactions-export-sync': transactionsExportSync,
  'sales-by-country': salesByCountry,
  'sales-by-hosting': salesByHosting,
  'sales-by-partner': salesByPartner,
  'sales-by-region': salesByRegion,
  'sales-by-tier': salesByTier,
  'sales-by-type': salesByType,
  'sales-benchmark': salesBenchmark,
} satisfies Group;

const lifecycleTopic = {
  churn,
  'churn-details': churnDetails,
  'churn-details-export': churnDetailsExport,
  'churn-benchmark': churnBenchmark,
  conversion,
  'conversion-details': conversionDetails,
  'conversion-details-export': conversionDetailsExport,
  renewal,
  'renewal-details': renewalDetails,
  'renewal-details-export': renewalDetailsExport,
} satisfies Group;

const evaluationsTopic = {
  'evaluations-by-country': evaluationsByCountry,
  'evaluations-by-hosting': evaluationsByHosting,
  'evaluations-by-partner': evaluationsByPartner,
  'evaluations-by-region': evaluationsByRegion,
  'evaluation-benchmark': evaluationBenchmark,
  'marketing-attribution-export': marketingAttributionExport,
} satisfies Group;

const feedbackTopic = {
  'feedback-details': feedbackDetails,
  'feedback-export': feedbackExport,
  'feedback-by-reason': feedbackByReason,
  'feedback-by-type': feedbackByType,
  'app-requests': appRequests,
} satisfies Group;

const customersTopic = {
  'customers-by-activity': customersByActivity,
  'customers-by-edition': customersByEdition,
  'customers-by-region': customersByRegion,
  'customers-by-tier': customersByTier,
} satisfies Group;

const searchesTopic = {
  'search-keywords': searchKeywords,
  'search-keywords-export': searchKeywordsExport,
  'app-search-keywords': appSearchKeywords,
  'app-search-keywords-export': appSearchKeywordsExport,
  'search-keywords-by-source': searchKeywordsBySource,
  'search-keywords-by-source-export': searchKeywordsBySourceExport,
  'zero-result-keywords': zeroResultKeywords,
  'zero-result-keywords-export': zeroResultKeywordsExport,
} satisfies Group;

const installsTopic = {
  installs,
  'installs-by-parent-version': installsByParentVersion,
  'installs-by-parent-major-version': installsByParentMajorVersion,
  'installs-by-parent-minor-version': installsByParentMinorVersion,
  gmv,
  'gmv-by-version-type': gmvByVersionType,
  'gmv-forge-versions': gmvForgeVersions,
} satisfies Group;

const marketplaceTopic = {
  'product-catalog': productCatalog,
} satisfies Group;

/** The endpoints by what they are about, for lists that people read. */
export const TOPICS: readonly { readonly title: string; readonly endpoints: Group }[] = [
  { title: 'The developer space and its apps', endpoints: developerSpaceTopic },
  { title: 'Licences', endpoints: licencesTopic },
  { title: 'Transactions and sales', endpoints: salesTopic },
  { title: 'Churn, conversion and renewal', endpoints: lifecycleTopic },
  { title: 'Evaluations', endpoints: evaluationsTopic },
  { title: 'Feedback and requests', endpoints: feedbackTopic },
  { title: 'Customers', endpoints: customersTopic },
  { title: 'Searches on the Marketplace', endpoints: searchesTopic },
  { title: 'Installs and gross merchandise value', endpoints: installsTopic },
  { title: 'The whole Marketplace', endpoints: marketplaceTopic },
];

/** Every endpoint by its id, which is its file's name: `npm run pulse -- report <id>`. */
export const endpoints = {
  ...developerSpaceTopic,
  ...licencesTopic,
  ...salesTopic,
  ...lifecycleTopic,
  ...evaluationsTopic,
  ...feedbackTopic,
  ...customersTopic,
  ...searchesTopic,
  ...installsTopic,
  ...marketplaceTopic,
};

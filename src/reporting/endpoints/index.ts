import type { Endpoint } from '../endpoint.ts';
import { apps } from './apps.ts';
import { churn } from './churn.ts';
import { churnBenchmark } from './churn-benchmark.ts';
import { churnDetails } from './churn-details.ts';
import { churnDetailsExport } from './churn-details-export.ts';
import { conversion } from './conversion.ts';
import { conversionDetails } from './conversion-details.ts';
import { conversionDetailsExport } from './conversion-details-export.ts';
import { developerSpace } from './developer-space.ts';
import { evaluationBenchmark } from './evaluation-benchmark.ts';
import { evaluationsByHosting } from './evaluations-by-hosting.ts';
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
import { transactions } from './transactions.ts';
import { transactionsExport } from './transactions-export.ts';
import { transactionsExportSync } from './transactions-export-sync.ts';

/** Every endpoint by its id, which is its file's name: `npm run pulse -- report <id>`. */
export const endpoints = {
  links,
  'developer-space': developerSpace,
  apps,
  licenses,
  'licenses-export': licensesExport,
  'licenses-export-sync': licensesExportSync,
  transactions,
  'transactions-export': transactionsExport,
  'transactions-export-sync': transactionsExportSync,
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
  'evaluations-by-hosting': evaluationsByHosting,
  'evaluation-benchmark': evaluationBenchmark,
  'feedback-details': feedbackDetails,
  'feedback-export': feedbackExport,
  'free-starter-tier-export': freeStarterTierExport,
  'marketing-attribution-export': marketingAttributionExport,
  'product-catalog': productCatalog,
  installs,
  'installs-by-parent-version': installsByParentVersion,
  'installs-by-parent-major-version': installsByParentMajorVersion,
  'installs-by-parent-minor-version': installsByParentMinorVersion,
  gmv,
  'gmv-by-version-type': gmvByVersionType,
  'gmv-forge-versions': gmvForgeVersions,
} satisfies Readonly<Record<string, Endpoint<unknown>>>;

import type { Endpoint } from '../endpoint.ts';
import { appRequests } from './app-requests.ts';
import { churn } from './churn.ts';
import { churnBenchmark } from './churn-benchmark.ts';
import { churnDetails } from './churn-details.ts';
import { conversion } from './conversion.ts';
import { conversionDetails } from './conversion-details.ts';
import { evaluationBenchmark } from './evaluation-benchmark.ts';
import { evaluationsByHosting } from './evaluations-by-hosting.ts';
import { feedbackDetails } from './feedback-details.ts';
import { licensesExport } from './licenses-export.ts';
import { renewal } from './renewal.ts';
import { renewalDetails } from './renewal-details.ts';
import { salesBenchmark } from './sales-benchmark.ts';
import { transactionsExport } from './transactions-export.ts';

/** Every endpoint by its id, which is its file's name: `npm run pulse -- report <id>`. */
export const endpoints = {
  'licenses-export': licensesExport,
  'transactions-export': transactionsExport,
  churn,
  'churn-details': churnDetails,
  'churn-benchmark': churnBenchmark,
  conversion,
  'conversion-details': conversionDetails,
  renewal,
  'renewal-details': renewalDetails,
  'evaluations-by-hosting': evaluationsByHosting,
  'evaluation-benchmark': evaluationBenchmark,
  'sales-benchmark': salesBenchmark,
  'app-requests': appRequests,
  'feedback-details': feedbackDetails,
} satisfies Readonly<Record<string, Endpoint<unknown>>>;

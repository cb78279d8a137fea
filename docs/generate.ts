/** `npm run docs`: writes the tables of docs/reporting-api.md anew, from the code they describe. */
import { readFileSync, writeFileSync } from 'node:fs';
import { endpointTables } from './tables/endpoints.ts';
import { fillTables } from './tables/markdown.ts';
import { retryTable } from './tables/retries.ts';
import { syncPlanTable } from './tables/sync-plan.ts';

const FILE = new URL('reporting-api.md', import.meta.url);

/** The document with its tables as they have to be. */
export function withTables(document: string): string {
  return fillTables(document, {
    endpoints: endpointTables(),
    'sync-plan': syncPlanTable(),
    retries: retryTable(),
  });
}

if (import.meta.main) writeFileSync(FILE, withTables(readFileSync(FILE, 'utf8')));

import type { License } from '../../domain/license.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { licenseRows } from './shapes/licenses.ts';
import * as kind from './shapes/parameter-kinds.ts';

const parameters = { ...licenseRows.parameters, accept: kind.json };

/**
 * The rows of `licenses-export` in one answer, without waiting for a job. For a part of the licences: Atlassian says that
 * large ones may end in HTTP 5xx and recommends the asynchronous export. Without `accept=json` the API sends CSV.
 */
export const licensesExportSync: Endpoint<License, typeof parameters> = {
  id: 'licenses-export-sync',
  summary: 'licences in one answer, for a part of them: large ones fail',
  path: `${DEVELOPER_SPACE}/licenses/export`,
  source: { kind: 'array' },
  ...licenseRows,
  parameters,
  defaults: { ...licenseRows.defaults, accept: ['json'] },
};

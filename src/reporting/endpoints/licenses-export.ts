import type { License } from '../../domain/license.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { licenseRows } from './shapes/licenses.ts';
import * as kind from './shapes/parameter-kinds.ts';

const parameters = { ...licenseRows.parameters, accept: kind.json };

/**
 * Every licence of the developer space's apps, of all hostings: evaluations, paid, free, Atlassian's own.
 *
 * Lag: up to a day; data insights (`parentProduct`, `sandbox`, evaluation links) 48 to 72 hours. `lastUpdated` filters
 * on or after a date, by the day. Quirks: Cloud rows have no `licenseId`; the export can bring one licence twice, with
 * and without insights (starts around 2018-07-01); `inGracePeriod` may stay "Yes" after the licence ended;
 * `dateType=end` selects licences active within the range, not those ending in it; rows change and vanish later.
 */
export const licensesExport: Endpoint<License, typeof parameters> = {
  id: 'licenses-export',
  summary: 'every licence with its customer, dates, status and data insights',
  path: `${DEVELOPER_SPACE}/licenses`,
  source: { kind: 'export' },
  ...licenseRows,
  parameters,
  defaults: { ...licenseRows.defaults, accept: ['json'] },
};

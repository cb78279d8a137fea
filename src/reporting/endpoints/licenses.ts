import type { License } from '../../domain/license.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { licenseRows } from './shapes/licenses.ts';
import * as kind from './shapes/parameter-kinds.ts';

const parameters = {
  ...licenseRows.parameters,
  sortBy: kind.oneOf(
    [
      'addonName',
      'company',
      'country',
      'endDate',
      'hosting',
      'licenseId',
      'licenseType',
      'partner',
      'region',
      'startDate',
      'tier',
    ],
    'order of the list, which paging relies on',
  ),
};

/**
 * The rows of `licenses-export`, page by page: for a few licences, found by `text` for example. Quirks: the API ignores
 * `order`, so there is none; no `sortBy` is unique, so that a licence which changes while the list is read can come in
 * both its states; two rows that agree in every field count as one (they come with `showLicensesHistory`).
 */
export const licenses: Endpoint<License, typeof parameters> = {
  id: 'licenses',
  summary: 'licences page by page: a few, found by customer, identifier or date',
  path: `${DEVELOPER_SPACE}/licenses`,
  source: { kind: 'pages', list: 'licenses', keyOf: (row) => JSON.stringify(row) },
  ...licenseRows,
  parameters,
  defaults: { ...licenseRows.defaults, sortBy: ['startDate'] },
};

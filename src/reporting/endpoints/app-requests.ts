import { DEVELOPER_SPACE } from '../origin.ts';
import { monthly } from './shapes/monthly.ts';

/**
 * How often people without the right to install an app asked their administrators for it, per month, for all apps
 * together (`appKey` null) and per app, one series per field. Counts: `requests`, `approved`. Percent: `approvalRate`.
 *
 * Newest first. Quirk: the list of months is called `...PerMonth` in the total and `...PerAppPerMonth` in an app.
 */
export const appRequests = monthly({
  id: 'app-requests',
  summary: 'monthly requests for the apps by people who cannot install them, and approvals',
  path: `${DEVELOPER_SPACE}/app-requests-and-approvals`,
  fields: [
    { name: 'requests', spellings: ['appRequests'], isRequired: true },
    { name: 'approved', spellings: ['appRequestsApproved'] },
    { name: 'approvalRate', spellings: ['appRequestsApprovalRate'] },
  ],
  apps: ['addons'],
  totalMonths: ['appRequestsAndApprovalsPerMonth'],
  appMonths: ['appRequestsAndApprovalsPerAppPerMonth'],
});

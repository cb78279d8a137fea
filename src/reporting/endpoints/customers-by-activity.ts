import { customerDates, customersBy } from './shapes/customers-by.ts';

/**
 * Whether customers pay for their Jira or Confluence: `paid` or `non-paid`. Types and units: see `customersBy`. Updated
 * monthly. Quirk: the API calls this "active users"; it is about the Atlassian product, not about paying for the app.
 */
export const customersByActivity = customersBy({
  id: 'customers-by-activity',
  summary: 'customers by month and whether they pay for their Atlassian product',
  resource: 'active-users',
  list: 'activePaidUsersInsights',
  group: 'activeUsers',
  parameters: customerDates,
});

import * as kind from './shapes/parameter-kinds.ts';
import { customerDates, customersBy } from './shapes/customers-by.ts';

/**
 * How large the Jira or Confluence sites of customers are, in users: `1-10`, `11-100`, `101-1000`, `1000+`, or
 * `Evaluation`. The dataset is the product ("Jira", "Confluence"), and shares add up to about 100 % within it. Types and
 * units: see `customersBy`. Updated monthly.
 *
 * Without `product` both come (seen live by a public client, and in the sample); any other value than the two is HTTP 400
 * "Must be a jira or confluence".
 */
export const customersByTier = customersBy({
  id: 'customers-by-tier',
  summary: 'customers by month and size of their Jira or Confluence',
  resource: 'tiers',
  list: 'usersDistributionPerProduct',
  group: 'tier',
  within: 'product',
  parameters: {
    ...customerDates,
    product: kind.oneOf(['jira', 'confluence'], 'one Atlassian product instead of both'),
  },
});

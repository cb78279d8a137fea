import { customerDates, customersBy } from './shapes/customers-by.ts';

/**
 * Which edition of Jira or Confluence customers have: `free`, `standard`, `premium`, `enterprise`. Types and units: see
 * `customersBy`. Updated monthly. Quirk: it is the edition of the Atlassian product, not of the app.
 */
export const customersByEdition = customersBy({
  id: 'customers-by-edition',
  summary: 'customers by month and edition of their Atlassian product',
  resource: 'editions',
  list: 'usersEditionDistribution',
  group: 'edition',
  parameters: customerDates,
});

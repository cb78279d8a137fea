import { customerDates, customersBy } from './shapes/customers-by.ts';

/**
 * Where customers are: `apac`, `emea`, `americas` or `unknown`, which is a group like the others. Types and units: see
 * `customersBy`. Updated monthly. Quirk: regions are lower case here and capitals in evaluations and sales.
 */
export const customersByRegion = customersBy({
  id: 'customers-by-region',
  summary: 'customers by month and region, in counts, shares and beside the Marketplace',
  resource: 'regions',
  list: 'regionWiseUserInsightsPerMonth',
  group: 'region',
  parameters: customerDates,
});

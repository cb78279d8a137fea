import { salesBy } from './shapes/sales-by.ts';

/**
 * Sales by the customer's country. The name is the country as Atlassian writes it ("Germany"); "Unknown" is one of
 * them. Datasets, units and what is not documented: see `salesBy`. Lag: up to a day; lines also appear and change
 * weeks later.
 */
export const salesByCountry = salesBy(
  'country',
  'transaction lines, net lines and revenue by week and country',
);

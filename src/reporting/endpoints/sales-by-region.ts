import { salesBy } from './shapes/sales-by.ts';

/**
 * Sales by the customer's region. The name is the region ("APAC", "EMEA", "Americas"); "Unknown" is one of them.
 * Datasets, units and what is not documented: see `salesBy`. Lag: up to a day; lines also appear and change weeks
 * later.
 */
export const salesByRegion = salesBy('region', 'transaction lines, net lines and revenue by week and region');

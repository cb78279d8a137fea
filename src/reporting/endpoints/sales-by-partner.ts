import { salesBy } from './shapes/sales-by.ts';

/**
 * Sales by selling partner. The name is the partner's; partners are told apart by it alone. Datasets, units and
 * what is not documented: see `salesBy`. Lag: up to a day; lines also appear and change weeks later.
 */
export const salesByPartner = salesBy(
  'partner',
  'transaction lines, net lines and revenue by week and selling partner',
);

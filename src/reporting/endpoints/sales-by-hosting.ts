import { salesBy } from './shapes/sales-by.ts';
import { toHosting } from './shapes/subscription.ts';

/**
 * Sales by hosting. The name is "Cloud", "Data Center" or "Server"; the sales benchmark is about Cloud alone.
 * Datasets, units and what is not documented: see `salesBy`. Lag: up to a day; lines also appear and change weeks
 * later.
 */
export const salesByHosting = salesBy(
  'hosting',
  'transaction lines, net lines and revenue by week and hosting',
  { toName: toHosting },
);

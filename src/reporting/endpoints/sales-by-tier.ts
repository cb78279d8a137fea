import { salesBy } from './shapes/sales-by.ts';

/**
 * Sales by user tier. The name is the tier as Atlassian words it ("10 Users", "Unlimited Users"). Datasets, units
 * and what is not documented: see `salesBy`. Lag: up to a day; lines also appear and change weeks later. Quirk:
 * the small prorated lines of Cloud monthly plans carry tiers that are not reliable.
 */
export const salesByTier = salesBy('tier', 'transaction lines, net lines and revenue by week and user tier');

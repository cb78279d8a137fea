import { salesBy } from './shapes/sales-by.ts';

/**
 * Sales by sale type. The name is the sale type ("New", "Renewal", "Upgrade", "Refund"): an open list. Datasets,
 * units and what is not documented: see `salesBy`. Lag: up to a day; lines also appear and change weeks later.
 * Quirk: manual invoices have no sale type.
 */
export const salesByType = salesBy('type', 'transaction lines, net lines and revenue by week and sale type');

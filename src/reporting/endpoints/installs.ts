import { installCounts } from './shapes/install-counts.ts';

/**
 * How many active installations each app has, by week (or another `granularity`). Only those in the commercial
 * compliance boundary are counted.
 *
 * Quirks: weeks start on a Monday here, on a Sunday everywhere else; without dates the API decides how far back it goes;
 * product ids of the documented sample differ from week to week and one is missing, so that only the app key is sure.
 */
export const installs = installCounts('installs', 'active installations by app and week');

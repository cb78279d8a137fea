import { installCountsBy } from './shapes/install-counts.ts';

/**
 * The counts of `installs` split by the product an app runs on and its version (7.19.17). Whether the rows of a week
 * add up to `installs` is not documented.
 */
export const installsByParentVersion = installCountsBy(
  'version',
  'installs-by-parent-version',
  'active installations by app, week and version of Jira or Confluence',
);

import { installCountsBy } from './shapes/install-counts.ts';

/**
 * The counts of `installs` split by the product an app runs on and its minor version (7.19.x). Whether the rows of a
 * week add up to `installs` is not documented.
 */
export const installsByParentMinorVersion = installCountsBy(
  'minor',
  'installs-by-parent-minor-version',
  'active installations by app, week and minor version of Jira or Confluence',
);

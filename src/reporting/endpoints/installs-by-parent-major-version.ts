import { installCountsBy } from './shapes/install-counts.ts';

/**
 * The counts of `installs` split by the product an app runs on and its major version (7.x.x). Whether the rows of a
 * week add up to `installs` is not documented.
 */
export const installsByParentMajorVersion = installCountsBy(
  'major',
  'installs-by-parent-major-version',
  'active installations by app, week and major version of Jira or Confluence',
);

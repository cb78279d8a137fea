import { gmvEndpoint } from './shapes/gmv.ts';
import { metricParameters } from './shapes/partner-metrics.ts';

/**
 * What customers paid for all apps together since they are sold, in US dollars, as of each month (or another
 * `granularity`), with the breakouts for Forge versions: the API's set of metrics `GMV`. Commercial compliance boundary
 * only.
 *
 * Quirks: the lifetime value is that of versions that are not harmonised, and is named `NON_HARMONISED_FORGE_VERSIONS`
 * where its filter says `NON_HARMONISED`; no sample filters by app, and no record names one, so there is no such filter.
 */
export const gmv = gmvEndpoint({
  id: 'gmv',
  summary: 'gross merchandise value of all apps by month, with its Forge breakouts',
  metrics: { metricSets: ['GMV'] },
  holds: ['lifetimeGmv', 'nonHarmonisedForgeVersionsGmv', 'standardForgeAppVersionsGmv'],
  parameters: metricParameters,
});

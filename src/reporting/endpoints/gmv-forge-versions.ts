import { gmvEndpoint } from './shapes/gmv.ts';
import { metricParameters } from './shapes/partner-metrics.ts';

/** The two Forge breakouts of `gmv` alone: versions that are not harmonised, and standard ones. */
export const gmvForgeVersions = gmvEndpoint({
  id: 'gmv-forge-versions',
  summary: 'gross merchandise value of Forge versions, standard and not harmonised, by month',
  metrics: {
    metricFields: ['NON_HARMONISED_FORGE_VERSIONS_LIFETIME_GMV', 'STANDARD_FORGE_VERSIONS_LIFETIME_GMV'],
  },
  holds: ['nonHarmonisedForgeVersionsGmv', 'standardForgeAppVersionsGmv'],
  parameters: metricParameters,
});

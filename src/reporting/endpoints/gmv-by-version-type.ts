import { gmvEndpoint } from './shapes/gmv.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { metricParameters } from './shapes/partner-metrics.ts';

/**
 * The lifetime value of `gmv` for app versions of one type: those that run on Atlassian, native ones, or the rest. The
 * API takes exactly one type and answers anything else with HTTP 400; here it is refused before anything is sent. Which
 * type a record is about, it says itself (`versionType`).
 */
export const gmvByVersionType = gmvEndpoint({
  id: 'gmv-by-version-type',
  summary: 'gross merchandise value of app versions of one type by month',
  metrics: { metricFields: ['LIFETIME_GMV'] },
  attributes: ['APP_VERSION_TYPE'],
  filters: { appVersionType: 'APP_VERSION_TYPE' },
  holds: ['lifetimeGmv', 'lifetimeGmvAppVersionType'],
  parameters: {
    ...metricParameters,
    appVersionType: kind.inBody(
      kind.oneOf(['RUNS_ON_ATLASSIAN', 'NATIVE_APP', 'NON_HARMONISED'], 'type of app versions'),
    ),
  },
  defaults: { appVersionType: ['NON_HARMONISED'] },
});

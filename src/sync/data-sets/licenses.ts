import type { ExportedDataSet } from '../data-set.ts';
import { lastUpdatedToSend } from '../window.ts';

/** `withDataInsights` applies only when the start date is after July 2018, so older licences are a pull of their own. */
const INSIGHTS_FROM = '2018-07-02';
const BEFORE_INSIGHTS = '2018-07-01';

/** All licences, Atlassian's own and those of always-free apps included: rows that vanish later would be worse. */
export const licenses: ExportedDataSet = {
  name: 'licenses',
  loads: 'licenses',
  endpoints: ['licenses-export'],
  rhythm: {
    fullHours: 24,
    recentHours: 0,
    asks: 'all; between: changed since the last pull, at least a week again',
  },
  exports({ at, mode, since }) {
    const lastUpdated = lastUpdatedToSend(mode, since, at);
    return [
      { startDate: INSIGHTS_FROM, lastUpdated },
      { endDate: BEFORE_INSIGHTS, lastUpdated },
    ];
  },
};

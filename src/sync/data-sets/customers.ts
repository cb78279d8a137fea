import { addMonths } from '../../domain/day.ts';
import { customersByActivity } from '../../reporting/endpoints/customers-by-activity.ts';
import { customersByEdition } from '../../reporting/endpoints/customers-by-edition.ts';
import { customersByRegion } from '../../reporting/endpoints/customers-by-region.ts';
import { customersByTier } from '../../reporting/endpoints/customers-by-tier.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';

/** The newest month and the same one a year before, whatever the lag. */
const MONTHS = 15;

const ENDPOINTS = [customersByRegion, customersByEdition, customersByActivity, customersByTier] as const;

/** How customers spread over regions, editions, sizes, and those who pay for Jira or Confluence, by month. */
export const customers: PulledDataSet = {
  name: 'customers',
  endpoints: ENDPOINTS.map(({ id }) => id),
  rhythm: { fullHours: 24, asks: `${MONTHS} months` },
  async pull(context) {
    const parameters = { startDate: addMonths(context.today, -MONTHS), endDate: context.today };
    const pulls = [];
    for (const endpoint of ENDPOINTS) pulls.push(await pullAll(context, endpoint, parameters));
    return {
      pulled: {
        kind: 'series',
        metric: ['customers-by-region', 'customers-by-edition', 'customers-by-activity', 'customers-by-tier'],
        rows: pulls.flatMap(({ rows }) => rows),
      },
      reports: pulls.map(({ report }) => report),
    };
  },
};

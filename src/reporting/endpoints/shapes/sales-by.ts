import { DEVELOPER_SPACE } from '../../origin.ts';
import { type Aggregate, aggregate } from './aggregate.ts';

/** By what the API sums up transaction lines. */
export type SalesGroup = 'country' | 'hosting' | 'partner' | 'region' | 'tier' | 'type';

/**
 * Sums of transaction lines by one of their features. Three datasets: `lines` counts every line, `net lines` counts them
 * without what was taken back, `revenue` is US dollars in integer cents. The last two are optional in the specification.
 *
 * Not documented: by which of its dates a line is counted, whether refunds are counted once or taken off in `net lines`,
 * and whether `revenue` is the customer's price or the partner's share. The lines themselves
 * (`transactions-export`) say all of it. Quirks: the series of the sample have an `evaluationType`, copied from another
 * resource, which is ignored; `productId` was seen to work for some groups and to be ignored for others, so apps are
 * filtered here.
 */
export function salesBy(
  group: SalesGroup,
  summary: string,
  options: Pick<Aggregate, 'toName'> = {},
): ReturnType<typeof aggregate> {
  return aggregate({
    id: `sales-by-${group}`,
    summary,
    path: `${DEVELOPER_SPACE}/sales/transactions/${group}`,
    metric: `sales-by-${group}`,
    numbers: [
      { name: 'lines', spellings: ['count'], isRequired: true },
      { name: 'net lines', spellings: ['netCount'] },
      { name: 'revenue', spellings: ['revenue'], isMoney: true },
    ],
    ...options,
  });
}

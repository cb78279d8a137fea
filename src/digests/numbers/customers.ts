import type { SpreadBy } from '../../analytics/customer-spread.ts';
import type { TracedNumber } from '../../domain/traced-number.ts';
import type { CustomersDigest } from '../../messages/customers-digest.ts';
import { monthLabel } from '../../messages/kit/words.ts';
import { sumOf } from './trace.ts';

const TITLES: Readonly<Record<SpreadBy, string>> = {
  region: 'by region',
  edition: 'by edition',
  activity: 'by whether they pay',
  tier: 'by size',
};

/** How customers spread, group by group. */
export function customersNumbers({ card, month, ownCount }: CustomersDigest): TracedNumber[] {
  const spreads = ownCount?.spreads ?? card?.spreads ?? [];
  const explained = ownCount ? 'Cloud sites of one app' : 'Regions, editions, sizes';
  const when = ownCount ? `on ${ownCount.today}` : month === undefined ? '' : `in ${monthLabel(month)}`;
  return spreads.map(({ by, groups, product }, index) =>
    sumOf(
      {
        id: `${by}-${index + 1}`,
        title: [
          ownCount ? 'Sites' : 'Customers',
          TITLES[by],
          ...(product === '' ? [] : [`in ${product}`]),
        ].join(' '),
        explained: by === 'activity' ? 'Paying for Jira or Confluence' : explained,
        unit: 'count',
        ...(when !== '' && { arithmetic: when }),
      },
      groups.map(({ count, name }) => ({ what: name, amount: count })),
    ),
  );
}

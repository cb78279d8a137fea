import type { TracedNumber } from '../../domain/traced-number.ts';
import type { SalesBenchmarkDigest } from '../../messages/sales-benchmark-digest.ts';
import { dollars, monthLabel } from '../../messages/kit/words.ts';
import { countedAs, type Rest, sumInOrder } from './trace.ts';

/** Atlassian counts all apps together by itself, and tells apps of small sales nothing. */
const BESIDE_APPS: Rest = {
  missing: 'Apps for which Atlassian publishes no benchmark',
  surplus: 'Counted for apps, not for all together',
};

/** Cloud sales of a month and of the year so far, with the apps and months behind them. */
export function salesBenchmarkNumbers({ card, scope }: SalesBenchmarkDigest): TracedNumber[] {
  const own = card?.own;
  if (!card || !own) return [];
  const { apps, months, threeMonths } = card;
  const told = { explained: 'Our share of Cloud sales', unit: 'cents' } as const;
  const rows = apps.length === 0 ? [{ name: scope, benchmark: own }] : apps;
  const of = (id: string, title: string, part: 'ofMonth' | 'yearToDate') =>
    countedAs(
      {
        ...told,
        id,
        title,
        ...(own[part].before !== null && { arithmetic: `${dollars(own[part].before)} before` }),
      },
      own[part].sales ?? undefined,
      rows.flatMap(({ benchmark, name }) =>
        benchmark[part].sales === null ? [] : [{ what: name, amount: benchmark[part].sales }],
      ),
      BESIDE_APPS,
    );
  const month = (one: (typeof months)[number]) =>
    one.ofMonth.sales === null
      ? []
      : [{ what: monthLabel(one.month), day: one.month, amount: one.ofMonth.sales }];
  const three = months.filter((one) => one.month >= threeMonths.from && one.month <= threeMonths.to);
  return [
    ...of('month', `Sales of ${monthLabel(own.month)}`, 'ofMonth'),
    ...of('year', `Sales of the year to ${monthLabel(own.month)}`, 'yearToDate'),
    ...(threeMonths.sales === undefined
      ? []
      : [
          sumInOrder(
            { ...told, explained: 'Three months together', id: 'three-months', title: 'Three months' },
            three.flatMap(month).toReversed(),
          ),
        ]),
    sumInOrder(
      { ...told, id: 'months', title: 'Sales of the months shown' },
      months.flatMap(month).toReversed(),
    ),
  ];
}

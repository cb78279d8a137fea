import { convertedWithin } from '../../analytics/cohorts.ts';
import type { Evaluation } from '../../analytics/evaluations.ts';
import type { OpenEvaluation } from '../../analytics/open-evaluations.ts';
import { median } from '../../analytics/order-statistics.ts';
import { daysBetween, weekOf } from '../../domain/day.ts';
import type { Cents } from '../../domain/money.ts';
import type { TracedNumber, TracedRow } from '../../domain/traced-number.ts';
import type { CohortRate } from '../../messages/conversion-digest.ts';
import { count, rate, weekName } from '../../messages/kit/words.ts';
import { each, sumOf } from './trace.ts';

/** What the numbers of the conversion digest are made of. */
export interface ConversionSources {
  /** Every evaluation read, and what its first year is worth once it was bought. */
  readonly evaluations: readonly Evaluation[];
  readonly firstYear: (evaluation: Evaluation) => Cents | undefined;
  readonly cohorts: readonly CohortRate[];
  /** Bought in the week told. */
  readonly bought: readonly Evaluation[];
  /** Undefined for past weeks. */
  readonly expiring: readonly OpenEvaluation[] | undefined;
  /** Atlassian's conversions and evaluations of the week, by app. */
  readonly ratio: readonly {
    readonly app: string;
    readonly conversions: number;
    readonly evaluations: number;
  }[];
}

/** The entitlement that tells who it is: the one that pays, once one does. */
function keyOf({ entitlement, paidEntitlement }: Evaluation): string {
  return paidEntitlement ?? entitlement;
}

function startedRow(evaluation: Evaluation): Omit<TracedRow, 'amount'> {
  const { license, sale, start } = evaluation;
  const then = sale === undefined ? 'not bought' : `bought after ${count(daysBetween(start, sale), 'day')}`;
  return { entitlement: keyOf(evaluation), what: `${license.name}, ${then}`, day: start };
}

function cohortNumbers({ evaluations }: ConversionSources, cohort: CohortRate): TracedNumber[] {
  const { assessment, days, week } = cohort;
  if (assessment.whole === undefined) return [];
  const started = evaluations.filter((one) => weekOf(one.start) === week);
  const bought = started.filter((one) => convertedWithin(one, days));
  const explained = 'Bought within 30, 60 and 90 days';
  const arithmetic = rate(bought.length, started.length);
  const when = `${days} days, started ${weekName(week)}`;
  return [
    sumOf(
      { id: `bought-${days}`, title: `Bought within ${when}`, explained, unit: 'count', arithmetic },
      each(bought, startedRow),
    ),
    sumOf(
      {
        id: `started-${days}`,
        title: `Started ${weekName(week)}`,
        explained: 'Evaluations started',
        unit: 'count',
        arithmetic: `${arithmetic} bought within ${days} days`,
      },
      each(started, startedRow),
    ),
  ];
}

function boughtNumbers({ bought, firstYear }: ConversionSources): TracedNumber[] {
  const row = (one: Evaluation) => ({ ...startedRow(one), ...(one.sale !== undefined && { day: one.sale }) });
  const priced = bought.flatMap((one) => {
    const amount = firstYear(one);
    return amount === undefined ? [] : [{ ...row(one), amount }];
  });
  const days = bought.map((one) => ({ ...row(one), amount: daysBetween(one.start, one.sale ?? one.start) }));
  const middle = median(days.map(({ amount }) => amount));
  return [
    sumOf(
      { id: 'bought', title: 'Bought this week', explained: 'Bought this week', unit: 'count' },
      each(bought, row),
    ),
    sumOf(
      {
        id: 'first-year',
        title: 'First year of those who bought',
        explained: 'First year',
        unit: 'cents',
        arithmetic: `${priced.length} of ${bought.length} with a paid line`,
      },
      priced,
    ),
    ...(middle === undefined
      ? []
      : [
          {
            id: 'days-to-buy',
            title: 'Median time to buy',
            explained: 'Median time to buy',
            unit: 'days' as const,
            value: middle,
            combined: 'median' as const,
            rows: days.toSorted((a, b) => a.amount - b.amount),
          },
        ]),
  ];
}

function ratioNumbers({ ratio }: ConversionSources): TracedNumber[] {
  const told = { explained: 'Atlassian ratio (same week, not a cohort)', unit: 'count' } as const;
  const part = ratio.map(({ app, conversions }) => ({ what: app, amount: conversions }));
  const whole = ratio.map(({ app, evaluations }) => ({ what: app, amount: evaluations }));
  return [
    sumOf({ ...told, id: 'ratio-part', title: "Atlassian's conversions" }, part),
    sumOf({ ...told, id: 'ratio-whole', title: "Atlassian's evaluations" }, whole),
  ];
}

/** The numbers of the conversion digest with the rows behind them. */
export function conversionNumbers(sources: ConversionSources): TracedNumber[] {
  const { cohorts, expiring } = sources;
  const soon = { id: 'expiring', title: 'Running out', explained: 'Running out', unit: 'count' } as const;
  return [
    ...cohorts.flatMap((cohort) => cohortNumbers(sources, cohort)),
    ...boughtNumbers(sources),
    ...(expiring
      ? [
          sumOf(
            soon,
            each(expiring, ({ endsOn, entitlement, license }) => ({
              entitlement,
              what: `${license.name}, runs out`,
              day: endsOn,
            })),
          ),
        ]
      : []),
    ...ratioNumbers(sources),
  ];
}

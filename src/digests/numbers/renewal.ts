import type { Plan } from '../../analytics/last-term.ts';
import type { WorthRenewal } from '../../analytics/renewal-worth.ts';
import type { Renewer } from '../../analytics/renewers.ts';
import type { RateAssessment } from '../../analytics/unusual-rate.ts';
import { ONE_WEEK } from '../../analytics/usual.ts';
import type { WeekRate } from '../../analytics/weekly-series.ts';
import type { Day } from '../../domain/day.ts';
import type { TracedNumber, TracedRow } from '../../domain/traced-number.ts';
import { count } from '../../messages/kit/words.ts';
import { changesAtRenewal } from '../../messages/renewal-lists.ts';
import type { PlanRenewals } from '../../messages/renewal-digest.ts';
import { needsALook, type RenewalRadar } from '../../messages/renewal-radar.ts';
import type { DueEvents } from '../due-events.ts';
import { type DueRate, dueNumbers, fourWeekNumbers } from './due.ts';
import { sumOf, usualRate } from './trace.ts';

/** What the numbers of the renewal digest are made of. */
export interface RenewalSources {
  readonly week: Day;
  readonly assessment: RateAssessment;
  readonly plans: readonly (PlanRenewals & { readonly plan: Plan })[];
  readonly renewers: readonly Renewer[];
  readonly due: DueEvents;
  readonly rates: readonly WeekRate[];
  readonly radar: RenewalRadar | undefined;
  /** How many days ahead the message looks. */
  readonly radarDays: number;
}

const RATE: DueRate = {
  kind: 'renewal',
  explained: 'Renewed, of customers due',
  explainedFourWeeks: 'Renewed, of customers due',
};

function renewerRow({ appName, entitlement, plan, renewedOn }: Renewer): Omit<TracedRow, 'amount'> {
  const what = [appName, plan?.toLowerCase()].filter(Boolean).join(', ');
  return { entitlement, what, day: renewedOn };
}

function termNumbers(renewers: readonly Renewer[]): TracedNumber[] {
  const known = renewers.filter(({ value }) => value !== undefined);
  const { changed, pairs } = changesAtRenewal(renewers);
  return [
    sumOf(
      {
        id: 'terms',
        title: 'Renewed terms',
        explained: 'The renewed terms bring us',
        unit: 'cents',
        arithmetic: `${count(known.length, 'bill')} of ${count(renewers.length, 'renewal')} listed`,
      },
      known.map((one) => ({ ...renewerRow(one), amount: one.value ?? 0 })),
    ),
    sumOf(
      {
        id: 'change',
        title: 'Change at renewal, a year',
        explained: 'Beside their terms before',
        unit: 'cents',
        arithmetic: `${changed.length} of ${pairs.length} pay another amount; smaller differences are rounding`,
      },
      changed.map(({ after, before, renewer }) => ({ ...renewerRow(renewer), amount: after - before })),
    ),
  ];
}

function aheadRow({ appName, due, entitlement, yearly }: WorthRenewal): TracedRow {
  return { entitlement, what: appName, day: due, amount: yearly };
}

function radarNumbers({ radar, radarDays }: RenewalSources): TracedNumber[] {
  if (!radar) return [];
  const near = radar.due.filter(({ days }) => days <= radarDays);
  const look = near.filter(needsALook);
  const told = (id: string, title: string, explained: string, rows: readonly WorthRenewal[]) => ({
    id,
    title,
    explained,
    unit: 'cents' as const,
    arithmetic: `${count(rows.length, 'renewal')}, what each brings a year`,
  });
  return [
    sumOf(told('ahead', `Next ${radarDays} days, a year`, 'Next 60 days', near), near.map(aheadRow)),
    sumOf(told('look', 'Needs a look, a year', 'Needs a look', look), look.map(aheadRow)),
    sumOf(told('late', 'Late, a year', 'Late', radar.late), radar.late.map(aheadRow)),
  ];
}

/** The numbers of the renewal digest with the rows behind them. */
export function renewalNumbers(sources: RenewalSources): TracedNumber[] {
  const { assessment, due, plans, rates, renewers, week } = sources;
  return [
    ...dueNumbers(RATE, due, week, assessment),
    ...termNumbers(renewers),
    ...radarNumbers(sources),
    ...plans.flatMap((one) => [
      ...dueNumbers(RATE, due, week, one.week, one.plan),
      ...fourWeekNumbers(RATE, due, one),
    ]),
    ...usualRate(
      { id: 'usual', title: 'Renewed, weeks before', explained: RATE.explained },
      rates,
      week,
      ONE_WEEK,
    ),
  ];
}

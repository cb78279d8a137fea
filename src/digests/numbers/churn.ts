import type { CancelledLicense } from '../../analytics/cancelled-licenses.ts';
import type { Plan } from '../../analytics/last-term.ts';
import type { Leaver } from '../../analytics/leavers.ts';
import type { RateAssessment } from '../../analytics/unusual-rate.ts';
import { ONE_WEEK } from '../../analytics/usual.ts';
import type { WeekRate } from '../../analytics/weekly-series.ts';
import type { Day } from '../../domain/day.ts';
import type { Cents } from '../../domain/money.ts';
import type { TracedNumber, TracedRow } from '../../domain/traced-number.ts';
import type { PlanChurn } from '../../messages/churn-digest.ts';
import { dollars, percent } from '../../messages/kit/words.ts';
import type { DueEvents } from '../due-events.ts';
import { type DueRate, dueNumbers, fourWeekNumbers } from './due.ts';
import { each, sumOf, usualRate } from './trace.ts';

/** What the numbers of the churn digest are made of. */
export interface ChurnSources {
  readonly week: Day;
  readonly assessment: RateAssessment;
  readonly plans: readonly (PlanChurn & { readonly plan: Plan })[];
  readonly leavers: readonly Leaver[];
  readonly due: DueEvents;
  readonly rates: readonly WeekRate[];
  readonly paidUntil: readonly CancelledLicense[];
  readonly yearlyRunRate: Cents;
}

const RATE: DueRate = {
  kind: 'churn',
  explained: 'Left, of customers due',
  explainedFourWeeks: 'In 4 weeks',
};

function leaverRow({ appName, entitlement, leftOn, plan, reason }: Leaver): Omit<TracedRow, 'amount'> {
  const what = [appName, plan?.toLowerCase(), reason ?? 'no reason given'].filter(Boolean).join(', ');
  return { entitlement, what, day: leftOn };
}

function lostRevenue({ leavers, yearlyRunRate }: ChurnSources): TracedNumber {
  const name = 'Lost revenue, a year';
  const lost = sumOf(
    { id: 'lost', title: name, explained: name, unit: 'cents' },
    leavers.map((leaver) => ({ ...leaverRow(leaver), amount: leaver.value })),
  );
  if (yearlyRunRate <= 0) return lost;
  const share = percent(lost.value, yearlyRunRate);
  return {
    ...lost,
    arithmetic: `${dollars(lost.value)} of a run-rate of ${dollars(yearlyRunRate)} a year (${share})`,
  };
}

function keptNumber({ leavers }: ChurnSources): TracedNumber {
  const kept = leavers.filter((leaver) => leaver.kept.length > 0);
  const name = 'Kept another app of ours';
  return sumOf(
    {
      id: 'kept',
      title: name,
      explained: name,
      unit: 'count',
      arithmetic: `${kept.length} of the ${leavers.length} listed`,
    },
    each(kept, (leaver) => ({
      ...leaverRow(leaver),
      what: `still uses ${leaver.kept.map((app) => app.name).join(', ')}`,
    })),
  );
}

/** The numbers of the churn digest with the rows behind them. */
export function churnNumbers(sources: ChurnSources): TracedNumber[] {
  const { assessment, due, paidUntil, plans, rates, week } = sources;
  return [
    ...dueNumbers(RATE, due, week, assessment),
    lostRevenue(sources),
    keptNumber(sources),
    ...plans.flatMap((one) => [
      ...dueNumbers(RATE, due, week, one.week, one.plan),
      ...fourWeekNumbers(RATE, due, one),
    ]),
    sumOf(
      { id: 'paid-until', title: 'Cancelled, still paid for', explained: 'Who left', unit: 'cents' },
      paidUntil.map(({ appName, entitlement, paidUntil: day, value }) => ({
        entitlement,
        what: `${appName}, paid until`,
        day,
        amount: value,
      })),
    ),
    ...usualRate(
      { id: 'usual', title: 'Left, weeks before', explained: RATE.explained },
      rates,
      week,
      ONE_WEEK,
    ),
  ];
}

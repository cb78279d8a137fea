import type { Evaluation } from '../../analytics/evaluations.ts';
import type { OpenEvaluation } from '../../analytics/open-evaluations.ts';
import type { CountAssessment } from '../../analytics/unusual-count.ts';
import { ONE_WEEK } from '../../analytics/usual.ts';
import type { WeekValue } from '../../analytics/weekly-series.ts';
import { addDays, type Day, weeksEndingWith } from '../../domain/day.ts';
import type { TracedNumber } from '../../domain/traced-number.ts';
import type { EvaluationBenchmarkDigest } from '../../messages/evaluation-benchmark-digest.ts';
import { sizeBucketName } from '../../messages/evaluating-customer.ts';
import { dollars } from '../../messages/kit/words.ts';
import { countedAs, each, type Rest, sumInOrder, sumOf, usualWeeks, weekRows } from './trace.ts';

/** An evaluation that began, or was tried again, on a day. */
export interface Beginning {
  readonly evaluation: Evaluation;
  readonly startedOn: Day;
}

/** What the numbers of the evaluation and benchmark digest are made of. */
export interface EvaluationSources
  extends Pick<EvaluationBenchmarkDigest, 'byApp' | 'hostings' | 'types' | 'running' | 'week' | 'yearAgo'> {
  readonly assessment: CountAssessment;
  /** All weeks read. */
  readonly values: readonly WeekValue[];
  readonly started: readonly Beginning[];
  /** Undefined for past weeks. */
  readonly open: readonly OpenEvaluation[] | undefined;
}

const STARTED = 'Evaluations started';
const FOUR_WEEKS = 'Last 4 weeks, and a year ago';

/** Atlassian's number and the licences come from different reports. */
const BESIDE_LICENCES: Rest = {
  missing: 'Counted by Atlassian, among no licences',
  surplus: 'Licences that Atlassian does not count: data centre, or an evaluation it knows already',
};

function partNumbers({ assessment, byApp, hostings, started, types }: EvaluationSources): TracedNumber[] {
  const told = { explained: STARTED, unit: 'count' } as const;
  const rows = each(started, ({ evaluation: { entitlement, license }, startedOn }) => ({
    entitlement,
    what: license.name,
    day: startedOn,
  }));
  const parts = (id: string, title: string, of: readonly { name: string; count: number }[]) =>
    sumOf(
      { ...told, id, title },
      of.map(({ count, name }) => ({ what: name, amount: count })),
    );
  const apps = byApp.map(({ app, assessment: { value } }) => ({ name: app, count: value ?? 0 }));
  return [
    ...countedAs({ ...told, id: 'started', title: STARTED }, assessment.value, rows, BESIDE_LICENCES),
    parts('by-app', `${STARTED}, by app`, apps),
    parts('by-hosting', `${STARTED}, by hosting`, hostings),
    parts('by-type', `${STARTED}, by type`, types),
  ];
}

function weekNumbers({ values, week, yearAgo }: EvaluationSources): TracedNumber[] {
  const told = { explained: FOUR_WEEKS, unit: 'count' } as const;
  const four = (id: string, title: string, until: Day) => {
    const wanted = new Set(weeksEndingWith(until, 4));
    return sumInOrder({ ...told, id, title }, weekRows(values.filter((one) => wanted.has(one.week))));
  };
  return [
    four('four-weeks', 'Last 4 weeks', week),
    ...(yearAgo ? [four('year-ago', '4 weeks a year ago', addDays(yearAgo.until, -52 * 7))] : []),
    ...usualWeeks(
      { ...told, explained: STARTED, id: 'usual', title: 'Usually started' },
      values,
      week,
      ONE_WEEK,
    ),
  ];
}

function runningNumbers({ open, running }: EvaluationSources): TracedNumber[] {
  if (!open) return [];
  const now = sumOf(
    { id: 'running', title: 'Running now', explained: 'Running now', unit: 'count' },
    each(open, ({ endsOn, entitlement, license }) => ({
      entitlement,
      what: `${license.name}, runs out`,
      day: endsOn,
    })),
  );
  const pipeline = running?.pipeline;
  if (!pipeline) return [now];
  const rows = pipeline.buckets.map(({ firstYear, history, open: size, upTo }) => ({
    what: `${sizeBucketName(upTo)}: ${size} running x ${history.part} of ${history.whole} bought x ${dollars(firstYear)}`,
    amount: Math.round(size * (history.part / history.whole) * firstYear),
  }));
  const rest = { missing: 'Rounding of the parts', surplus: 'Rounding of the parts' };
  const worth = 'Worth of the running evaluations';
  const arithmetic = `between ${dollars(pipeline.low)} and ${dollars(pipeline.high)}`;
  return [
    now,
    ...countedAs(
      { id: 'pipeline', title: 'Expected first year', explained: worth, unit: 'cents', arithmetic },
      pipeline.expected,
      rows,
      rest,
    ),
  ];
}

/** The numbers of the evaluation and benchmark digest with the rows behind them. */
export function evaluationNumbers(sources: EvaluationSources): TracedNumber[] {
  return [...partNumbers(sources), ...weekNumbers(sources), ...runningNumbers(sources)];
}

import type { Pipeline } from '../analytics/pipeline.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import {
  appCell,
  customerCell,
  type EvaluatingCustomer,
  sizeBucketName,
  sizeCell,
} from './evaluating-customer.ts';
import { clean, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, dollars, exactDollars, monthLabel, rate, shortDate, weekName } from './kit/words.ts';

/** An evaluation that started in the week. */
export interface StartedEvaluation extends EvaluatingCustomer {
  /** The day this try started. */
  readonly startedOn: Day;
  /** When the same site evaluated the same app before; undefined for a first time. */
  readonly triedOn: Day | undefined;
  /** The day it runs out; undefined if not known. */
  readonly endsOn: Day | undefined;
}

/** New evaluations of one app, beside what is usual for it. */
export interface AppEvaluations {
  readonly app: string;
  readonly assessment: CountAssessment;
}

const VERDICTS: Record<CountAssessment['verdict'], string> = {
  within: 'within the usual range',
  higher: 'higher than usual',
  lower: 'lower than usual',
  'too early': 'still filling',
  'no history': 'too few weeks before',
  unknown: 'not known yet',
};

/** New evaluations by app, most first; nothing for a single app. */
export function appList(week: Day, apps: readonly AppEvaluations[]): Message[] {
  if (apps.length < 2) return [];
  return tableReplies({
    caption: `New evaluations by app, ${weekName(week)}, most first`,
    sentence: mrk`New evaluations by app, ${weekName(week)}, and what is usual for each.`,
    columns: [
      { title: 'App', cell: ({ app }) => clean(app, 60) },
      {
        title: 'Started',
        cell: ({ assessment: { value } }) =>
          value === undefined ? '-' : { value, text: value.toLocaleString('en-US') },
      },
      {
        title: 'Usual',
        cell: ({ assessment: { usual } }) =>
          usual === undefined ? '-' : { value: usual, text: usual.toLocaleString('en-US') },
      },
      {
        title: 'Usual range',
        cell: ({ assessment: { high, low } }) =>
          low === undefined || high === undefined ? '-' : `${low} to ${high}`,
      },
      { title: 'Beside it', cell: ({ assessment: { verdict } }) => VERDICTS[verdict] },
    ],
    rows: apps,
  });
}

/** The evaluations that started in the week, biggest site first; `counted` is Atlassian's number of them. */
export function startedList(
  week: Day,
  started: readonly StartedEvaluation[],
  counted: number | undefined,
): Message[] {
  const other =
    counted === undefined || counted === started.length
      ? ''
      : ` Atlassian counts ${counted.toLocaleString('en-US')}; sandboxes and late licences may be the difference.`;
  return tableReplies({
    caption: `Evaluations started ${weekName(week)}, biggest site first`,
    sentence: mrk`${count(started.length, 'evaluation')} started, biggest site first.${other}`,
    columns: [
      { title: 'Customer', cell: customerCell },
      { title: 'App', cell: appCell },
      { title: 'Users of the site', cell: ({ users }) => sizeCell(users) },
      {
        title: 'Started',
        cell: ({ startedOn, triedOn }) =>
          triedOn === undefined
            ? shortDate(startedOn)
            : `${shortDate(startedOn)}, again after ${monthLabel(triedOn)}`,
      },
      { title: 'Entitlement', cell: ({ entitlement }) => entitlement },
    ],
    rows: started,
  });
}

/** What the running evaluations are worth by size of the site, and the history that says so. */
export function pipelineList(pipeline: Pipeline | undefined): Message[] {
  if (!pipeline) return [];
  const { buckets, expected, high, low } = pipeline;
  const running = buckets.reduce((sum, { open }) => sum + open, 0);
  return tableReplies({
    caption: 'Running evaluations by size of the site, and what they are priced by',
    sentence: mrk`${count(running, 'running evaluation')}: ${dollars(low)} to ${dollars(high)} in the first year, expected ${dollars(expected)}, if they buy as evaluations of their size did in the last year. Sizes with too few sales take the numbers of all sizes.`,
    columns: [
      { title: 'Size of the site', cell: ({ upTo }) => sizeBucketName(upTo) },
      { title: 'Running', cell: ({ open }) => ({ value: open, text: open.toLocaleString('en-US') }) },
      {
        title: 'Bought in 90 days',
        cell: ({ borrowed, history: { part, whole } }) =>
          `${rate(part, whole)}${borrowed ? ', all sizes' : ''}`,
      },
      {
        title: 'Median first year $',
        cell: ({ firstYear }) => ({ value: firstYear / 100, text: exactDollars(firstYear) }),
      },
    ],
    rows: buckets,
  });
}

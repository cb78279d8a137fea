import type { Pipeline, PipelineBucket } from '../analytics/pipeline.ts';
import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { customerCell, type EvaluatingCustomer, sizeBucketName, sizeCell } from './evaluating-customer.ts';
import { message, section } from './kit/blocks.ts';
import { mrk } from './kit/escape.ts';
import { dataTable } from './kit/table.ts';
import { count, dollars, exactDollars, monthLabel, rate, shortDate, weekName } from './kit/words.ts';

/** Rows of a table that fit into one message whatever the customers are called. */
const ROWS = 30;

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
export function appList(week: Day, apps: readonly AppEvaluations[]): Message | undefined {
  if (apps.length < 2) return undefined;
  const { block, shown } = dataTable(
    `New evaluations by app, ${weekName(week)}, most first`,
    [
      { title: 'App', cell: ({ app }: AppEvaluations) => app },
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
        cell: ({ assessment: { high, low } }) => (low === undefined || high === undefined ? '-' : `${low} to ${high}`),
      },
      { title: 'Beside it', cell: ({ assessment: { verdict } }) => VERDICTS[verdict] },
    ],
    apps.slice(0, ROWS),
  );
  const rest = apps.length - shown;
  const sentence = mrk`New evaluations by app, ${weekName(week)}, and what is usual for each${rest > 0 ? ` (${rest} more with fewer do not fit here)` : ''}.`;
  return message(sentence, [section(sentence), block]);
}

/** The evaluations that started in the week, biggest site first. */
export function startedList(week: Day, started: readonly StartedEvaluation[]): Message | undefined {
  if (started.length === 0) return undefined;
  const { block, shown } = dataTable(
    `Evaluations started ${weekName(week)}, biggest site first`,
    [
      { title: 'Customer', cell: (one: StartedEvaluation) => customerCell(one) },
      { title: 'App', cell: ({ appName }) => appName },
      { title: 'Users of the site', cell: ({ users }) => sizeCell(users) },
      {
        title: 'Started',
        cell: ({ startedOn, triedOn }) =>
          triedOn === undefined ? shortDate(startedOn) : `${shortDate(startedOn)}, again after ${monthLabel(triedOn)}`,
      },
      { title: 'Entitlement', cell: ({ entitlement }) => entitlement },
    ],
    started.slice(0, ROWS),
  );
  const rest = started.length - shown;
  const sentence = mrk`${count(started.length, 'evaluation')} started by the licences, without sandboxes, biggest site first${rest > 0 ? ` (${rest} smaller ones do not fit here)` : ''}.`;
  return message(sentence, [section(sentence), block]);
}

/** What the running evaluations are worth by size of the site, and the history that says so. */
export function pipelineList(pipeline: Pipeline | undefined): Message | undefined {
  if (!pipeline || pipeline.buckets.length === 0) return undefined;
  const { block } = dataTable(
    'Running evaluations by size of the site, and what they are priced by',
    [
      { title: 'Size of the site', cell: ({ upTo }: PipelineBucket) => sizeBucketName(upTo) },
      { title: 'Running', cell: ({ open }) => ({ value: open, text: open.toLocaleString('en-US') }) },
      {
        title: 'Bought in 90 days',
        cell: ({ borrowed, history: { part, whole } }) => `${rate(part, whole)}${borrowed ? ', all sizes' : ''}`,
      },
      {
        title: 'Median first year $',
        cell: ({ firstYear }) => ({ value: firstYear / 100, text: exactDollars(firstYear) }),
      },
    ],
    pipeline.buckets,
  );
  const running = pipeline.buckets.reduce((sum, { open }) => sum + open, 0);
  const { expected, high, low } = pipeline;
  const sentence = mrk`${count(running, 'running evaluation')}: ${dollars(low)} to ${dollars(high)} in the first year, expected ${dollars(expected)}, if they buy as evaluations of their size did in the last year. Sizes with too few sales take the numbers of all sizes.`;
  return message(sentence, [section(sentence), block]);
}

import { type Retention, retentionOf } from '../analytics/retention.ts';
import { runRateAt } from '../analytics/run-rate.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';
import type { RunRate } from './run-rate-moves.ts';
import { readRunRateOn } from './run-rate-on.ts';

const YEAR_DAYS = 365;
const FOUR_WEEKS_DAYS = 28;

/** Retention over the four weeks of a digest and over twelve months, the board's number; undefined: nothing to keep. */
export interface Retentions {
  readonly fourWeeks: Retention | undefined;
  readonly twelveMonths: Retention | undefined;
}

/** Retention until the end of the week told, or until the last day known. */
export async function readRetentions(
  read: ReadModel,
  request: DigestRequest,
  { coverage, endings }: RunRate,
  until: Day,
): Promise<Retentions> {
  const saturday = addDays(request.week, 6);
  const to = saturday < until ? saturday : until;
  const end = runRateAt(coverage, to, endings);
  return {
    fourWeeks: retentionOf(runRateAt(coverage, addDays(to, -FOUR_WEEKS_DAYS), endings), end),
    twelveMonths: retentionOf(
      await readRunRateOn(read, request, addDays(to, -YEAR_DAYS), { isLongAgo: true }),
      end,
    ),
  };
}

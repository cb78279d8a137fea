import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import { convertedWithin } from './cohorts.ts';
import { type Coverage, yearlyRate } from './coverage.ts';
import type { Evaluation } from './evaluations.ts';
import type { OpenEvaluation } from './open-evaluations.ts';
import { median } from './order-statistics.ts';
import { rateRange } from './unusual-rate.ts';
import { significance } from './usual.ts';

/** Upper ends, in users, of the size buckets; a last one takes evaluations of unknown size. */
export const SIZE_BUCKETS = [10, 50, 100, 500, 1000, Number.POSITIVE_INFINITY];

/** A bucket with fewer past evaluations, or fewer sales, borrows the rate and value of all sizes together. */
const FEWEST_EVALUATIONS = 20;
const FEWEST_SALES = 3;

/** Days to buy, and to be believed: evaluations younger than this say nothing about conversion yet. */
const TO_BUY_DAYS = 90;
const MATURE_DAYS = TO_BUY_DAYS + 3;

/** The running evaluations of one size. */
export interface PipelineBucket {
  /** Largest number of users in the bucket; undefined for evaluations of unknown size. */
  readonly upTo: number | undefined;
  readonly open: number;
  /** The history the estimate rests on: bought within 90 days, of those started in the mature 365 days. */
  readonly history: { readonly part: number; readonly whole: number };
  /** Median first-year value of those bought, cents of partner share. */
  readonly firstYear: Cents;
  /** True if the history is that of all sizes, because this bucket's own is too short. */
  readonly borrowed: boolean;
}

/** What the running evaluations are worth, by the own history; partner share a year, in cents. */
export interface Pipeline {
  readonly expected: Cents;
  /** With the fewest and the most sales that would not be unusual (exact 99 % range of each bucket, added up). */
  readonly low: Cents;
  readonly high: Cents;
  /** Only buckets with running evaluations. */
  readonly buckets: readonly PipelineBucket[];
}

/** The upper end of the bucket a number of users falls into; undefined for an unknown one. */
export function sizeBucketOf(users: number | undefined): number | undefined {
  return users === undefined ? undefined : SIZE_BUCKETS.find((upTo) => users <= upTo);
}

/** First-year value of an evaluation that was bought: 365 x its first net daily rate; undefined without coverage. */
export function firstYearOf(evaluation: Evaluation, coverage: Coverage): Cents | undefined {
  const first = coverage.stretches.get(evaluation.paidEntitlement ?? '')?.[0];
  return first && yearlyRate(first.dailyRate);
}

interface History {
  readonly part: number;
  readonly whole: number;
  readonly firstYear: Cents | undefined;
}

function isBoughtInTime(evaluation: Evaluation): boolean {
  return convertedWithin(evaluation, TO_BUY_DAYS);
}

/**
 * By how much the unsold evaluations of known size stand for those of unknown size too. Everybody who bought has a size,
 * that of the tier, but not everybody who did not: left alone, every size would seem to sell better than all together.
 */
function unsoldWeight(past: readonly Evaluation[]): number {
  const unsold = past.filter((one) => !isBoughtInTime(one));
  const known = unsold.filter(({ users }) => users !== undefined).length;
  return known === 0 ? 1 : unsold.length / known;
}

function historyOf(past: readonly Evaluation[], coverage: Coverage, weight = 1): History {
  const bought = past.filter(isBoughtInTime);
  const values = bought.map((one) => firstYearOf(one, coverage)).filter((value) => value !== undefined);
  const unsold = Math.round((past.length - bought.length) * weight);
  return { part: bought.length, whole: bought.length + unsold, firstYear: median(values) };
}

/**
 * Value of the running evaluations: per size bucket their number x the own conversion rate x the own median first-year
 * value. The rate is that of evaluations started in the 365 days before the newest 93, which all had 90 days to buy;
 * `coverage` is that of the paid lines. Undefined as long as no evaluation of that time was bought: then there is no
 * history to price anything with.
 */
export function pipelineValue(
  open: readonly OpenEvaluation[],
  evaluations: Iterable<Evaluation>,
  coverage: Coverage,
  today: Day,
): Pipeline | undefined {
  const newest = addDays(today, -MATURE_DAYS);
  const oldest = addDays(newest, -365);
  const past = Iterator.from(evaluations)
    .filter(({ start }) => start > oldest && start <= newest)
    .toArray();
  const all = historyOf(past, coverage);
  if (all.firstYear === undefined) return undefined;

  const weight = unsoldWeight(past);
  const pastBySize = Map.groupBy(past, ({ users }) => sizeBucketOf(users));
  const openBySize = Map.groupBy(open, ({ users }) => sizeBucketOf(users));
  const sums = { expected: 0, low: 0, high: 0 };
  const buckets: PipelineBucket[] = [];
  for (const upTo of [...SIZE_BUCKETS, undefined]) {
    const running = openBySize.get(upTo)?.length ?? 0;
    if (running === 0) continue;
    const own = historyOf(pastBySize.get(upTo) ?? [], coverage, weight);
    const isShort = own.whole < FEWEST_EVALUATIONS || own.part < FEWEST_SALES || own.firstYear === undefined;
    const borrowed = upTo === undefined || isShort;
    const { part, whole, firstYear = all.firstYear } = borrowed ? all : own;
    const range = rateRange(running, { part, whole }, significance());
    sums.expected += running * (part / whole) * firstYear;
    sums.low += range.low * firstYear;
    sums.high += range.high * firstYear;
    buckets.push({ upTo, open: running, history: { part, whole }, firstYear, borrowed });
  }
  return {
    expected: Math.round(sums.expected),
    low: Math.round(sums.low),
    high: Math.round(sums.high),
    buckets,
  };
}

import type { RateAssessment } from '../../analytics/unusual-rate.ts';
import type { Assessment } from '../../analytics/usual.ts';
import { type Mrkdwn, mrk } from './escape.ts';
import { percentage } from './words.ts';

/** Chance in words people use: a number of weeks, never a p. Nothing where no exact test gave one. */
function luck(chance: number | undefined): string {
  if (chance === undefined || chance >= 0.01) return '';
  return chance < 0.001 ? ' (less than 1 in 1,000 by luck)' : ' (less than 1 in 100 by luck)';
}

/** What a number is compared with. */
export type Periods = 'weeks' | 'months';

function verdictWords({ chance, verdict }: Assessment, periods: Periods): Mrkdwn {
  switch (verdict) {
    case 'within':
      return mrk`within the usual range`;
    case 'higher':
      return mrk`*higher than usual*${luck(chance)}`;
    case 'lower':
      return mrk`*lower than usual*${luck(chance)}`;
    case 'too early':
      return mrk`still filling, so not called low`;
    case 'no history':
      return mrk`too few ${periods} before it to say what is usual`;
    case 'unknown':
      return mrk`not known yet`;
  }
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** A count beside what is usual: "usual 5 (range 1 to 11): within the usual range". */
export function countComparison(assessment: Assessment, periods: Periods = 'weeks'): Mrkdwn {
  const { high, low, usual } = assessment;
  if (usual === undefined) return verdictWords(assessment, periods);
  const range = low === undefined || high === undefined ? '' : ` (range ${number(low)} to ${number(high)})`;
  return mrk`usual ${number(usual)}${range}: ${verdictWords(assessment, periods)}`;
}

/** Below this many, a rate's percentage says less than its counts. */
const FEW = 10;

/**
 * A rate beside what is usual, its range as counts of the same whole: "usual 4 % (range 0 to 7 of 75): ...", of few
 * "usual 0 to 2 of 6: ...".
 */
export function rateComparison(assessment: RateAssessment, periods: Periods = 'weeks'): Mrkdwn {
  const { high, low, usual, whole } = assessment;
  if (whole === 0) return mrk`none due, so there is nothing to compare`;
  if (usual === undefined || whole === undefined) return verdictWords(assessment, periods);
  const share = percentage(usual * 100);
  if (low === undefined || high === undefined)
    return mrk`usual ${share}: ${verdictWords(assessment, periods)}`;
  const range = `${number(low)} to ${number(high)} of ${number(whole)}`;
  return mrk`usual ${whole < FEW ? range : `${share} (range ${range})`}: ${verdictWords(assessment, periods)}`;
}

/** True where a test says so: only then a number may be called higher or lower. */
export function isUnusual({ verdict }: Assessment): boolean {
  return verdict === 'higher' || verdict === 'lower';
}

/**
 * What four weeks together show and one week does not, to go on with a comparison: "; in the last 4 weeks 27 of 290,
 * usual ...". Nothing where their test finds nothing.
 */
export function fourWeekRate(fourWeeks: RateAssessment): Mrkdwn {
  const { value, whole } = fourWeeks;
  if (!isUnusual(fourWeeks) || value === undefined || whole === undefined) return mrk``;
  return mrk`; in the last 4 weeks ${number(value)} of ${number(whole)}, ${rateComparison(fourWeeks)}`;
}

/** The same of a count: "; in the last 4 weeks 118, usual 164 ...". */
export function fourWeekCount(fourWeeks: Assessment): Mrkdwn {
  const { value } = fourWeeks;
  if (!isUnusual(fourWeeks) || value === undefined) return mrk``;
  return mrk`; in the last 4 weeks ${number(value)}, ${countComparison(fourWeeks)}`;
}

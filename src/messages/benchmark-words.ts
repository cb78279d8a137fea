import type { GrowthComparison, PercentilePosition } from '../analytics/benchmarks.ts';
import { ordinal } from './kit/words.ts';

/** Growth of less than this, in percent, is called flat. */
const FLAT = 0.5;

/** A gap of less than this, in percentage points, is none at the precision shown. */
const NO_GAP = 0.05;

/** One decimal, so that own growth, gap and the Marketplace's add up as they are read. */
function decimal(value: number): string {
  return Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A number with its direction and one decimal: `+24.7`, `-4.4`, `0.0`. */
export function signed(value: number): string {
  const text = decimal(value);
  return text === '0.0' ? text : `${value > 0 ? '+' : '-'}${text}`;
}

/** A growth with its direction: `+24.7 %`, `-4.4 %`, `0.0 %`. */
export function signedPercentage(value: number): string {
  return `${signed(value)}\u00A0%`;
}

/** `grew 24.7 %`, `fell 4.4 %`, `were flat (-0.3 %)`. */
export function growthWords(growth: number): string {
  if (Math.abs(growth) < FLAT) return `were flat (${signedPercentage(growth)})`;
  return `${growth > 0 ? 'grew' : 'fell'} ${decimal(growth)}\u00A0%`;
}

/** `4.1 pp better`, `2.0 pp worse`, `as good`: own growth minus the Marketplace's. */
export function leadWords(gap: number): string {
  if (Math.abs(gap) < NO_GAP) return 'as good';
  return `${decimal(gap)}\u00A0pp ${gap > 0 ? 'better' : 'worse'}`;
}

/** `4.1 pp better than`, `2.0 pp worse than`, `as well as`. */
export function gapWords(gap: number): string {
  return Math.abs(gap) < NO_GAP ? 'as well as' : `${leadWords(gap)} than`;
}

/**
 * "you did 4.1 pp better than all partners: they fell 4.4 %, you were flat (-0.3 %)". `noBase` is said where there is
 * nothing to grow from.
 */
export function comparisonWords(growth: GrowthComparison, others: string, noBase: string): string {
  const { gap, marketplace, own } = growth;
  if (own === null) return `no comparison (${noBase})`;
  if (gap === null || marketplace === null)
    return `you ${growthWords(own)}; no comparison with ${others} is published`;
  return `you did ${gapWords(gap)} ${others}: they ${growthWords(marketplace)}, you ${growthWords(own)}`;
}

/** `99th percentile (unchanged)`, `83rd percentile (down 2)`, `top of the Marketplace (up 1)`, `not published`. */
export function percentileWords({ change, now }: PercentilePosition): string {
  if (now === null) return 'not published';
  const place = now >= 100 ? 'top of the Marketplace' : `${ordinal(now)} percentile`;
  if (change === null) return place;
  if (change === 0) return `${place} (unchanged)`;
  return `${place} (${change > 0 ? 'up' : 'down'} ${Math.abs(change)})`;
}

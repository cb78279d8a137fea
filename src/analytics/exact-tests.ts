const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** R's `binom.test` and `fisher.test` call two outcomes equally likely within this relative difference. */
const SAME = 1e-7;

/** Natural logarithm of the gamma function for x > 0 (Lanczos, g = 7, 9 terms: about 15 digits). */
export function logGamma(x: number): number {
  const t = x + 6.5;
  let series = LANCZOS[0] ?? 1;
  for (let term = 1; term < LANCZOS.length; term += 1) series += (LANCZOS[term] ?? 0) / (x - 1 + term);
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** ln of "n choose k" for integers 0 <= k <= n; minus infinity outside. */
function logChoose(n: number, k: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  if (k === 0 || k === n) return 0;
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** The first integer in [from, to] where `holds` is true; `to + 1` if none. `holds` must stay true once true. */
export function firstWhere(from: number, to: number, holds: (value: number) => boolean): number {
  let low = from;
  let high = to + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sum of probabilities from `start` in steps of `step` until `end` or until the terms no longer matter. */
function sumTail(start: number, end: number, step: 1 | -1, logChance: (outcome: number) => number): number {
  let sum = 0;
  for (let outcome = start; step * (end - outcome) >= 0; outcome += step) {
    const term = Math.exp(logChance(outcome));
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
}

/**
 * Two-sided p of a distribution with one peak: the chance of all outcomes that are at most as likely as the one seen
 * (the definition R and SciPy use). The outcomes are the integers from `least` to `most`, the peak is at `mode`.
 */
function atMostAsLikely(
  seen: number,
  [least, most]: readonly [number, number],
  mode: number,
  logChance: (outcome: number) => number,
): number {
  const limit = logChance(seen) + SAME;
  const unlikely = (outcome: number) => logChance(outcome) <= limit;
  if (unlikely(mode)) return 1;
  const upper = firstWhere(mode, most, unlikely);
  const lower = firstWhere(least, mode, (outcome) => !unlikely(outcome)) - 1;
  const sum = sumTail(upper, most, 1, logChance) + sumTail(lower, least, -1, logChance);
  return Math.min(1, sum);
}

/**
 * Exact two-sided binomial test: the chance of `successes` of `trials`, or anything no likelier, when every trial
 * succeeds with probability `share` (strictly between 0 and 1). Equals R's `binom.test(successes, trials, share)`.
 */
export function binomialTest(successes: number, trials: number, share: number): number {
  const logChance = (outcome: number) =>
    logChoose(trials, outcome) + outcome * Math.log(share) + (trials - outcome) * Math.log1p(-share);
  const mode = Math.min(trials, Math.floor((trials + 1) * share));
  return atMostAsLikely(successes, [0, trials], mode, logChance);
}

/**
 * Fisher's exact two-sided test of two rates, `part` of `whole` against `otherPart` of `otherWhole`: given both wholes
 * and the sum of the parts, `part` is hypergeometric if the rates are equal. Equals R's `fisher.test` p-value.
 */
export function fisherTest(part: number, whole: number, otherPart: number, otherWhole: number): number {
  const marked = part + otherPart;
  const total = whole + otherWhole;
  const base = logChoose(total, whole);
  const logChance = (outcome: number) =>
    logChoose(marked, outcome) + logChoose(total - marked, whole - outcome) - base;
  const least = Math.max(0, marked - otherWhole);
  const most = Math.min(marked, whole);
  const mode = Math.min(most, Math.max(least, Math.floor(((whole + 1) * (marked + 1)) / (total + 2))));
  return atMostAsLikely(part, [least, most], mode, logChance);
}

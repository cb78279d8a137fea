/** Times, in ms. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Percentiles of a histogram of nanoseconds. */
export function timesOf(histogram: { percentile(p: number): number; readonly max: number }): Times {
  return {
    p50: histogram.percentile(50) / 1e6,
    p99: histogram.percentile(99) / 1e6,
    max: histogram.max / 1e6,
  };
}

/** `0.12 / 0.80 / 3` */
export function timesText({ max, p50, p99 }: Times): string {
  return `${p50.toFixed(2)} / ${p99.toFixed(2)} / ${max.toFixed(0)} ms`;
}

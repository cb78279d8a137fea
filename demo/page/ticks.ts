/** Round steps (1, 2, 2.5, 5 times a power of ten) that cover the values and zero in about five lines. */
export function niceTicks(low: number, high: number): number[] {
  const from = Math.min(0, low);
  const to = Math.max(0, high);
  const span = to - from || 1;
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** A tick as people read it: `1,500`, `12K`, `2.5M`. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  const format = (scaled: number): string => scaled.toLocaleString('en-US', { maximumFractionDigits: 2 });
  if (size >= 1_000_000) return `${format(value / 1_000_000)}M`;
  return size >= 10_000 ? `${format(value / 1_000)}K` : format(value);
}

/**
 * How long to wait after the nth try: 2, 4, 8, 16, 32, 40 seconds with full jitter, one second at least. No longer, because within
 * a minute after Slack is back everything has to go on.
 */
export function backoffMs(attempts: number, random: () => number): number {
  return Math.max(1000, Math.round(random() * Math.min(40_000, 2000 * 2 ** (Math.max(1, attempts) - 1))));
}

/** What a storm came to. Everything from `lost` on should be 0. */
export interface Tally {
  faults: number;
  kills: number;
  messages: number;
  lost: number;
  extra: number;
  corrupt: number;
  leaks: number;
}

/** Nothing happened yet. */
export function emptyTally(): Tally {
  return { faults: 0, kills: 0, messages: 0, lost: 0, extra: 0, corrupt: 0, leaks: 0 };
}

/** Several storms as one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += tally[name];
  }
  return sum;
}

/** `faults=… kills=… messages=… lost=… extra=… corrupt=… leaks=… seed=…`. */
export function lineOf(tally: Tally, seed: number): string {
  const { corrupt, extra, faults, kills, leaks, lost, messages } = tally;
  const parts = { faults, kills, messages, lost, extra, corrupt, leaks, seed };
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${value.toLocaleString('en-US', { useGrouping: name !== 'seed' })}`)
    .join(' ');
}

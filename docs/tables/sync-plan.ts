import type { Rhythm } from '../../src/sync/data-set.ts';
import { DATA_SETS } from '../../src/sync/data-sets/index.ts';
import { toTable } from './markdown.ts';

const every = (hours: number | undefined): string => {
  if (hours === undefined) return 'never';
  return hours === 0 ? 'with every sync' : `every ${hours} hours`;
};

const toRow = (
  name: string,
  endpoints: readonly string[],
  { asks, fullHours, recentHours }: Rhythm,
): string[] => [
  `\`${name}\``,
  endpoints.map((id) => `\`${id}\``).join(', '),
  every(fullHours),
  every(recentHours),
  asks,
];

/** What a sync pulls, how often, and how much of it. */
export function syncPlanTable(): string {
  return toTable(
    ['data set', 'endpoints', 'in full', 'what is recent', 'asked for'],
    DATA_SETS.map(({ endpoints, name, rhythm }) => toRow(name, endpoints, rhythm)),
  );
}

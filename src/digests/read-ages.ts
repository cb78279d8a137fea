import type { Instant } from '../domain/day.ts';
import type { Unread } from '../messages/kit/unread.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DatasetName } from '../store/sync-runs.ts';

/** How old the data behind a message is, and what of it was never read. */
export interface Ages {
  /** The oldest good pull among those that were read; undefined when none was. */
  readonly asOf: Instant | undefined;
  readonly unread: readonly Unread[];
}

/** The ages of data sets, each with what a sentence calls it. One that was never read says nothing of the others' age. */
export async function readAges(
  read: ReadModel,
  developerId: string,
  names: Readonly<Partial<Record<DatasetName, string>>>,
): Promise<Ages> {
  const freshness = await read.readFreshness(developerId);
  const used = freshness.filter(({ dataset }) => names[dataset] !== undefined);
  const ages = used.flatMap(({ goodAt }) => goodAt ?? []);
  return {
    asOf: ages.length === 0 ? undefined : Math.min(...ages),
    unread: used
      .filter(({ goodAt }) => goodAt === undefined)
      .map(({ dataset, failedCode }) => ({ name: names[dataset] ?? dataset, failedCode })),
  };
}

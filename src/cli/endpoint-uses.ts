import { ALERTS } from '../alerts/index.ts';
import { COMMANDS } from '../commands/index.ts';
import { DIGESTS } from '../digests/index.ts';
import type { DatasetName } from '../store/sync-runs.ts';
import { DATA_SETS } from '../sync/data-sets/index.ts';

/** A data set that an endpoint fills, and who reads it. */
export interface EndpointUse {
  readonly dataSet: DatasetName;
  /** Ids; a digest is a command too and is named once. */
  readonly digests: readonly string[];
  readonly alerts: readonly string[];
  /** First words of slash commands. */
  readonly commands: readonly string[];
}

type Reader = { readonly reads: readonly DatasetName[] };

/** Where the product uses what an endpoint answers: empty for those that only `pulse report` asks. */
export function usesOf(endpointId: string): EndpointUse[] {
  const filled = DATA_SETS.filter(({ endpoints }) => endpoints.includes(endpointId));
  return filled.map(({ name }): EndpointUse => {
    const reading = <One extends Reader>(all: readonly One[]) =>
      all.filter(({ reads }) => reads.includes(name));
    const digests = reading(DIGESTS).map(({ id }) => id);
    return {
      dataSet: name,
      digests,
      alerts: reading(ALERTS).map(({ id }) => id),
      commands: reading(COMMANDS)
        .map(({ words: [word] }) => word)
        .filter((word) => !digests.includes(word)),
    };
  });
}

/** The uses in words: `licenses: digests churn, renewal; alert large-transaction; /pulse lookup`. */
export function spokenUse({ alerts, commands, dataSet, digests }: EndpointUse): string {
  const named = (noun: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : [`${noun}${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`];
  const asked = commands.length === 0 ? [] : [`/pulse ${commands.join(', ')}`];
  return `${dataSet}: ${[...named('digest', digests), ...named('alert', alerts), ...asked].join('; ')}`;
}

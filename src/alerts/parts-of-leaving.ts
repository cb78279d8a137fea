import type { SeenFact } from './match-facts.ts';

/** The facts of a run without those that are part of another one. */
export interface WithoutParts {
  readonly found: readonly SeenFact[];
  /** Names of the rows of which nothing else is to be told. */
  readonly parts: ReadonlySet<string>;
}

/**
 * A customer that leaves, writes why and gets its last bill back is one fact: the alert about leaving tells all of it.
 * `isSaid`: whether the channel heard, or hears now, that it leaves; `isTold`: whether a fact has a message of its own.
 */
export function withoutPartsOfLeaving(
  found: readonly SeenFact[],
  isSaid: (leaving: SeenFact) => boolean,
  isTold: (seen: SeenFact) => boolean,
): WithoutParts {
  const leaving = found.filter((seen) => seen.rule === 'customer-leaving' && isSaid(seen));
  const entitlements = new Set(leaving.map(({ fact }) => fact.entitlement));
  const parts = new Set(leaving.flatMap(({ fact }) => fact.parts ?? []));
  const isPart = ({ fact, rule }: SeenFact): boolean =>
    rule === 'feedback'
      ? entitlements.has(fact.entitlement)
      : rule === 'refund' && fact.marks.every((mark) => parts.has(mark));
  return { found: found.filter((seen) => !isPart(seen) || isTold(seen)), parts };
}

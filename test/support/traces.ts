import type { DigestTrace } from '../../src/domain/traced-number.ts';

/** The numbers of a digest that tells none. */
export function aTrace(changes: Partial<DigestTrace> = {}): DigestTrace {
  return {
    ref: '0123456789ab',
    digest: 'churn',
    title: 'Churn, 8–14 Mar, All cloud apps',
    asks: 'churn 2026-03-08',
    developerId: 'dev-1',
    knownAt: Date.parse('2026-03-17T06:00:00Z'),
    numbers: [],
    ...changes,
  };
}

import { describe, expect, it } from 'vitest';
import { pooledDue } from '../../../src/analytics/pooled-due.ts';
import type { RecordedEvent } from '../../../src/domain/recorded.ts';
import { churn, createRandom } from './rows.ts';

const WEEK = '2026-03-08';
const renewal = (changes: Partial<RecordedEvent>) => churn({ kind: 'renewal', ...changes });

/** Four weeks, 15 February to 14 March. A renews twice, B renews and leaves, C leaves, one without a name renews. */
const EVENTS = [
  renewal({ entitlement: 'A', eventDate: '2026-02-15', monthsValid: 1 }),
  renewal({ entitlement: 'A', eventDate: '2026-03-14', monthsValid: 1 }),
  renewal({ entitlement: 'B', eventDate: '2026-02-20', monthsValid: 1 }),
  churn({ entitlement: 'B', eventDate: '2026-03-10', monthsValid: 1 }),
  churn({ entitlement: 'C', eventDate: '2026-03-01', monthsValid: 12 }),
  renewal({ entitlement: '', eventDate: '2026-03-02', monthsValid: 12 }),
  // Neither of these counts.
  renewal({ entitlement: 'D', eventDate: '2026-02-14', monthsValid: 1 }),
  renewal({ entitlement: 'E', eventDate: '2026-03-15', monthsValid: 1 }),
  churn({ entitlement: 'F', eventDate: '2026-03-10', kind: 'conversion' }),
];

describe('customers due in several weeks', () => {
  it('are counted once each, by what became of them last', () => {
    // A and the nameless one renewed, B and C left: 4, although the weeks count 6.
    expect(pooledDue(EVENTS, { week: WEEK, weeks: 4, counted: 6 })).toMatchObject({
      left: 2,
      renewed: 2,
      due: 4,
    });
  });

  it('can be those of one billing period', () => {
    expect(pooledDue(EVENTS, { week: WEEK, weeks: 4, counted: 4, plan: 'Monthly' })).toMatchObject({
      left: 1,
      renewed: 1,
      due: 2,
    });
    expect(pooledDue(EVENTS, { week: WEEK, weeks: 4, counted: 2, plan: 'Annual' })?.due).toBe(2);
  });

  it('have left when they left and renewed on one day, in whichever order that was listed', () => {
    const both = [
      renewal({ entitlement: 'A', eventDate: '2026-03-10' }),
      churn({ entitlement: 'A', eventDate: '2026-03-10' }),
    ];
    const expected = { left: 1, renewed: 0, due: 1, customers: [{ kind: 'churn' }] };
    expect(pooledDue(both, { week: WEEK, weeks: 1, counted: 1 })).toMatchObject(expected);
    expect(pooledDue(both.toReversed(), { week: WEEK, weeks: 1, counted: 1 })).toMatchObject(expected);
  });

  it('are not told where the lists name less than nine tenths of those counted', () => {
    // 6 of 6 and 6 of 6.67 are enough, 6 of 7 are not.
    expect(pooledDue(EVENTS, { week: WEEK, weeks: 4, counted: 6 })).toBeDefined();
    expect(pooledDue(EVENTS, { week: WEEK, weeks: 4, counted: 7 })).toBeUndefined();
    expect(pooledDue([], { week: WEEK, weeks: 4, counted: 1 })).toBeUndefined();
    expect(pooledDue([], { week: WEEK, weeks: 4, counted: 0 })).toMatchObject({
      left: 0,
      renewed: 0,
      due: 0,
    });
  });

  it('do not depend on the order of the lists', () => {
    const random = createRandom(3);
    const weeks = { week: WEEK, weeks: 4, counted: 6 } as const;
    for (let example = 0; example < 20; example += 1)
      expect(pooledDue(random.shuffle(EVENTS), weeks)).toEqual(pooledDue(EVENTS, weeks));
  });
});

import { describe, expect, it } from 'vitest';
import { churnDigest } from '../../src/messages/churn-digest.ts';
import { assessment, facts, LEAVERS, situations } from '../situations/churn.ts';

describe('the churn digest', () => {
  it('of a quiet week is one line', () => {
    expect(situations.quiet().thread).toEqual([]);
  });

  it('of one app speaks of that app, and its buttons ask for it', () => {
    const { blocks } = situations['one-app']();
    const [week, before] = ['2026-03-08', '2026-03-01'];
    expect(JSON.stringify(blocks)).toContain(`churn \\"Checklists\\" ${week} details`);
    expect(JSON.stringify(blocks)).toContain(`churn \\"Checklists\\" ${before}`);
  });
});

describe('what the churn digest does not know', () => {
  const unknown = { ...assessment, value: undefined, whole: undefined, verdict: 'unknown' } as const;
  const nothing = { leavers: [], byApp: [], paidUntil: [], changes: undefined } as const;
  const plans = {
    fourWeeks: unknown,
    plans: ['Monthly', 'Annual'].map((plan) => ({
      plan,
      week: unknown,
      fourWeeks: unknown,
      pooled: undefined,
    })),
  };

  it.each([
    ['provisional', 1, "Atlassian has not published this week's churn yet."],
    ['final', 1, 'Atlassian has no churn number for this week.'],
    ['provisional', undefined, 'No churn numbers have been read yet.'],
  ] as const)('is said and never shown as 0: %s, %s', (state, asOf, sentence) => {
    const digest = churnDigest(facts({ ...nothing, ...plans, assessment: unknown, state, asOf }));
    expect(digest.text).toBe(`Churn 8–14 Mar, All cloud apps: ${sentence}`);
    expect(JSON.stringify(digest.blocks)).not.toMatch(/\$0|nobody|NaN|undefined/);
  });

  it('is the worth of people whom the list does not name', () => {
    const digest = churnDigest(facts({ ...nothing }));
    const words = JSON.stringify(digest.blocks);
    expect(words).toContain('6 of 75 customers due for renewal left');
    expect(words).not.toMatch(/Lost revenue|Kept another|\$0/);
  });

  it('is not made up where the list names fewer than Atlassian counts', () => {
    const digest = churnDigest(facts({ leavers: LEAVERS.slice(0, 1) }));
    expect(digest.text).toContain('Those named below paid us $13.1k a year.');
  });
});

describe('the verdict', () => {
  it.each([
    [{ value: 0, whole: 0 }, 'No customer was due for renewal.'],
    [
      { value: 0, whole: 1, high: 1 },
      'None of 1 customer due for renewal left; usual 0 to 1 of 1: within the usual range.',
    ],
    [
      { value: 1, whole: 9, high: 2 },
      '1 of 9 customers due for renewal left; usual 0 to 2 of 9: within the usual range.',
    ],
  ])('of %o is one sentence', (rate, sentence) => {
    const digest = churnDigest(
      facts({ assessment: { ...assessment, ...rate }, leavers: [], changes: undefined }),
    );
    expect(digest.text).toBe(`Churn 8–14 Mar, All cloud apps: ${sentence}`);
  });

  it('says that a running week is not over', () => {
    expect(churnDigest(facts({ state: 'open' })).text).toMatch(/ So far: the week is not over\.$/);
  });
});

it('the sums of the digest are the sums of its rows', () => {
  const { blocks, thread } = churnDigest(facts());
  const total = LEAVERS.reduce((sum, one) => sum + one.value, 0);
  expect(JSON.stringify(blocks)).toContain('$18.1k');
  expect(thread[0]?.text).toContain('$18,100.00');
  expect(total).toBe(1_810_000);
  const rows = thread[0]?.blocks.find(({ type }) => type === 'data_table')?.['rows'] as {
    value?: number;
  }[][];
  expect(rows.slice(1).reduce((sum, row) => sum + (row[2]?.value ?? 0), 0)).toBe(18_100);
});

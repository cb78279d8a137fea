import { describe, expect, it } from 'vitest';
import type { RateAssessment } from '../../../../src/analytics/unusual-rate.ts';
import type { Assessment } from '../../../../src/analytics/usual.ts';
import { changedLine, changedReplies, names } from '../../../../src/messages/kit/changed.ts';
import {
  countComparison,
  fourWeekCount,
  fourWeekRate,
  rateComparison,
} from '../../../../src/messages/kit/comparison.ts';
import { dataAge } from '../../../../src/messages/kit/freshness.ts';
import { weekNote } from '../../../../src/messages/kit/week-state.ts';

const NB = '\u00A0';

const usual: Assessment = {
  value: 6,
  usual: 5,
  low: 1,
  high: 11,
  verdict: 'within',
  chance: 0.4,
  holiday: false,
};
const rate: RateAssessment = {
  ...usual,
  usual: 0.04,
  low: 0,
  high: 7,
  whole: 75,
  history: { part: 36, whole: 900 },
};

describe('a count beside what is usual', () => {
  it('says the usual, the range and where it lies', () => {
    expect(countComparison(usual).mrkdwn).toBe('usual 5 (range 1 to 11): within the usual range');
  });

  it('names what it is compared with', () => {
    const none = { ...usual, usual: undefined, verdict: 'no history' } as const;
    expect(countComparison(none).mrkdwn).toBe('too few weeks before it to say what is usual');
    expect(countComparison(none, 'months').mrkdwn).toBe('too few months before it to say what is usual');
    expect(rateComparison({ ...rate, ...none }, 'months').mrkdwn).toBe(
      'too few months before it to say what is usual',
    );
  });

  it('calls a week unusual only with the chance of it, in words', () => {
    const higher = { ...usual, verdict: 'higher', chance: 0.004 } as const;
    expect(countComparison(higher).mrkdwn).toBe(
      'usual 5 (range 1 to 11): *higher than usual* (less than 1 in 100 by luck)',
    );
    expect(countComparison({ ...higher, chance: 0.0004 }).mrkdwn).toContain('(less than 1 in 1,000 by luck)');
    expect(countComparison({ ...higher, verdict: 'lower' }).mrkdwn).toContain(
      '*lower than usual* (less than',
    );
  });

  it('claims no chance where there is none to claim', () => {
    for (const chance of [undefined, 0.01, 0.3]) {
      expect(countComparison({ ...usual, verdict: 'higher', chance }).mrkdwn).toBe(
        'usual 5 (range 1 to 11): *higher than usual*',
      );
    }
  });

  it('does not call a week low that is still filling', () => {
    expect(countComparison({ ...usual, verdict: 'too early' }).mrkdwn).toMatch(
      /: still filling, so not called low$/,
    );
  });

  it('says when there is too little before it, and when it is not known', () => {
    const blank = { ...usual, usual: undefined, low: undefined, high: undefined };
    expect(countComparison({ ...blank, verdict: 'no history' }).mrkdwn).toBe(
      'too few weeks before it to say what is usual',
    );
    expect(countComparison({ ...blank, verdict: 'unknown' }).mrkdwn).toBe('not known yet');
  });
});

describe('a rate beside what is usual', () => {
  it('gives the range as counts of the same whole', () => {
    expect(rateComparison(rate).mrkdwn).toBe(`usual 4${NB}% (range 0 to 7 of 75): within the usual range`);
  });

  it('of few gives counts alone, because a percentage would say more than there is', () => {
    expect(rateComparison({ ...rate, whole: 6, high: 2 }).mrkdwn).toBe(
      'usual 0 to 2 of 6: within the usual range',
    );
  });

  it('of nobody has nothing to compare', () => {
    expect(rateComparison({ ...rate, whole: 0 }).mrkdwn).toBe('none due, so there is nothing to compare');
  });

  it('that is not known says so beside the usual one', () => {
    const unknown = {
      ...rate,
      value: undefined,
      low: undefined,
      high: undefined,
      verdict: 'unknown',
    } as const;
    expect(rateComparison(unknown).mrkdwn).toBe(`usual 4${NB}%: not known yet`);
    expect(rateComparison({ ...unknown, whole: 6 }).mrkdwn).toBe(`usual 4${NB}%: not known yet`);
    expect(rateComparison({ ...unknown, whole: undefined }).mrkdwn).toBe('not known yet');
  });
});

describe('what changed since the last digest', () => {
  const week = { week: '2026-03-01', before: 5, after: 7, who: ['+Globex', '+Initech'] } as const;

  it('is nothing to say in a first digest', () => {
    expect(changedLine(undefined, 'cancellations')).toBeUndefined();
  });

  it('is said when it is nothing', () => {
    expect(changedLine([], 'cancellations')?.mrkdwn).toBe(
      '*Changed since my last digest:* nothing in the weeks I told',
    );
  });

  it('tells week, numbers and names', () => {
    expect(changedLine([week], 'cancellations')?.mrkdwn).toBe(
      '*Changed since my last digest*, cancellations: week 1–7 Mar from 5 to 7 (+Globex, +Initech)',
    );
  });

  it('tells that others left where the number is the same', () => {
    const swapped = { ...week, after: 5, who: ['+Globex', '-Initech'] };
    expect(changedLine([swapped], 'cancellations')?.mrkdwn).toContain(
      'week 1–7 Mar still 5, but not the same ones (+Globex, -Initech)',
    );
  });

  it('tells three weeks and counts the rest', () => {
    const line =
      changedLine(
        Array.from({ length: 5 }, () => ({ ...week, before: 1000, after: 1234 })),
        'x',
      )?.mrkdwn ?? '';
    expect(line.match(/from 1,000 to 1,234/g)).toHaveLength(3);
    expect(line).toMatch(/; and 2 more weeks, in the thread$/);
  });

  it('tells of how many, and never a number that is gone as 0', () => {
    const whole = { before: 71, after: 75 };
    expect(changedLine([{ ...week, whole, who: [] }], 'x')?.mrkdwn).toContain('from 5 of 71 to 7 of 75');
    expect(changedLine([{ ...week, after: 5, whole, who: [] }], 'x')?.mrkdwn).toContain(
      'from 5 of 71 to 5 of 75',
    );
    expect(changedLine([{ ...week, after: undefined }], 'x')?.mrkdwn).toContain(
      'from 5 to no number any more',
    );
  });

  it('tells weeks that no digest told, apart from those that changed', () => {
    const untold = { week: '2026-03-08', before: 'untold', after: 4 } as const;
    expect(changedLine([untold, week], 'cancellations')?.mrkdwn).toBe(
      '*Changed since my last digest*, cancellations: week 1–7 Mar from 5 to 7 (+Globex, +Initech)\n' +
        '*Not told before, because no digest was posted*, cancellations: week 8–14 Mar 4',
    );
  });

  it('is listed in full in the thread where the sentence cannot hold it', () => {
    expect(changedReplies([week, week, week], 'x')).toEqual([]);
    const [reply] = changedReplies([week, week, week, { ...week, before: 'untold' }], 'x');
    expect(reply?.text).toBe('4 weeks read differently from what I told, x.');
    expect(JSON.stringify(reply?.blocks)).toContain('"text":"not told"');
    expect(changedReplies([{ ...week, who: ['a', 'b', 'c', 'd'] }], 'x')).toHaveLength(1);
    expect(changedReplies(undefined, 'x')).toEqual([]);
  });

  it('names at most three, and counts the rest', () => {
    expect(names(['a', 'b', 'c']).mrkdwn).toBe('a, b, c');
    expect(names(['a', 'b', 'c', 'd', 'e']).mrkdwn).toBe('a, b, c and 2 more');
    expect(names(['<!here>', '*']).mrkdwn).toBe('&lt;!here&gt;, ∗');
  });
});

describe('the state of a week', () => {
  it('names the year in which it ends: its numbers may be asked for years later', () => {
    expect(weekNote('2025-12-28', 'final').mrkdwn).toBe(
      'Week Sun–Sat 28 Dec–3 Jan 2026 (UTC), a holiday week (25 Dec or 1 Jan), final',
    );
  });

  it('warns of what is still missing, with the usual completeness where it is known', () => {
    expect(weekNote('2026-03-08', 'open').mrkdwn).toContain('not over yet, so incomplete');
    expect(weekNote('2026-03-08', 'provisional', 0.943).mrkdwn).toMatch(
      /provisional: late events are still expected; weeks this fresh are usually 94\u00A0% complete$/,
    );
    expect(weekNote('2026-03-08', 'settling', 0.996).mrkdwn).toMatch(/usually complete$/);
    expect(weekNote('2026-03-08', 'settling', 1.02).mrkdwn).toMatch(/usually 2\u00A0% too high$/);
    expect(weekNote('2026-03-08', 'settling').mrkdwn).toMatch(
      /settling: small corrections are still possible$/,
    );
  });
});

describe('the age of the data', () => {
  const now = Date.parse('2026-03-17T09:00:00Z');
  const HOUR = 3_600_000;

  it('is its instant while it is fresh', () => {
    expect(dataAge(now - 26 * HOUR, now).mrkdwn).toBe('Data as of Mon 16 Mar 07:00 UTC');
  });

  it('is said in bold with its hours when it is old', () => {
    expect(dataAge(now - 27 * HOUR, now).mrkdwn).toBe('*Data as of Mon 16 Mar 06:00 UTC, 27 hours old*');
  });

  it('is "no data yet" before the first sync', () => {
    expect(dataAge(undefined, now).mrkdwn).toBe('*No data yet*: the first sync has not finished');
  });
});

describe('what four weeks show and one does not', () => {
  const calm = {
    value: 27,
    whole: 290,
    usual: 0.05,
    low: 6,
    high: 25,
    verdict: 'within',
    chance: 0.4,
    holiday: false,
    history: { part: 87, whole: 1740 },
  } as const;

  it('is said where their test finds something, and only there', () => {
    expect(fourWeekRate(calm).mrkdwn).toBe('');
    expect(fourWeekCount(calm).mrkdwn).toBe('');
    const high = { ...calm, verdict: 'higher', chance: 0.004 } as const;
    expect(fourWeekRate(high).mrkdwn.replaceAll('\u00A0', ' ')).toBe(
      '; in the last 4 weeks 27 of 290, usual 5 % (range 6 to 25 of 290): *higher than usual* (less than 1 in 100 by luck)',
    );
    expect(fourWeekCount({ ...high, value: 1180, usual: 164.5, low: 131, high: 199 }).mrkdwn).toBe(
      '; in the last 4 weeks 1,180, usual 164.5 (range 131 to 199): *higher than usual* (less than 1 in 100 by luck)',
    );
    expect(fourWeekRate({ ...high, verdict: 'too early' }).mrkdwn).toBe('');
  });
});

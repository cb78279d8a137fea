import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../../src/analytics/usual.ts';
import { moneyComparison } from '../../../src/messages/kit/money-comparison.ts';
import { rateChart } from '../../../src/messages/kit/rate-chart.ts';
import { addDays } from '../../../src/domain/day.ts';

const money: Assessment = {
  value: 4_170_000,
  usual: 3_820_000,
  low: 2_910_000,
  high: 4_700_000,
  verdict: 'within',
  chance: undefined,
  holiday: false,
};

describe('money beside what is usual', () => {
  it('is told in dollars, with a reason when it is called unusual', () => {
    expect(moneyComparison(money).mrkdwn).toBe(
      'usual $38.2k (range $29.1k to $47.0k): within the usual range',
    );
    expect(moneyComparison({ ...money, verdict: 'higher' }).mrkdwn).toBe(
      'usual $38.2k (range $29.1k to $47.0k): *higher than usual*, by more than weeks differ among themselves',
    );
  });

  it('is not compared without history', () => {
    expect(moneyComparison({ ...money, usual: undefined, verdict: 'no history' }).mrkdwn).toBe(
      'too few weeks before it to say what is usual',
    );
  });
});

describe('the chart of a rate', () => {
  const weeks = (counts: readonly (readonly [number | undefined, number | undefined])[]) =>
    counts.map(([part, whole], index) => ({ week: addDays('2025-01-05', 7 * index), part, whole }));
  const draw = (rates: ReturnType<typeof weeks>, shown?: number) => {
    const block = rateChart({
      title: 'Left',
      line: 'Left %',
      yLabel: '%',
      rates,
      usual: undefined,
      ...(shown && { shown }),
    });
    const chart = block?.['chart'] as { series: { data: { value: number }[] }[] } | undefined;
    return { title: block?.['title'], values: chart?.series[0]?.data.map(({ value }) => value) };
  };

  it('draws each week by itself where at least 10 were due in all of them', () => {
    expect(
      draw(
        weeks([
          [1, 10],
          [2, 10],
          [5, 20],
        ]),
      ),
    ).toEqual({ title: 'Left', values: [10, 20, 25] });
  });

  it('draws four weeks together where fewer were due, completed by the weeks before, and says so', () => {
    // 1 of 8 in each of the first four weeks, then 3 of 8: 4 of 32 = 12.5 %, 6 of 32 = 18.75 %.
    const rates = weeks([
      [1, 8],
      [1, 8],
      [1, 8],
      [1, 8],
      [3, 8],
    ]);
    expect(draw(rates, 2)).toEqual({ title: 'Left, 4 weeks rolling', values: [12.5, 18.75] });
  });

  it('leaves out weeks that are not known and those with nobody due', () => {
    expect(
      draw(
        weeks([
          [1, 10],
          [undefined, undefined],
          [2, 10],
        ]),
      ).values,
    ).toEqual([10, 20]);
    expect(
      draw(
        weeks([
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 0],
        ]),
      ).values,
    ).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/analytics/usual.ts';
import { addDays, startOf } from '../../src/domain/day.ts';
import { type InstallsDigest, installsDigest } from '../../src/messages/installs-digest.ts';
import { expectGolden } from '../support/golden.ts';

const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const AS_OF = startOf('2026-03-17') + 6 * 3_600_000;

const within: Assessment = {
  value: 12,
  usual: 3,
  low: -5,
  high: 14,
  verdict: 'within',
  chance: undefined,
  holiday: false,
};

const noHistory: Assessment = {
  ...within,
  value: undefined,
  usual: undefined,
  low: undefined,
  high: undefined,
  verdict: 'no history',
};

const busy: InstallsDigest = {
  scope: 'All apps',
  asks: 'installs',
  monday: '2026-03-09',
  state: 'provisional',
  installs: 1432,
  change: { ...within, value: 27, verdict: 'higher' },
  fourWeeksAgo: 1400,
  yearAgo: 1180,
  newestBefore: { monday: '2026-03-02', installs: 1405 },
  weeklyChanges: Array.from({ length: 13 }, (_, index) => ({
    week: addDays('2025-12-15', 7 * index),
    value: index === 4 ? undefined : ((index * 5) % 11) - 4,
  })),
  byApp: [
    { app: 'App 1', installs: 900, change: { ...within, value: 31, high: 20, verdict: 'higher' } },
    { app: 'App 2', installs: 400, change: { ...within, value: -4 } },
    { app: 'App 3', installs: 100, change: { ...within, value: 0 } },
    { app: 'App 4', installs: 32, change: { ...within, value: -9, low: -3, verdict: 'lower' } },
    { app: 'App 5', installs: undefined, change: noHistory },
  ],
  changes: [{ week: '2026-03-02', before: 1401, after: 1405 }],
  unread: [],
  asOf: AS_OF,
  now: NOW,
};

const quiet: InstallsDigest = {
  ...busy,
  scope: 'App 3',
  asks: 'installs "App 3"',
  state: 'final',
  installs: 100,
  change: { ...within, value: 0 },
  byApp: [],
  changes: [],
};

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: InstallsDigest = {
  ...busy,
  scope: hostile,
  state: 'open',
  installs: 9_876_543_210,
  change: { ...within, value: -9_876_543, usual: 0.5, low: -1, high: 2, verdict: 'lower' },
  fourWeeksAgo: 0,
  yearAgo: 19,
  byApp: Array.from({ length: 70 }, (_, index) => ({
    app: `${hostile}${index}`,
    installs: 1_000_000_000 - index,
    change: { ...within, value: -1_000_000 + index, verdict: 'lower' as const },
  })),
  changes: Array.from({ length: 13 }, (_, index) => ({
    week: addDays('2026-03-02', -7 * index),
    before: index,
    after: 9_876_543,
  })),
  unread: [{ name: hostile, failedCode: undefined }],
};

const firstWeek: InstallsDigest = {
  ...busy,
  change: { ...noHistory, value: 12 },
  fourWeeksAgo: undefined,
  yearAgo: undefined,
  weeklyChanges: [],
  byApp: [],
  changes: undefined,
};

const neverRead: InstallsDigest = {
  ...firstWeek,
  installs: undefined,
  change: noHistory,
  newestBefore: undefined,
  unread: [{ name: 'installations', failedCode: 'API_FORBIDDEN' }],
  asOf: undefined,
};

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the installs digest', () => {
  it('tells the change of the week beside what is usual, and where it comes from', () => {
    const message = installsDigest(busy);
    expect(message.text).toContain('1,432 active installations, 27 more than the week before');
    // 1,432 - 1,400 = 32, 2.3 % of 1,400; 1,432 - 1,180 = 252, 21 % of 1,180.
    expect(textOf(message.blocks)).toContain('1,400; +32 since (+2.3 %)');
    expect(textOf(message.blocks)).toContain('1,180; +252 since (+21 %)');
    expect(textOf(message.blocks)).toContain('1 grew, 2 shrank, 1 did not change, 1 not known');
    expectGolden('installs-busy', message);
  });

  it('names the week by the Monday it begins with', () => {
    const message = installsDigest(busy);
    expect(message.text).toContain('Installations 9–15 Mar, All apps');
    expect(textOf(message.blocks)).toContain('Weeks of installations begin on Monday: 9–15 Mar 2026 (UTC)');
  });

  it('is one sentence in a week in which nothing changed', () => {
    const message = installsDigest(quiet);
    expect(message.text).toContain('100 active installations, as many as the week before');
    expect(message.blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'context',
      'actions',
    ]);
    expectGolden('installs-quiet', message);
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const message = installsDigest(absurd);
    expect(textOf(message.blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
    // 19 is too small a base for a percentage.
    expect(textOf(message.blocks)).toContain('19; +9,876,543,191 since"');
    expectGolden('installs-absurd', message);
  });

  it('says that too few weeks are known to say what is usual', () => {
    const message = installsDigest(firstWeek);
    expect(message.text).toContain('too few weeks before it');
    expectGolden('installs-no-history', message);
  });

  it('says which week is the newest while this one is not published', () => {
    const message = installsDigest({ ...firstWeek, installs: undefined, change: noHistory });
    expect(message.text).toContain('The newest known week, 2–8 Mar, has 1,405.');
    expectGolden('installs-unpublished', message);
  });

  it('says that installations were never read, and why', () => {
    const message = installsDigest(neverRead);
    expect(message.text).toContain('Installations have not been read yet');
    expectGolden('installs-never-read', message);
  });
});

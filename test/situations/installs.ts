import type { Assessment } from '../../src/analytics/usual.ts';
import { addDays, startOf } from '../../src/domain/day.ts';
import { type InstallsDigest, installsDigest } from '../../src/messages/installs-digest.ts';
import type { DigestSituations } from './situation.ts';

const NOW = startOf('2026-03-20') + 9 * 3_600_000;
const AS_OF = startOf('2026-03-20') + 6 * 3_600_000;

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
  state: 'settling',
  installs: 1432,
  change: { ...within, value: 27, verdict: 'higher' },
  fourWeeksAgo: 1400,
  yearAgo: 1180,
  newestBefore: { monday: '2026-03-02', installs: 1405 },
  weeklyChanges: Array.from({ length: 13 }, (_, index) => ({
    week: addDays('2025-12-15', 7 * index),
    value: index === 4 ? undefined : index === 12 ? 27 : ((index * 5) % 11) - 4,
  })),
  byApp: [
    { app: 'App 1', installs: 900, change: { ...within, value: 40, high: 20, verdict: 'higher' } },
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

const unpublished: InstallsDigest = { ...firstWeek, installs: undefined, change: noHistory };

/** The installs digest in its situations. */
export const situations = {
  quiet: () => installsDigest(quiet),
  busy: () => installsDigest(busy),
  absurd: () => installsDigest(absurd),
  'no-history': () => installsDigest(firstWeek),
  unpublished: () => installsDigest(unpublished),
  'never-read': () => installsDigest(neverRead),
} satisfies DigestSituations;

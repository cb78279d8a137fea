import type { CountAssessment } from '../../src/analytics/unusual-count.ts';
import { addDays, type Day, startOf } from '../../src/domain/day.ts';
import { type FeedbackDigest, feedbackDigest } from '../../src/messages/feedback-digest.ts';
import type { NamedVoice, UsualGroup } from '../../src/messages/feedback-lists.ts';
import { feedback } from '../unit/analytics/rows.ts';
import type { DigestSituations } from './situation.ts';

const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const AS_OF = startOf('2026-03-17') + 6 * 3_600_000;
const WEEK: Day = '2026-03-08';

const within: CountAssessment = {
  value: 7,
  usual: 5,
  low: 1,
  high: 12,
  verdict: 'within',
  chance: 0.5,
  holiday: false,
  widening: 1,
};

function voice(
  who: string | undefined,
  yearly: number,
  changes: Partial<NamedVoice['feedback']> = {},
  isPaying = yearly > 0,
): NamedVoice {
  return {
    feedback: feedback({ date: '2026-03-10', reason: 'It is too expensive', ...changes }),
    profile: who === undefined ? undefined : ({ who } as NonNullable<NamedVoice['profile']>),
    isPaying,
    yearly,
    appName: 'App 1',
  };
}

function group(key: string | undefined, count: number, paying: number, yearly: number): UsualGroup {
  return { key, count, paying, yearly, assessment: { ...within, value: count } };
}

const voices = [
  voice('Acme GmbH', 1_312_400, {
    message: 'The price doubled. Ask jane.doe@acme.example or +49 30 1234567.',
  }),
  voice('Globex', 89_900, { reason: 'I found an alternative app', message: 'We moved on.' }),
  voice('Globex', 0, { reason: 'Other' }, true),
  voice('Initech', 0, { message: 'Only a test.', feedbackType: 'disable' }),
  voice(undefined, 0, { entitlement: '', message: 'Permissions!', reason: 'Other' }),
  voice('Hooli', 0, { feedbackType: 'unsubscribe', reason: 'I no longer need this app' }),
  voice(undefined, 0, { entitlement: 'E-9' }),
];

const busy: FeedbackDigest = {
  scope: 'All apps',
  asks: 'feedback',
  week: WEEK,
  state: 'provisional',
  assessment: within,
  voices,
  byReason: [
    {
      ...group('It is too expensive', 3, 1, 1_312_400),
      assessment: { ...within, value: 3, low: 0, high: 2, verdict: 'higher' },
    },
    group('I found an alternative app', 1, 1, 89_900),
    group('Other', 2, 1, 0),
    group('I no longer need this app', 1, 0, 0),
  ],
  byType: [group('uninstall', 5, 3, 1_402_300), group('disable', 1, 0, 0), group('unsubscribe', 1, 0, 0)],
  byApp: [group('App 1', 5, 2, 1_402_300), group('App 2', 2, 1, 0)],
  weeks: Array.from({ length: 13 }, (_, index) => ({
    week: addDays(WEEK, 7 * (index - 12)),
    paying: index === 4 ? undefined : index === 12 ? 3 : index % 4,
    others: index === 4 ? undefined : index === 12 ? 4 : (index * 3) % 7,
  })),
  changes: [{ week: '2026-03-01', before: 4, after: 5, who: ['+Hooli'] }],
  isRead: true,
  unread: [],
  asOf: AS_OF,
  now: NOW,
};

const quiet: FeedbackDigest = {
  ...busy,
  scope: 'App 3',
  asks: 'feedback "App 3"',
  state: 'final',
  assessment: { ...within, value: 0, low: 0 },
  voices: [],
  byReason: [],
  byType: [],
  byApp: [],
  changes: [],
};

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: FeedbackDigest = {
  ...busy,
  scope: hostile,
  state: 'open',
  assessment: {
    ...within,
    value: 9_876_543,
    usual: 0.5,
    low: 0,
    high: 4,
    verdict: 'higher',
    chance: 0,
    widening: 3.3,
  },
  voices: Array.from({ length: 300 }, () => ({
    ...voice(hostile, 987_654_321_00, {
      message: hostile.repeat(20),
      reason: hostile,
      feedbackType: hostile,
    }),
    appName: hostile,
  })),
  byReason: Array.from({ length: 60 }, (_, index) =>
    group(`${hostile}${index}`, 1_000_000, 999_999, 987_654_321_00),
  ),
  byType: [group(hostile, 9, 9, 9)],
  byApp: Array.from({ length: 60 }, (_, index) => group(`${hostile}${index}`, 1, 1, 1)),
  unread: [{ name: 'licenses', failedCode: 'API_UNAVAILABLE' }],
};

const noHistory: FeedbackDigest = {
  ...busy,
  assessment: { ...within, usual: undefined, low: undefined, high: undefined, verdict: 'no history' },
  voices: voices.slice(3, 5),
  byReason: [
    {
      ...group('Other', 2, 0, 0),
      assessment: { ...within, usual: undefined, low: undefined, high: undefined },
    },
  ],
  byType: [group('uninstall', 2, 0, 0)],
  byApp: [],
  weeks: [],
  changes: undefined,
};

const beforeImport: FeedbackDigest = {
  ...noHistory,
  voices: [],
  byReason: [],
  byType: [],
  assessment: { ...noHistory.assessment, value: undefined },
};

const neverRead: FeedbackDigest = {
  ...beforeImport,
  isRead: false,
  asOf: undefined,
  unread: [{ name: 'feedback', failedCode: undefined }],
};

/** The feedback digest in its situations. */
export const situations = {
  quiet: () => feedbackDigest(quiet),
  busy: () => feedbackDigest(busy),
  absurd: () => feedbackDigest(absurd),
  'no-history': () => feedbackDigest(noHistory),
  'before-import': () => feedbackDigest(beforeImport),
  'never-read': () => feedbackDigest(neverRead),
} satisfies DigestSituations;

import { ONE_WEEK } from '../../analytics/usual.ts';
import type { TracedNumber, TracedRow } from '../../domain/traced-number.ts';
import type { FeedbackDigest } from '../../messages/feedback-digest.ts';
import type { NamedVoice } from '../../messages/feedback-lists.ts';
import { each, sumOf, usualWeeks } from './trace.ts';

function voiceRow({ appName, feedback }: NamedVoice): Omit<TracedRow, 'amount'> {
  const { date, entitlement, feedbackType, reason, reasonKey } = feedback;
  return {
    entitlement,
    what: [appName, feedbackType, reason ?? reasonKey ?? 'no reason given'].join(', '),
    day: date,
  };
}

/** The numbers of the digest of feedback with the pieces behind them. */
export function feedbackNumbers({ isRead, voices, week, weeks }: FeedbackDigest): TracedNumber[] {
  if (!isRead) return [];
  const paying = voices.filter(({ isPaying }) => isPaying);
  const told = { explained: 'Pieces of feedback', unit: 'count' } as const;
  const values = weeks.map((one) => ({
    week: one.week,
    value: one.paying === undefined || one.others === undefined ? undefined : one.paying + one.others,
  }));
  return [
    sumOf({ ...told, id: 'pieces', title: 'Pieces of feedback' }, each(voices, voiceRow)),
    sumOf(
      {
        id: 'paying',
        title: 'Of paying customers',
        explained: 'Of paying customers',
        unit: 'count',
        arithmetic: `${paying.length} of ${voices.length}`,
      },
      each(paying, voiceRow),
    ),
    sumOf(
      {
        id: 'yearly',
        title: 'Dollars a year behind it',
        explained: 'Dollars a year behind it',
        unit: 'cents',
        arithmetic: 'of several pieces of one subscription the latest carries the amount',
      },
      paying.map((voice) => ({ ...voiceRow(voice), amount: voice.yearly })),
    ),
    ...usualWeeks({ ...told, id: 'usual', title: 'Usual number of pieces' }, values, week, ONE_WEEK),
  ];
}

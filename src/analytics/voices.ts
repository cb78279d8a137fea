import { addDays } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedFeedback, RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { groupByEntitlement } from './by-entitlement.ts';
import { excludedEntitlements, isPaidLine } from './counted.ts';
import { buildCoverage, lastStretch, yearlyRate } from './coverage.ts';
import { NEAR_DAYS } from './feedback-match.ts';
import { profileOf, type SubscriptionProfile } from './subscription-profile.ts';

/** One piece of feedback, and who is behind it. */
export interface Voice {
  readonly feedback: RecordedFeedback;
  /** Undefined when it names no subscription, or one of which no licence and no line is known. */
  readonly profile: SubscriptionProfile | undefined;
  /** The subscription was paid for on the day of the feedback, or until at most 60 days before. */
  readonly isPaying: boolean;
  /**
   * What the subscription paid a year around that day, cents of our share: the rate of its last paid term x 365. Of
   * several pieces of one subscription the latest carries it, so that amounts add up over any list.
   */
  readonly yearly: Cents;
}

/** What a join over feedback reads. Rows of other entitlements are allowed and change nothing. */
export interface VoiceSources {
  readonly feedback: readonly RecordedFeedback[];
  readonly licenses: readonly RecordedLicense[];
  readonly lines: readonly RecordedLine[];
}

function isTelling(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

/** The order in which the pieces of one subscription speak for it: the latest first, of one day the one with words. */
function byWeight(a: RecordedFeedback, b: RecordedFeedback): number {
  if (a.date !== b.date) return a.date < b.date ? 1 : -1;
  const words = Number(isTelling(b.message)) - Number(isTelling(a.message));
  return words || (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0);
}

function textOf({ feedbackType, message = '', reason = '' }: RecordedFeedback): string {
  return `${feedbackType} ${reason} ${message}`;
}

/** What a subscription paid a year on a day, or when it ended at most 60 days before; undefined: nothing. */
function yearlyAround(lines: readonly RecordedLine[], { date }: RecordedFeedback): Cents | undefined {
  for (const stretches of buildCoverage(lines).stretches.values()) {
    const last = lastStretch(stretches, date);
    if (last && last.end >= addDays(date, -NEAR_DAYS)) return yearlyRate(last.dailyRate);
  }
  return undefined;
}

/**
 * Feedback joined, by its entitlement, to who gave it and what they pay: those who pay most first, then those who wrote
 * something, the newest first. Sandboxes and Atlassian's own pay nothing. One pass over each list.
 */
export function findVoices({ feedback, licenses, lines }: VoiceSources): Voice[] {
  const wanted = new Set(feedback.map(({ entitlement }) => entitlement));
  const licensesOf = groupByEntitlement(licenses, wanted);
  const linesOf = groupByEntitlement(lines, wanted);
  const excluded = excludedEntitlements(licenses);
  const told = new Set<string>();
  return feedback
    .toSorted(byWeight)
    .map((one): Voice => {
      const { entitlement } = one;
      const all = linesOf.get(entitlement) ?? [];
      const paid = all.filter((line) => isPaidLine(line, excluded));
      const yearly = yearlyAround(paid, one);
      const isFirst = !told.has(entitlement);
      told.add(entitlement);
      return {
        feedback: one,
        profile: profileOf({ licenses: licensesOf.get(entitlement) ?? [], lines: all }),
        isPaying: yearly !== undefined,
        yearly: isFirst ? (yearly ?? 0) : 0,
      };
    })
    .toSorted(
      (a, b) =>
        Number(b.isPaying) - Number(a.isPaying) ||
        b.yearly - a.yearly ||
        Number(isTelling(b.feedback.message)) - Number(isTelling(a.feedback.message)) ||
        byWeight(a.feedback, b.feedback),
    );
}

/** What pieces of feedback add up to. */
export interface VoiceTotals {
  readonly count: number;
  readonly paying: number;
  readonly yearly: Cents;
}

/** Adds up pieces of feedback. */
export function totalVoices(voices: readonly Voice[]): VoiceTotals {
  return {
    count: voices.length,
    paying: voices.filter(({ isPaying }) => isPaying).length,
    yearly: sumCents(voices.map(({ yearly }) => yearly)),
  };
}

/** The pieces with one value of something, such as a reason. */
export interface VoiceGroup extends VoiceTotals {
  /** Undefined: it is not told. */
  readonly key: string | undefined;
}

/** Splits feedback by something; most money first, then most pieces. The groups add up to the whole. */
export function groupVoices(
  voices: readonly Voice[],
  keyOf: (feedback: RecordedFeedback) => string | undefined,
): VoiceGroup[] {
  return [...Map.groupBy(voices, ({ feedback }) => keyOf(feedback))]
    .map(([key, group]) => ({ key, ...totalVoices(group) }))
    .toSorted((a, b) => b.yearly - a.yearly || b.count - a.count || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

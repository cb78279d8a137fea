import * as z from 'zod';
import { type Day, isDay } from '../../../domain/day.ts';
import { toText } from './text.ts';

/** An export has millions of dates and a few thousand different ones. */
const known = new Map<string, Day | undefined>();
const MOST_KNOWN = 50_000;

/**
 * The date in a text of the API: its first ten characters. The specification writes `2022-01-01T00:00:00.000Z`, the
 * samples `2025-02-01`; both are UTC dates. Undefined when there is none.
 */
export function toDay(raw: string | null | undefined): Day | undefined {
  if (!raw) return undefined;
  const text = raw.slice(0, 10);
  const before = known.get(text);
  if (before !== undefined || known.has(text)) return before;
  const day = isDay(text) ? text : undefined;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, day);
  return day;
}

function refuse(context: z.core.$RefinementCtx, input: unknown): never {
  const issue =
    typeof input === 'string'
      ? ({ code: 'custom', message: 'a date YYYY-MM-DD', input } as const)
      : ({ code: 'invalid_type', expected: 'string', input } as const);
  context.addIssue(issue);
  return z.NEVER;
}

// One function each instead of a chain of checks: rows of exports have seven dates.

/** A date that a row cannot do without. */
export const requiredDay = z.transform(
  (raw: unknown, context): Day => (typeof raw === 'string' ? toDay(raw) : undefined) ?? refuse(context, raw),
);

/** A date that may be missing, "NA" or "Pending"; any other text refuses the row. */
export const optionalDay = z
  .transform((raw: unknown, context): Day | undefined => {
    if (raw === null) return undefined;
    const day = typeof raw === 'string' ? toDay(raw) : undefined;
    const isAbsent = typeof raw === 'string' && toText(raw) === undefined;
    return day === undefined && !isAbsent ? refuse(context, raw) : day;
  })
  .optional();

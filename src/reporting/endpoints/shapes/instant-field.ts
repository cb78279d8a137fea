import * as z from 'zod';
import { type Instant, isDay, startOf } from '../../../domain/day.ts';

const SHAPE =
  /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?:Z|\+00:00)?)?$/;

/**
 * `2026-03-15 14:51:05` and its relatives as an instant, to the second. The API's times are UTC; one with another zone is
 * none that is known. Undefined for anything else.
 */
export function toInstant(raw: string): Instant | undefined {
  const [, day = '', hour = '0', minute = '0', second = '0'] = SHAPE.exec(raw.trim()) ?? [];
  if (!isDay(day)) return undefined;
  return startOf(day) + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000;
}

const EXPECTED = 'a time YYYY-MM-DD hh:mm:ss';

/** An instant that a row cannot do without. */
export const requiredInstant = z.string().transform((raw, context): Instant => {
  const at = toInstant(raw);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: EXPECTED });
  return z.NEVER;
});

import * as z from 'zod';
import { toText } from './text.ts';

const EXPECTED = 'a whole number';

/** A whole number from 0; some exports write it as `12.0`. Undefined for anything else. */
export function toCount(text: string): number | undefined {
  return /^\d{1,15}(\.0+)?$/.test(text) ? Number(text) : undefined;
}

/** A count that may be missing, a number or digits; anything else refuses the row. */
export const countField = z
  .union([z.number(), z.string()], { error: EXPECTED })
  .nullish()
  .transform((raw, context): number | undefined => {
    const text = typeof raw === 'number' ? String(raw) : toText(raw);
    const count = text === undefined ? undefined : toCount(text);
    if (count !== undefined || text === undefined) return count;
    context.addIssue({ code: 'custom', message: EXPECTED });
    return z.NEVER;
  });

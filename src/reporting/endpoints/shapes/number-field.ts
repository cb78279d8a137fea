import * as z from 'zod';
import { toText } from './text.ts';

const EXPECTED = { error: 'a whole number' };
const COUNT = /^\d{1,15}(\.0+)?$/;

/** A count that may be missing, a number or digits; anything else refuses the row. */
export const countField = z
  .union([z.number(), z.string()], EXPECTED)
  .nullish()
  .refine((raw) => {
    const text = typeof raw === 'number' ? String(raw) : toText(raw);
    return text === undefined || COUNT.test(text);
  }, EXPECTED);

/** The count in such a field; undefined when it is missing. */
export function toCount(raw: z.infer<typeof countField>): number | undefined {
  const text = typeof raw === 'number' ? String(raw) : toText(raw);
  return text === undefined ? undefined : Number(text);
}

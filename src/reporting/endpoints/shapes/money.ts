import * as z from 'zod';
import { TOO_MANY_DOLLARS } from '../../../domain/money.ts';

/** Dollars as a JSON number that `toCents` takes. A text such as "50.00" is none. */
export const dollars = z
  .number()
  .refine((amount) => Math.abs(amount) < TOO_MANY_DOLLARS, { error: 'an amount below 10^13 dollars' });

import * as z from 'zod';

/** Dollars as a JSON number that fits into integer cents. */
export const dollars = z.number().refine((amount) => Number.isSafeInteger(Math.round(amount * 100)), {
  error: 'an amount below 10^13 dollars',
});

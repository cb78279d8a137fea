/** US dollars in integer cents. The API bills in USD only; every sum is a sum of integers. */
export type Cents = number;

/** The first amount of dollars that is too large for integer cents to be exact with room for sums. */
export const TOO_MANY_DOLLARS = 1e13;

/**
 * Dollars as the API writes them (a JSON number such as `300489.79`) to integer cents; half a cent counts away from 0,
 * so that a bill and its refund cancel out. Throws a RangeError on anything that is not a finite amount below 10^13
 * dollars: such a row is quarantined.
 */
export function toCents(dollars: number): Cents {
  const isAmount = Math.abs(dollars) < TOO_MANY_DOLLARS;
  if (!isAmount) throw new RangeError('amount is not a finite number of dollars');
  const cents = Math.sign(dollars) * Math.round(Math.abs(dollars) * 100);
  return cents === 0 ? 0 : cents;
}

/** Sum of integer cents; 0 for none. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}

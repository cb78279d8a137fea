/** US dollars in integer cents. The API bills in USD only; every sum is a sum of integers. */
export type Cents = number;

/**
 * Dollars as the API writes them (a JSON number such as `300489.79`) to integer cents.
 * Throws a RangeError on anything that is not a finite amount below 10^13 dollars: such a row is quarantined.
 */
export function toCents(dollars: number): Cents {
  const cents = Math.round(dollars * 100);
  if (!Number.isSafeInteger(cents)) throw new RangeError('amount is not a finite number of dollars');
  return cents === 0 ? 0 : cents;
}

/** Sum of integer cents; 0 for none. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}

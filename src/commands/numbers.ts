import { readCustomerNames } from '../digests/customer-names.ts';
import { EXPLANATIONS } from '../digests/explained/index.ts';
import type { DigestTrace, TracedNumber } from '../domain/traced-number.ts';
import {
  NAMED_ROWS,
  type NamedRow,
  noSuchNumber,
  numberList,
  numberRows,
  numbersGone,
} from '../messages/numbers.ts';
import type { Command, CommandContext } from './command.ts';

async function nameRows(
  { read }: CommandContext,
  { developerId }: DigestTrace,
  { rows }: TracedNumber,
): Promise<NamedRow[]> {
  const entitlements = rows.slice(0, NAMED_ROWS).flatMap(({ entitlement }) => entitlement || []);
  const names = await readCustomerNames(read, developerId, [...new Set(entitlements)]);
  return rows.map((row) => ({ ...row, who: names.get(row.entitlement ?? '') }));
}

/**
 * `/pulse numbers 3fa85f64a1b2 left`: the rows behind a number of a digest, from what was kept when the digest was shown.
 * Its buttons ask for it; nobody types such a thing.
 */
export const numbers: Command = {
  words: ['numbers'],
  usage: '<number of a digest>',
  summary: 'the rows behind the numbers of a digest, by its button Behind the Numbers',
  reads: ['licenses', 'transactions'],
  async answer([ref = '', id], context) {
    const trace = await context.readNumbers(ref.toLowerCase());
    if (!trace) return numbersGone(context.slash);
    if (id === undefined) return numberList(trace);
    const number = trace.numbers.find((one) => one.id === id);
    if (!number) return noSuchNumber(trace, id);
    const entry = EXPLANATIONS.find(({ topic }) => topic === trace.digest);
    const explained = entry?.numbers.find(({ name }) => name === number.explained);
    return numberRows(trace, number, await nameRows(context, trace, number), explained);
  },
};

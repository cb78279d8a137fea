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
import type { Command, CommandContext, ExportTable } from './command.ts';

async function nameRows(
  { read }: CommandContext,
  { developerId }: DigestTrace,
  { rows }: TracedNumber,
  most: number,
): Promise<NamedRow[]> {
  const entitlements = rows.slice(0, most).flatMap(({ entitlement }) => entitlement || []);
  const names = await readCustomerNames(read, developerId, [...new Set(entitlements)]);
  return rows.map((row) => ({ ...row, who: names.get(row.entitlement ?? '') }));
}

/** All rows of a number for a file; their sum, or middle one, is what the digest told. */
async function toTable(
  context: CommandContext,
  trace: DigestTrace,
  number: TracedNumber,
): Promise<ExportTable> {
  const named = await nameRows(context, trace, number, number.rows.length);
  const amountOf = (amount: number) => (number.unit === 'cents' ? amount / 100 : amount);
  return {
    name: `${trace.digest} ${number.title}`,
    columns: ['Customer', 'Of', 'Day', number.unit === 'cents' ? 'US dollars' : number.unit, 'Entitlement'],
    rows: named.map(({ amount, day = '', entitlement = '', what = '', who = '' }) => [
      who,
      what,
      day,
      amountOf(amount),
      entitlement,
    ]),
    left: 0,
  };
}

/** What names a digest that was shown. */
const REFERENCE = /^[0-9a-f]{6,40}$/i;

/**
 * `/pulse numbers 3fa85f64a1b2 left`: the rows behind a number of a digest, from what was kept when the digest was shown.
 * Its buttons ask for it; nobody types such a thing.
 */
export const numbers: Command = {
  words: ['numbers'],
  usage: '<number of a digest>',
  summary: 'the rows behind the numbers of a digest, by its button Behind the Numbers',
  reads: ['licenses', 'transactions'],
  definition:
    'Opens the rows behind a number of a digest as they were when the digest was shown, so that they add up to what it said, also months later. The button Behind the Numbers of a digest asks for it; nobody has to type the reference.',
  examples: ['numbers 3fa85f64a1b2', 'numbers 3fa85f64a1b2 left'],
  understands: async ([ref = '']) => REFERENCE.test(ref),
  async tables([ref = '', id], context) {
    const trace = await context.readNumbers(ref.toLowerCase());
    if (!trace) return numbersGone(context.slash);
    const wanted = trace.numbers.filter((one) => id === undefined || one.id === id);
    if (wanted.length === 0) return noSuchNumber(trace, id ?? '');
    return Promise.all(wanted.map((number) => toTable(context, trace, number)));
  },
  async answer([ref = '', id], context) {
    const trace = await context.readNumbers(ref.toLowerCase());
    if (!trace) return numbersGone(context.slash);
    if (id === undefined) return numberList(trace);
    const number = trace.numbers.find((one) => one.id === id);
    if (!number) return noSuchNumber(trace, id);
    const entry = EXPLANATIONS.find(({ topic }) => topic === trace.digest);
    const explained = entry?.numbers.find(({ name }) => name === number.explained);
    return numberRows(trace, number, await nameRows(context, trace, number, NAMED_ROWS), explained);
  },
};

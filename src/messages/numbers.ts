import type { Block, Message, ThreadedMessage } from '../domain/message.ts';
import type { DigestTrace, TracedNumber, TracedRow } from '../domain/traced-number.ts';
import type { ExplainedNumber } from './explanation.ts';
import { actions, context, header, message, section, withControl } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { LIMITS } from './kit/limits.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, date, dollars, exactDollars, instant } from './kit/words.ts';

/** The digest with a button that opens the rows behind its numbers, where there are any. */
export function withNumbersButton(digest: ThreadedMessage, { numbers, ref }: DigestTrace): ThreadedMessage {
  if (numbers.length === 0) return digest;
  const open = { label: 'Behind the Numbers', asks: `numbers ${ref}` };
  return { ...digest, blocks: withControl(digest.blocks, open) };
}

function valueOf({ unit }: TracedNumber, amount: number): string {
  if (unit === 'cents') return exactDollars(amount);
  return unit === 'days' ? count(amount, 'day') : amount.toLocaleString('en-US');
}

function shortValue(number: TracedNumber): string {
  return number.unit === 'cents' ? dollars(number.value) : valueOf(number, number.value);
}

/** What a menu of numbers may hold. */
const MOST_CHOICES = 100;

function menuOf({ numbers, ref }: DigestTrace) {
  return {
    placeholder: 'Open a number',
    choices: numbers.slice(0, MOST_CHOICES).map((number) => ({
      label: `${number.title}: ${shortValue(number)}`,
      asks: `numbers ${ref} ${number.id}`,
    })),
  };
}

function asTold({ knownAt }: DigestTrace): Mrkdwn {
  return mrk`As it was told, with data as of ${instant(knownAt)}: what was corrected later is not in it`;
}

/** The numbers of a digest, to open one of them. */
export function numberList(trace: DigestTrace): Message {
  const lines = trace.numbers.map((number) => mrk`• *${escape(number.title, 80)}*: ${shortValue(number)}`);
  const sentence = mrk`${count(trace.numbers.length, 'number')} of ${escape(trace.title, 150)} can be opened.`;
  return message(sentence, [
    header(`Behind ${trace.title}`),
    section(mrk`${join(lines, '\n')}`),
    context(asTold(trace)),
    actions([menuOf(trace), { label: 'Back to the Digest', asks: trace.asks }]),
  ]);
}

/** A row with what its customer is called today; undefined where the row names no subscription, or nothing names it. */
export interface NamedRow extends TracedRow {
  readonly who: string | undefined;
}

function combinedWords(number: TracedNumber): string {
  const rows = count(number.rows.length, 'row');
  if (number.combined === 'median') return `the middle one of ${rows}`;
  return number.rows.length === 1 ? 'one row' : `the sum of ${rows}`;
}

function titleOfAmount({ unit }: TracedNumber): string {
  return { cents: '$', count: 'Count', days: 'Days' }[unit];
}

function amountCell(number: TracedNumber, amount: number) {
  return number.unit === 'cents'
    ? { value: amount / 100, text: exactDollars(amount) }
    : { value: amount, text: amount.toLocaleString('en-US') };
}

function rowTable(number: TracedNumber, rows: readonly NamedRow[]): readonly Block[] {
  const isNamed = rows.some(({ entitlement }) => entitlement);
  const isDated = rows.some(({ day }) => day !== undefined);
  const whoOf = ({ entitlement, who }: NamedRow) => who ?? (entitlement ? 'Without a name' : '-');
  const [first] = tableReplies<NamedRow>({
    most: 1,
    caption: number.title,
    sentence: mrk``,
    columns: [
      ...(isNamed ? [{ title: 'Customer', cell: whoOf }] : []),
      { title: isNamed ? 'What' : 'Of', cell: ({ what }) => what ?? '-' },
      ...(isDated
        ? [{ title: 'Day', cell: ({ day }: NamedRow) => (day === undefined ? '-' : date(day)) }]
        : []),
      { title: titleOfAmount(number), cell: ({ amount }) => amountCell(number, amount) },
      ...(isNamed ? [{ title: 'Entitlement', cell: (row: NamedRow) => row.entitlement || '-' }] : []),
    ],
    rows,
    ...(number.unit === 'cents' && number.combined === 'sum' && { amountOf: ({ amount }) => amount }),
  });
  return first?.blocks ?? [];
}

function definition({ from, is }: ExplainedNumber): Mrkdwn {
  return mrk`*What it is*\n${escape(is, 600)}\n_Where it comes from_: ${escape(from, 600)}`;
}

/**
 * One number of a digest: its value, the arithmetic, what it means, and the rows it was made of, as they were when it was
 * told. `rows`: all of the number's, the first hundred of them named.
 */
export function numberRows(
  trace: DigestTrace,
  number: TracedNumber,
  rows: readonly NamedRow[],
  explained: ExplainedNumber | undefined,
): Message {
  const value = valueOf(number, number.value);
  const how = number.arithmetic === undefined ? mrk`` : mrk`\n${escape(number.arithmetic, 300)}`;
  const title = escape(number.title, 80);
  const others = trace.numbers.filter(({ id }) => id !== number.id);
  return message(mrk`${title}: ${value}, ${combinedWords(number)}. ${escape(trace.title, 150)}.`, [
    header(trace.title),
    section(mrk`*${title}: ${value}*, ${combinedWords(number)}${how}`),
    ...rowTable(number, rows),
    explained && section(definition(explained)),
    context(asTold(trace)),
    actions([
      // Slack takes no menu without choices.
      ...(others.length > 0 ? [menuOf({ ...trace, numbers: others })] : []),
      { label: 'Send Me the CSV', asks: `export numbers ${trace.ref} ${number.id}` },
      { label: 'Explain', asks: `explain ${trace.digest}` },
      { label: 'Back to the Digest', asks: trace.asks },
    ]),
  ]);
}

/** The rows of a digest whose button is older than what is kept, or that was never shown. */
export function numbersGone(slash: string): Message {
  const sentence = mrk`I do not have these numbers: rows behind a digest are kept for two years, from the day it was shown. Ask for the digest again, \`${escape(slash)} help\` lists them.`;
  return message(sentence, [section(sentence)]);
}

/** A number that the digest does not have. */
export function noSuchNumber(trace: DigestTrace, asked: string): Message {
  const sentence = mrk`${escape(trace.title, 150)} has no number "${escape(asked, 60)}". These can be opened:`;
  return message(sentence, [section(sentence), actions([menuOf(trace)])]);
}

/** Rows beyond these are not named, because no table shows more. */
export const NAMED_ROWS = LIMITS.tableRows;

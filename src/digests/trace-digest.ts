import { createHash } from 'node:crypto';
import type { Instant } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import { sumCents } from '../domain/money.ts';
import type { DigestTrace, TracedMessage, TracedNumber } from '../domain/traced-number.ts';
import type { DigestRequest } from './digest.ts';
import { asksFor } from './scope-words.ts';

/** More rows behind one number than anybody reads: the smallest of them are kept as one. */
const MOST_ROWS = 1000;

/** The number with the smallest of too many rows as one, so that they add up all the same. */
function withFewerRows(number: TracedNumber): TracedNumber {
  if (number.rows.length <= MOST_ROWS || number.combined !== 'sum') return number;
  const rows = number.rows.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const rest = rows.slice(MOST_ROWS);
  const what = `${rest.length.toLocaleString('en-US')} smaller rows`;
  return {
    ...number,
    rows: [...rows.slice(0, MOST_ROWS), { what, amount: sumCents(rest.map(({ amount }) => amount)) }],
  };
}

function titleOf({ blocks, text }: ThreadedMessage): string {
  const header = blocks.find(({ type }) => type === 'header')?.['text'] as { text: string } | undefined;
  return header?.text ?? text;
}

/** The numbers of a digest as they are kept when it is shown; those that nothing is behind are left out. */
export function traceDigest(
  digest: string,
  request: DigestRequest,
  message: TracedMessage,
  knownAt: Instant,
): DigestTrace {
  const numbers = message.numbers.filter(({ rows }) => rows.length > 0).map(withFewerRows);
  const { developerId, week } = request;
  const content = {
    digest,
    title: titleOf(message),
    asks: `${asksFor(digest, request)} ${week}`,
    developerId,
    knownAt,
    numbers,
  };
  const ref = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { ref, ...content };
}

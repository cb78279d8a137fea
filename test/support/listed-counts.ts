import { expect } from 'vitest';
import type { ThreadedMessage } from '../../src/domain/message.ts';
import { parentText } from './reading.ts';

/** A count that a parent message tells and a list of the thread adds up to. */
interface ListedCount {
  readonly digest: string;
  /** Of the parent message; the count is its first group. */
  readonly told: RegExp;
  /** How the sentence above the list begins, and how it tells the same count. */
  readonly sentence: RegExp;
  readonly column: string;
}

/** A step of the funnel: the nth group of the sentence above its list. */
function step(column: string, told: RegExp, place: number): ListedCount {
  const before = Array.from({ length: place }, () => '[\\d,]+ \\w+, ').join('');
  return {
    digest: 'funnel',
    told,
    column,
    sentence: new RegExp(`^${before}([\\d,]+) ${column.toLowerCase()}`),
  };
}

/** The counts of digests about more than one app, and the lists behind them. */
export const LISTED_COUNTS: readonly ListedCount[] = [
  {
    digest: 'installs',
    told: /\*([\d,]+) active installations/,
    sentence: /^([\d,]+) active installations by app/,
    column: 'Installations',
  },
  {
    digest: 'search-keywords',
    told: /Searches showed your apps ([\d,]+) times/,
    sentence: /^Searches showed these apps ([\d,]+) times/,
    column: 'Shown',
  },
  {
    digest: 'feedback',
    told: /\*([\d,]+) pieces? of feedback/,
    sentence: /^\d+ reasons? of ([\d,]+) pieces?/,
    column: 'Pieces',
  },
  {
    digest: 'feedback',
    told: /\*([\d,]+) pieces? of feedback/,
    sentence: /^([\d,]+) pieces? of feedback by app/,
    column: 'Pieces',
  },
  {
    digest: 'customers',
    told: /\*([\d,]+) customers? in /,
    sentence: /^Regions, .*: ([\d,]+) customers? in these groups/,
    column: 'Customers',
  },
  step('Requests', /of ([\d,]+) requests? w/, 0),
  step('Approvals', /([\d,]+) of [\d,]+ requests? w/, 1),
  step('Evaluations', /([\d,]+) evaluations? started/, 2),
  step('Conversions', /started, ([\d,]+) w\w+ bought/, 3),
];

function numberIn(text: string, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
}

/** The parent's count, the one above the list, and the sum of its rows, which must be the same. */
export function expectListedCount(message: ThreadedMessage, { column, sentence, told }: ListedCount): void {
  const list = message.thread.find(({ text }) => sentence.test(text.replaceAll('\u00A0', ' ')));
  const table = list?.blocks.find(({ type }) => type === 'data_table');
  const [head = [], ...rows] = (table?.['rows'] ?? []) as { text: string; value?: number }[][];
  const place = head.findIndex(({ text }) => text === column);
  expect({ column, isListed: place >= 0 && rows.length > 0 }).toEqual({ column, isListed: true });
  const sum = rows.reduce((total, row) => total + (row[place]?.value ?? 0), 0);
  const above = numberIn(list?.text.replaceAll('\u00A0', ' ') ?? '', sentence);
  expect({ column, above, told: numberIn(parentText(message), told) }).toEqual({
    column,
    above: sum,
    told: sum,
  });
}

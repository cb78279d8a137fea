import type { Message } from '../../domain/message.ts';
import { type Cents, sumCents } from '../../domain/money.ts';
import { message, section } from './blocks.ts';
import { type Mrkdwn, mrk } from './escape.ts';
import { LIMITS } from './limits.ts';
import { dataTable, type Table, type TableColumn } from './table.ts';
import { count, exactDollars } from './words.ts';

/** A list for a thread: its caption, the sentence above it, and the amount of a row where the sentence tells a sum. */
export interface TableList<Row> {
  readonly caption: string;
  readonly sentence: Mrkdwn;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly amountOf?: (row: Row) => Cents;
  /** How many replies the list may take; 3 when absent. */
  readonly most?: number;
}

/** One table with its sentence must also fit into the answer that collects a digest's details. */
const TABLE_BUDGET = LIMITS.blockBudget - 1000;

/** Longer lists are cut: nobody reads a fourth reply. */
const MOST_REPLIES = 3;

/**
 * A list as a few replies with a table each; nothing for an empty one. What does not fit is said with its number
 * and, given `amountOf`, its sum, so that the rows shown and the rest add up to what the sentence tells.
 */
export function tableReplies<Row>(list: TableList<Row>): Message[] {
  const { amountOf, most = MOST_REPLIES, rows, sentence } = list;
  const tables: Table[] = [];
  let shown = 0;
  while (shown < rows.length && tables.length < most) {
    const table = dataTable(list.caption, list.columns, rows.slice(shown), TABLE_BUDGET);
    if (table.shown === 0) break;
    tables.push(table);
    shown += table.shown;
  }
  const rest = rows.slice(shown);
  const together = amountOf ? `, ${exactDollars(sumCents(rest.map(amountOf)))} together,` : '';
  const cut =
    rest.length > 0 ? mrk` The last ${count(rest.length, 'row')}${together} do not fit here.` : mrk``;
  let first = 1;
  return tables.map((table, index) => {
    const words =
      index === 0
        ? mrk`${sentence}${cut}`
        : mrk`${list.caption}: rows ${first} to ${first + table.shown - 1} of ${rows.length}.`;
    first += table.shown;
    return message(words, [section(words), table.block]);
  });
}

import type { Instant } from '../domain/day.ts';
import type { Block, Message } from '../domain/message.ts';
import { actions, type Button, context, header, message, section } from './kit/blocks.ts';
import { type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { LIMITS, sizeOf } from './kit/limits.ts';

/** A list that somebody asked for: sentences, and the tables behind them. */
export interface OnDemandList {
  readonly title: string;
  /** What there is to say, the most important first; one of them at least. */
  readonly sentences: readonly Mrkdwn[];
  /** Messages with a table each, as a digest's thread carries them. */
  readonly tables: readonly Message[];
  readonly buttons: readonly Button[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

/** The list as one answer; tables that do not fit are left out from the end, and their number is said. */
export function onDemandList({ asOf, buttons, now, sentences, tables, title }: OnDemandList): Message {
  const blocks: Block[] = [header(title), ...sentences.map(section)];
  let left = 0;
  for (const table of tables) {
    if (sizeOf([...blocks, ...table.blocks]) < LIMITS.blockBudget) blocks.push(...table.blocks);
    else left += 1;
  }
  const cut = left > 0 ? [context(mrk`${left} more lists do not fit into one answer`)] : [];
  return message(mrk`${title}. ${sentences[0] ?? ''}`, [
    ...blocks,
    ...cut,
    context(dataAge(asOf, now)),
    buttons.length > 0 ? actions(buttons) : undefined,
  ]);
}

import type { Block, Message } from '../domain/message.ts';

/** A table or chart of a message as rows. */
export interface MessageTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

interface Cell {
  readonly text?: string;
  readonly value?: number;
}

interface Series {
  readonly name: string;
  readonly data: readonly { readonly label: string; readonly value: number }[];
}

function tableOf(block: Block): MessageTable {
  const [head = [], ...body] = block['rows'] as readonly (readonly Cell[])[];
  return {
    title: String(block['caption']),
    columns: head.map(({ text = '' }) => text),
    rows: body.map((row) => row.map(({ text = '', value }) => value ?? text)),
  };
}

function chartOf(block: Block): MessageTable {
  const { series } = block['chart'] as { readonly series: readonly Series[] };
  return {
    title: String(block['title']),
    columns: ['Series', 'At', 'Value'],
    rows: series.flatMap(({ data, name }) => data.map(({ label, value }) => [name, label, value])),
  };
}

/** The rows behind what messages show, in their order: tables as they are, charts point by point. */
export function tablesIn(messages: readonly Message[]): MessageTable[] {
  return messages
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => {
      if (block.type === 'data_table') return [tableOf(block)];
      return block.type === 'data_visualization' ? [chartOf(block)] : [];
    });
}

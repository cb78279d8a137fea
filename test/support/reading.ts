import type { ThreadedMessage } from '../../src/domain/message.ts';

/** The blocks of a message as one text, no-break spaces as plain ones. */
export function parentText({ blocks }: ThreadedMessage): string {
  return JSON.stringify(blocks).replaceAll('\u00A0', ' ');
}

/** The rows of the tables in the thread, cells joined by a bar. */
export function tableRows({ thread }: ThreadedMessage): string[] {
  const tables = thread.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'data_table'));
  return tables.flatMap(({ rows }) =>
    (rows as { text: string }[][]).map((row) =>
      row
        .map(({ text }) => text)
        .join(' | ')
        .replaceAll('\u00A0', ' '),
    ),
  );
}

/** The points of the chart: for each series its labels and values. */
export function chartPoints({ blocks }: ThreadedMessage): Record<string, string[]> | undefined {
  const block = blocks.find(({ type }) => type === 'data_visualization');
  const chart = block?.['chart'] as
    | { series: { name: string; data: { label: string; value: number }[] }[] }
    | undefined;
  return (
    chart &&
    Object.fromEntries(
      chart.series.map(({ data, name }) => [name, data.map(({ label, value }) => `${label} ${value}`)]),
    )
  );
}

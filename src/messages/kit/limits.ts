import type { Block, Message } from '../../domain/message.ts';

/**
 * Slack's limits, and the product's own where they are stricter. Source: Slack's Block Kit reference of November 2026;
 * `blockBudget` keeps a message well below the 12,000 to 13,000 characters at which `msg_blocks_too_long` was seen.
 */
export const LIMITS = {
  blocks: 45,
  blockBudget: 8000,
  text: 3900,
  sectionText: 2900,
  fields: 10,
  fieldText: 1900,
  header: 150,
  contextElements: 10,
  actions: 5,
  buttonText: 75,
  buttonValue: 2000,
  optionValue: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmLabel: 30,
  chartTitle: 50,
  chartLabel: 20,
  chartSeries: 6,
  chartPoints: 20,
  charts: 2,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 7000,
  tableTitle: 150,
} as const;

/** The size of blocks as Slack counts them: their JSON. */
export function sizeOf(blocks: readonly Block[]): number {
  return JSON.stringify(blocks).length;
}

function charts(blocks: readonly Block[]): number {
  return blocks.filter((block) => block.type === 'data_visualization').length;
}

/** What in a message Slack would refuse or cut; empty for one that can be sent as it is. */
export function limitProblems({ text, blocks }: Message): string[] {
  const problems: string[] = [];
  if (text.trim() === '') problems.push('text is empty');
  if (text.length > LIMITS.text) problems.push(`text has ${text.length} characters`);
  if (blocks.length > LIMITS.blocks) problems.push(`${blocks.length} blocks`);
  if (sizeOf(blocks) > LIMITS.blockBudget * 1.5) problems.push(`blocks take ${sizeOf(blocks)} characters`);
  if (charts(blocks) > LIMITS.charts) problems.push(`${charts(blocks)} charts`);
  if (blocks.filter(({ type }) => type === 'table').length > 1) problems.push('more than one table');
  return problems;
}

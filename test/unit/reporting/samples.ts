import { readFileSync } from 'node:fs';
import type { Endpoint, Selection } from '../../../src/reporting/endpoint.ts';
import { createIntake } from '../../../src/reporting/intake.ts';

export type Json = Record<string, unknown>;

/** A sample answer of the Reporting API's reference, verbatim. */
export function sample(name: string): Json {
  const file = new URL(`../../contract/samples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

function first(name: string, list: string): Json {
  const rows = sample(name)[list] as Json[];
  return structuredClone(rows[0] ?? {});
}

export const licenseSample = (changes: Json = {}): Json => ({ ...first('licenses', 'licenses'), ...changes });

/** A transaction sample; `bought` changes its `purchaseDetails`. */
export function transactionSample(changes: Json = {}, bought: Json = {}): Json {
  const row = first('sales.transactions', 'transactions');
  return { ...row, purchaseDetails: { ...(row['purchaseDetails'] as Json), ...bought }, ...changes };
}

export const eventSample = (changes: Json = {}): Json => ({
  ...first('sales.metrics.saleMetric.details', 'events'),
  ...changes,
});

export const feedbackSample = (changes: Json = {}): Json => ({
  ...first('feedback.details', 'feedback'),
  ...changes,
});

/** What an endpoint makes of raw rows (or of one document), without any network. */
export function readAll<Row>(endpoint: Endpoint<Row>, raws: readonly unknown[], selection: Selection = {}) {
  const intake = createIntake();
  const rows = raws.flatMap((raw) => endpoint.read(raw, intake, selection));
  return {
    rows,
    quarantined: intake.quarantined(),
    quarantinedRows: intake.quarantinedRows(),
    unmapped: intake.unmappedFields(),
  };
}

/** The one row that an endpoint makes of one raw row. */
export function readOne<Row>(endpoint: Endpoint<Row>, raw: unknown): Row {
  const { rows, quarantined } = readAll(endpoint, [raw]);
  const [row] = rows;
  if (row === undefined) throw new Error(`refused: ${JSON.stringify(quarantined)}`);
  return row;
}

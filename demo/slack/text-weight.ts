import { isRecord } from './block-schema.ts';

/** Fields that are not shown as text. */
const NOT_TEXT = new Set([
  'type',
  'block_id',
  'action_id',
  'url',
  'image_url',
  'value',
  'style',
  'format',
  'range',
]);

/** Characters of everything in a value that is shown as text. */
export function textWeight(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + textWeight(entry), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [field, entry]) => sum + (NOT_TEXT.has(field) ? 0 : textWeight(entry)),
    0,
  );
}

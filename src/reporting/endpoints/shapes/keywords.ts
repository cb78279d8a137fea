import * as z from 'zod';
import type { SeriesPoint } from '../../../domain/metric-series.ts';
import type { Endpoint, ParameterList } from '../../endpoint.ts';
import { ApiUnexpectedShapeError } from '../../errors.ts';
import { countUnmapped, type Intake, knownFields, toProblems } from '../../intake.ts';
import { requiredDay } from './day-field.ts';
import { isObject } from './json.ts';
import * as kind from './parameter-kinds.ts';
import { cleanText } from './text.ts';

/** What somebody searched for: any text, "null" and "NA" too, but not nothing. */
export const keyword = z
  .string()
  .refine((raw) => cleanText(raw) !== '', { error: 'a text' })
  .transform(cleanText);

/** A keyword that may be missing or empty. */
export const optionalKeyword = z
  .string()
  .nullish()
  .transform((raw) => cleanText(raw ?? '') || undefined);

/** `elements` of one row: a number per period, oldest first. Two numbers for one period refuse the row. */
export const points = z
  .array(z.object({ date: requiredDay, count: z.number() }))
  .transform((elements): SeriesPoint[] =>
    elements
      .map(({ count, date }) => ({ period: date, value: count }))
      .sort((a, b) => (a.period < b.period ? -1 : 1)),
  )
  .refine((all) => new Set(all.map(({ period }) => period)).size === all.length, {
    error: 'one value per period',
  });

/** Where rows stand in a document. */
export interface RowDocument<Raw> {
  /** For messages: the endpoint's id. */
  readonly id: string;
  readonly list: 'addons' | 'details';
  readonly document: z.ZodObject;
  readonly row: z.ZodType<Raw>;
}

/**
 * The rows of a document, or of the bare array that exports were seen to give. A row that does not fit is refused.
 * Throws an ApiUnexpectedShapeError when the answer is neither.
 */
export function parseRows<Raw>(answer: unknown, about: RowDocument<Raw>, intake: Intake): Raw[] {
  const { document, id, list, row } = about;
  const rows = isObject(answer) && Object.hasOwn(answer, list) ? answer[list] : answer;
  if (!Array.isArray(rows)) throw new ApiUnexpectedShapeError(`The answer of ${id} has no list "${list}".`);
  const isBare = rows === answer;
  const known = knownFields(isBare ? row : document);
  if (known) countUnmapped(answer, known, intake);
  return rows.flatMap((raw: unknown) => {
    const parsed = row.safeParse(raw);
    if (parsed.success) return [parsed.data];
    intake.refuse(toProblems(parsed.error, isBare ? '[]' : `${list}[]`));
    return [];
  });
}

/** Who was asked: everybody on the Marketplace's own pages, or within Jira and Confluence. */
export const source = kind.inPath(
  kind.oneOf(
    ['marketplace', 'embedded-marketplace'],
    "the Marketplace's site, or the search within products",
  ),
);

/** The range of a report without periods. */
export const dates = {
  startDate: kind.day('searches from this day'),
  endDate: kind.day('searches until this day'),
};

/**
 * The export of a report: the same rows, from `{path}/export`. CSV is the other format; the links to both that the answer
 * itself gives were broken in June 2026 and are not followed.
 */
export function exportOf<Row, Parameters extends ParameterList>(
  report: Endpoint<Row, Parameters>,
  summary: string,
): Endpoint<Row, Parameters & { readonly accept: typeof kind.json }> {
  return {
    ...report,
    id: `${report.id}-export`,
    summary,
    path: `${report.path}/export`,
    parameters: { ...report.parameters, accept: kind.json },
    defaults: { ...report.defaults, accept: ['json'] },
  };
}

import type * as z from 'zod';
import { countUnmapped, type Intake, knownFields, toProblems, withoutUnused } from './intake.ts';

/** One query parameter of an endpoint, as the API spells it. */
export interface Parameter {
  /** Checks the given values; its issues say what is accepted. */
  readonly values: z.ZodType<readonly string[]>;
  /** One line for help texts. */
  readonly about: string;
  /**
   * Who filters: the API, we (the API ignores it silently), or both (the API sometimes ignores it). `path` fills the
   * `{name}` of the path, `body` is for the JSON body that the source builds.
   */
  readonly applied: 'api' | 'here' | 'both' | 'path' | 'body';
  /** There is no sensible answer without it. */
  readonly isRequired?: boolean;
}

/** The parameters of an endpoint, by name. */
export type ParameterList = Readonly<Record<string, Parameter>>;

/** Values of parameters, by name. */
export type ParameterValues = Readonly<Record<string, readonly string[]>>;

/** How the rows of an endpoint are fetched. Method syntax keeps `Endpoint<License>` usable as `Endpoint<unknown>`. */
export type Source<Row> =
  /** Started, polled and streamed: `POST {path}/async/export`. Status and file are below `jobs` where that differs. */
  | { readonly kind: 'export'; readonly jobs?: string }
  /** One JSON array, streamed. */
  | { readonly kind: 'array' }
  /** Pages of the array named `list`; `keyOf` tells rows apart that overlapping pages bring twice. */
  | { readonly kind: 'pages'; readonly list: string; keyOf(row: Row): string }
  /** Pages of the array named `list`, each with a cursor to the next. */
  | { readonly kind: 'cursor'; readonly list: string; keyOf(row: Row): string }
  /**
   * Pages of the array named `list`, asked for by a JSON body. `mostPeriods`: the largest page, in periods; `periods`:
   * how many the values ask for, undefined when they leave that to the API.
   */
  | {
      readonly kind: 'question';
      readonly list: string;
      readonly mostPeriods: number;
      body(values: ParameterValues): object;
      periods(values: ParameterValues): number | undefined;
      keyOf(row: Row): string;
    }
  /** One document. */
  | { readonly kind: 'document' }
  /** A document that links to a CSV file, read row by row; `linkOf` gives undefined when there is no link. */
  | { readonly kind: 'file'; linkOf(document: unknown): string | undefined };

/** Which apps a caller wants; undefined = all. */
export interface Selection {
  readonly appKeys?: ReadonlySet<string>;
  readonly productIds?: ReadonlySet<string>;
}

/** One resource of the Reporting API: where it is, what it takes, what it means in our words. */
export interface Endpoint<Row> {
  /** The name in `npm run pulse -- report <id>`, equal to the file's name. */
  readonly id: string;
  /** What it answers, in one line. */
  readonly summary: string;
  /** The whole path below `/rest/3/`; `{developerId}` is the developer space, other names are parameters. */
  readonly path: string;
  readonly source: Source<Row>;
  readonly parameters: ParameterList;
  /** Sent unless the caller gives the parameter. */
  readonly defaults: Readonly<Record<string, readonly string[]>>;
  /** The row, or the document, as the API writes it. */
  readonly rowSchema: z.ZodType;
  /** The rows name no app: a caller who wants some apps' rows is refused, because nobody could tell them apart. */
  readonly isAppless?: true;
  /** One raw row, or the whole document, in our words. What does not fit goes to the intake; it never throws for a row. */
  read(raw: unknown, intake: Intake, selection: Selection): readonly Row[];
}

/** True for rows of the wanted apps. A row that names no app is nobody's: it is left out when some apps are wanted. */
export function isSelected(row: object, { appKeys }: Selection): boolean {
  if (!appKeys) return true;
  return 'appKey' in row && typeof row.appKey === 'string' && appKeys.has(row.appKey);
}

/** Builds `read` for endpoints with one raw row per domain row. */
export function rowReader<Raw, Row extends object>(
  schema: z.ZodType<Raw>,
  toDomain: (raw: Raw) => Row,
): (raw: unknown, intake: Intake, selection: Selection) => readonly Row[] {
  const known = knownFields(schema);
  const used = withoutUnused(schema);
  return (raw, intake, selection) => {
    if (known) countUnmapped(raw, known, intake);
    const parsed = used.safeParse(raw);
    if (!parsed.success) {
      intake.refuse(toProblems(parsed.error));
      return [];
    }
    const row = toDomain(parsed.data);
    return isSelected(row, selection) ? [row] : [];
  };
}

import type * as z from 'zod';
import { countUnmapped, type Intake, knownFields, toProblems, withoutUnused } from './intake.ts';

/** One parameter of an endpoint. */
export interface Parameter<Value extends string = string, Repeatable extends boolean = boolean> {
  /** What it takes, for errors and documents: `a date YYYY-MM-DD`. */
  readonly takes: string;
  /** All values it takes, as the API spells them, where that is a closed list. */
  readonly allowed?: readonly Value[];
  /** Several values may be given; each is sent under a key of its own, because the API misreads comma lists. */
  readonly isRepeatable: Repeatable;
  /** Checks the given values; its issues say what is accepted. */
  readonly values: z.ZodType<readonly string[]>;
  /** What it selects, in a few words. */
  readonly about: string;
  /**
   * Where it is sent. `path` fills the `{name}` of the path, `body` is for the JSON body that the source builds; what the
   * API would silently ignore goes `nowhere`.
   */
  readonly sentIn: 'query' | 'path' | 'body' | 'nowhere';
  /** Apps of rows are compared with it here: the API ignores it, or was seen to. */
  readonly isCheckedHere?: true;
  /** There is no sensible answer without it. */
  readonly isRequired?: true;
}

/** The parameters of an endpoint, by name as the API spells it. */
export type ParameterList = Readonly<Record<string, Parameter>>;

/** The parameters of a resource that takes none. */
export type NoParameters = Readonly<Record<string, never>>;

type Repeated<Value, Repeatable> = Value | (Repeatable extends true ? readonly Value[] : never);

type ValueOf<One> = [One] extends [never]
  ? never
  : One extends Parameter<infer Value, infer Repeatable>
    ? Repeated<Value, Repeatable>
    : never;

/** What a caller may give an endpoint with these parameters: names and closed lists are checked by the compiler too. */
export type GivenParameters<Parameters extends ParameterList> = {
  readonly [Name in keyof Parameters]?: ValueOf<Parameters[Name]>;
};

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
  /** In lower case. */
  readonly productIds?: ReadonlySet<string>;
}

/** One resource of the Reporting API: where it is, what it takes, what it means in our words. */
export interface Endpoint<Row, Parameters extends ParameterList = ParameterList> {
  /** The name in `npm run pulse -- report <id>`, equal to the file's name. */
  readonly id: string;
  /** What it answers, in one line. */
  readonly summary: string;
  /** The whole path below `/rest/3/`; `{developerId}` is the developer space, other names are parameters. */
  readonly path: string;
  readonly source: Source<Row>;
  readonly parameters: Parameters;
  /** Sent unless the caller gives the parameter. */
  readonly defaults: Readonly<Record<string, readonly string[]>>;
  /** The row, or the document, as the API writes it. */
  readonly rowSchema: z.ZodType;
  /** The rows name no app: a caller who wants some apps' rows is refused, because nobody could tell them apart. */
  readonly isAppless?: true;
  /** The rows are about the whole Marketplace, whichever developer space asks. */
  readonly isMarketplaceWide?: true;
  /** The fields of a row that hold integer cents, by path: `vendorAmount`, `discounts[].amount`. Absent: none does. */
  cents?(row: Row): readonly string[];
  /** One raw row, or the whole document, in our words. What does not fit goes to the intake; it never throws for a row. */
  read(raw: unknown, intake: Intake, selection: Selection): readonly Row[];
}

/** The rows of an endpoint: `RowOf<(typeof endpoints)['churn']>` is MetricSeries. */
export type RowOf<One> = One extends { read(...given: never[]): readonly (infer Row)[] } ? Row : never;

/**
 * True for rows of the wanted apps. A row that names no app is nobody's: it is refused when apps are wanted by key. Product
 * ids are sent to the API as well, so a row without one is taken for what was asked for.
 */
export function isSelected(row: object, { appKeys, productIds }: Selection, intake: Intake): boolean {
  if (productIds && 'productId' in row && !productIds.has(String(row.productId).toLowerCase())) return false;
  if (!appKeys) return true;
  if ('appKey' in row && typeof row.appKey === 'string') return appKeys.has(row.appKey);
  intake.refuse([{ path: 'appKey', expected: 'a text' }]);
  return false;
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
    return isSelected(row, selection, intake) ? [row] : [];
  };
}

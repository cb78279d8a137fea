import * as z from 'zod';

/** How often one expectation was not met at one place. */
export interface Quarantined {
  /** `purchaseDetails.vendorAmount`, `addons[].datasets[]`: the API's own names. */
  readonly path: string;
  /** `number`, `a date YYYY-MM-DD`: never what was found, which may be personal. */
  readonly expected: string;
  readonly count: number;
}

/** Where parsing puts what does not fit. */
export interface Intake {
  /** A row, point or field is left out, for each of these reasons. */
  readonly refuse: (problems: readonly { readonly path: string; readonly expected: string }[]) => void;
  /** A field that nobody reads is there. */
  readonly unmapped: (name: string) => void;
}

/** An intake that can be read. */
export interface IntakeLedger extends Intake {
  readonly quarantined: () => readonly Quarantined[];
  readonly quarantinedRows: () => number;
  readonly unmappedFields: () => ReadonlyMap<string, number>;
}

/** Field names come from outside: more different ones than this are counted together. */
const MOST_NAMES = 500;
const LONGEST_NAME = 120;
const OTHERS = '(others)';

/** Creates an empty ledger. */
export function createIntake(): IntakeLedger {
  const quarantined = new Map<string, { path: string; expected: string; count: number }>();
  const unmapped = new Map<string, number>();
  let rows = 0;

  return {
    refuse(problems) {
      rows += 1;
      for (const { path, expected } of problems) {
        const key = `${path}\n${expected}`;
        const known = quarantined.get(key);
        if (known) known.count += 1;
        else quarantined.set(key, { path, expected, count: 1 });
      }
    },
    unmapped(name) {
      const short = name.slice(0, LONGEST_NAME).toWellFormed();
      const key = unmapped.has(short) || unmapped.size < MOST_NAMES ? short : OTHERS;
      unmapped.set(key, (unmapped.get(key) ?? 0) + 1);
    },
    quarantined: () => [...quarantined.values()].map((one) => ({ ...one })),
    quarantinedRows: () => rows,
    unmappedFields: () => new Map(unmapped),
  };
}

function pathOf(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path)
    text += typeof part === 'number' ? '[]' : `${text === '' ? '' : '.'}${String(part)}`;
  return text;
}

/** A schema's complaints as places and expectations, each once, without the values. */
export function toProblems(error: z.ZodError, under = ''): { path: string; expected: string }[] {
  const problems = new Map<string, { path: string; expected: string }>();
  for (const issue of error.issues) {
    const inner = pathOf(issue.path);
    const path = under !== '' && inner !== '' ? `${under}.${inner}` : under + inner;
    const expected = issue.code === 'invalid_type' ? issue.expected : issue.message;
    problems.set(`${path}\n${expected}`, { path, expected });
  }
  return [...problems.values()];
}

/** The field names a schema knows; `null` for a field whose inside is not looked at. */
export type KnownFields = ReadonlyMap<string, KnownFields | null>;

/** The field names of an object schema, through optional, nullable and array wrappers. */
export function knownFields(schema: unknown): KnownFields | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return knownFields(schema.unwrap());
  if (schema instanceof z.ZodArray) return knownFields(schema.element);
  if (!(schema instanceof z.ZodObject)) return undefined;
  return new Map(Object.entries(schema.shape).map(([name, field]) => [name, knownFields(field) ?? null]));
}

/**
 * The same schema without the fields whose value nobody needs: their names are in `knownFields`, and looking at them is
 * a third of the work of a row.
 */
export function withoutUnused<Schema extends z.ZodType>(schema: Schema): Schema {
  const inner = (part: unknown): z.ZodType => withoutUnused(part as z.ZodType);
  const same = (copy: z.ZodType): Schema => copy as Schema;
  if (schema instanceof z.ZodOptional) {
    return same(schema.clone({ ...schema.def, innerType: inner(schema.unwrap()) }));
  }
  if (schema instanceof z.ZodNullable) {
    return same(schema.clone({ ...schema.def, innerType: inner(schema.unwrap()) }));
  }
  if (schema instanceof z.ZodArray) {
    return same(schema.clone({ ...schema.def, element: inner(schema.element) }));
  }
  if (!(schema instanceof z.ZodObject)) return schema;
  const used = Object.entries(schema.shape as Record<string, z.ZodType>).filter(
    ([, field]) => !(field instanceof z.ZodOptional && field.unwrap() instanceof z.ZodUnknown),
  );
  const shape = Object.fromEntries(used.map(([name, field]) => [name, inner(field)]));
  return same(schema.clone({ ...schema.def, shape }));
}

/** Reports each field of a value that the schema does not know, by its path: `purchaseDetails.newField`. */
export function countUnmapped(value: unknown, known: KnownFields, intake: Intake, under = ''): void {
  if (Array.isArray(value)) {
    // A list inside a list is no row; following it would let an answer choose the depth of our stack.
    for (const item of value) if (!Array.isArray(item)) countUnmapped(item, known, intake, `${under}[]`);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) {
    const inside = known.get(name);
    if (inside === null) continue;
    const path = under === '' ? name : `${under}.${name}`;
    if (inside) countUnmapped((value as Record<string, unknown>)[name], inside, intake, path);
    else intake.unmapped(path);
  }
}

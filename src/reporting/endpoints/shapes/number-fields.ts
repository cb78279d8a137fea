import * as z from 'zod';
import { toCents } from '../../../domain/money.ts';
import { type Intake, toProblems } from '../../intake.ts';
import { fieldOf, type JsonObject } from './json.ts';
import { dollars } from './money.ts';

/** A number under our name, with the spellings of the samples, the specification and live answers. */
export interface NumberField {
  readonly name: string;
  readonly spellings: readonly [string, ...string[]];
  /** Its absence is refused; the others are simply unknown when absent. */
  readonly isRequired?: true;
  /** Dollars, read as integer cents. */
  readonly isMoney?: true;
}

/** Where numbers stand and what may stand there. */
export interface NumberPlace {
  readonly node: JsonObject;
  readonly fields: readonly NumberField[];
  /** For the quarantine: `totals.months[]`. */
  readonly path: string;
  /** Null is an answer: Atlassian has no number, growth without a base for example. */
  readonly canBeNull?: true;
}

/** What a schema needs to know the fields. */
export function numberShape(fields: readonly NumberField[]): Record<string, z.ZodType> {
  const anyNumber = z.number().nullish();
  return Object.fromEntries(fields.flatMap(({ spellings }) => spellings.map((name) => [name, anyNumber])));
}

/** The fields of a series that hold cents, where money has this name: see `Endpoint.cents`. */
export function centsIn(fields: readonly NumberField[], name: string): readonly string[] {
  return fields.some((field) => field.isMoney && field.name === name) ? ['points[].value'] : [];
}

/** Hands out each number under our name. A field with something else than a number is refused alone. */
export function eachNumber(
  { canBeNull, fields, node, path }: NumberPlace,
  intake: Intake,
  take: (name: string, value: number | null) => void,
): void {
  for (const { isMoney, isRequired, name, spellings } of fields) {
    const raw = fieldOf(node, spellings);
    if (raw === undefined && !isRequired) continue;
    const parsed = (isMoney ? dollars : z.number()).safeParse(raw);
    if (parsed.success) take(name, isMoney ? toCents(parsed.data) : parsed.data);
    else if (raw === null && canBeNull) take(name, null);
    else intake.refuse(toProblems(parsed.error, `${path}.${spellings[0]}`));
  }
}

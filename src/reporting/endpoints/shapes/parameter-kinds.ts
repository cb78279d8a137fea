import * as z from 'zod';
import { isDay } from '../../../domain/day.ts';
import type { Parameter } from '../../endpoint.ts';

/** A parameter that is given once. */
type Single<Value extends string = string> = Parameter<Value, false>;

/** A parameter that may be given several times. */
type Many<Value extends string = string> = Parameter<Value, true>;

function single(takes: string, about: string, check: z.ZodType<string>): Single {
  const values = z
    .array(check)
    .length(1, { error: `one value: ${takes}` })
    .readonly();
  return { takes, isRepeatable: false, values, about, sentIn: 'query' };
}

function many(takes: string, about: string, check: z.ZodType<string>): Many {
  const values = z.array(check).min(1, { error: 'at least one value' }).readonly();
  return { takes, isRepeatable: true, values, about, sentIn: 'query' };
}

/** One UTC date. */
export function day(about: string): Single {
  const takes = 'a date YYYY-MM-DD';
  return single(takes, about, z.string().refine(isDay, { error: takes }));
}

/** One value of a closed list. */
export function oneOf<const Value extends string>(
  allowed: readonly [Value, ...Value[]],
  about: string,
): Single<Value> {
  const takes = `one of ${allowed.join(', ')}`;
  return { ...single(takes, about, z.enum(allowed, { error: takes })), allowed };
}

/** `true` or `false`. */
export function flag(about: string): Single<'true' | 'false'> {
  return oneOf(['true', 'false'], about);
}

/** The parameter whose value fills its name in the path. */
export function inPath<Value extends string>(parameter: Single<Value>): Single<Value> {
  return { ...parameter, sentIn: 'path', isRequired: true };
}

/** The parameter as a part of the JSON body that is asked with. */
export function inBody<Value extends string>(parameter: Single<Value>): Single<Value> {
  return { ...parameter, sentIn: 'body' };
}

/** The parameter, which names apps that rows are compared with here too. */
export function checkedHere<Given extends Parameter>(parameter: Given): Given {
  return { ...parameter, isCheckedHere: true };
}

/** The parameter that the API would ignore: rows are compared with it here alone. */
export function onlyHere<Given extends Parameter>(parameter: Given): Given {
  return { ...checkedHere(parameter), sentIn: 'nowhere' };
}

/** One free text, at most 200 characters. */
export function phrase(about: string): Single {
  const takes = 'a text of 1 to 200 characters';
  return single(takes, about, z.string({ error: takes }).min(1, { error: takes }).max(200, { error: takes }));
}

/** Any number of values of a closed list. */
export function anyOf<const Value extends string>(
  allowed: readonly [Value, ...Value[]],
  about: string,
): Many<Value> {
  const takes = `any of ${allowed.join(', ')}`;
  return { ...many(takes, about, z.enum(allowed, { error: takes })), allowed };
}

/** True for what can be one id: no white space and no comma, which would be a list. */
export function isId(text: string): boolean {
  return /^[^\s,]{1,200}$/.test(text);
}

const idWhere = (error: string) => z.string({ error }).refine(isId, { error });

/** One id. */
export function id(about: string): Single {
  const takes = 'an id without commas';
  return single(takes, about, idWhere(takes));
}

/**
 * Any number of ids. A comma list is refused: the API reads it as one unknown id and then answers for ALL apps.
 */
export function ids(about: string): Many {
  const takes = 'ids without commas';
  return many(takes, about, idWhere(`${takes}, one per repetition of the parameter`));
}

/** One whole number. */
export function wholeNumber(about: string): Single {
  const takes = 'a whole number';
  return single(takes, about, z.string().regex(/^\d{1,12}$/, { error: takes }));
}

/** Any number of whole numbers. */
export function wholeNumbers(about: string): Many {
  const takes = 'whole numbers';
  return many(takes, about, z.string().regex(/^\d{1,9}$/, { error: takes }));
}

/** `accept`: the API can send CSV too, with fewer fields, and does where nothing is said. */
export const json = oneOf(['json'], 'format');

/** `hosting`, as filters spell it (answers spell it "Data Center"). */
export const hosting = anyOf(['cloud', 'datacenter', 'server'], 'hosting');

/** `partnerType`; "upgrade" and others give HTTP 400. */
export const partnerType = anyOf(['direct', 'expert', 'reseller'], 'who sold it');

/** `appEdition`: the specification writes capitals, the live API lower case. */
export const appEdition = anyOf(['free', 'standard', 'advanced', 'Free', 'Standard', 'Advanced'], 'edition');

/** `productId`: a UUID per app. */
export const productId = checkedHere(ids('apps, by product id'));

/** Apps of answers that the API does not filter. */
export const appsHere = {
  productId: onlyHere(ids('apps, by product id')),
  appKey: onlyHere(ids('apps, by key')),
};

/**
 * The range of an answer with periods. A series is named by its metric, not by the length of its periods: whoever stores
 * points must not mix months with weeks. Our own sync asks for weeks.
 */
export const periods = {
  aggregation: oneOf(['week', 'month'], 'length of a period'),
  startDate: day('periods from the one containing this day'),
  endDate: day('periods until the one containing this day'),
};

/** `cloudComplianceBoundaries`: the API hides the other two unless all three are asked for. */
export const cloudComplianceBoundaries = anyOf(
  ['commercial', 'fedramp_moderate', 'isolated_cloud'],
  'compliance boundaries of Cloud rows',
);

/** All of Cloud: with the API's default (`commercial`) government and isolated sales are invisible. */
export const ALL_BOUNDARIES = ['commercial', 'fedramp_moderate', 'isolated_cloud'] as const;

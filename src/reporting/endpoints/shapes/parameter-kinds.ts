import * as z from 'zod';
import { isDay } from '../../../domain/day.ts';
import type { Parameter } from '../../endpoint.ts';

type Applied = Parameter['applied'];

function single(value: z.ZodType<string>, expected: string): Parameter['values'] {
  return z
    .array(value)
    .length(1, { error: `one value: ${expected}` })
    .readonly();
}

/** One UTC date. */
export function day(about: string, applied: Applied = 'api'): Parameter {
  const expected = 'a date YYYY-MM-DD';
  const value = z.string().refine(isDay, { error: expected });
  return { values: single(value, expected), about, applied };
}

/** One value of a closed list. */
export function oneOf(
  allowed: readonly [string, ...string[]],
  about: string,
  applied: Applied = 'api',
): Parameter {
  const expected = `one of ${allowed.join(', ')}`;
  const value = z.enum(allowed, { error: expected });
  return { values: single(value, expected), about: `${about}: ${allowed.join(' | ')}`, applied };
}

/** `true` or `false`. */
export function flag(about: string): Parameter {
  return oneOf(['true', 'false'], about);
}

/** A parameter without which there is no sensible answer. */
export function required(parameter: Parameter): Parameter {
  return { ...parameter, isRequired: true };
}

/** The value that fills the parameter's name in the path. */
export function inPath(parameter: Parameter): Parameter {
  return { ...required(parameter), applied: 'path' };
}

/** One free text, at most 200 characters. */
export function phrase(about: string): Parameter {
  const expected = 'a text of 1 to 200 characters';
  const value = z.string({ error: expected }).min(1, { error: expected }).max(200, { error: expected });
  return { values: single(value, expected), about, applied: 'api' };
}

/** Any number of values of a closed list; each is sent under its own key. */
export function anyOf(allowed: readonly [string, ...string[]], about: string): Parameter {
  const value = z.enum(allowed, { error: `any of ${allowed.join(', ')}` });
  return { values: manyOf(value), about: `${about}: ${allowed.join(' | ')}`, applied: 'api' };
}

function manyOf(value: z.ZodType<string>): Parameter['values'] {
  return z.array(value).min(1, { error: 'at least one value' }).readonly();
}

const ID = /^[^\s,]{1,200}$/;

/** One id. */
export function id(about: string): Parameter {
  const expected = 'one id without commas';
  const value = z.string({ error: expected }).regex(ID, { error: expected });
  return { values: single(value, expected), about, applied: 'api' };
}

/**
 * Any number of ids. A comma list is refused: the API reads it as one unknown id and then answers for ALL apps.
 */
export function ids(about: string, applied: Applied = 'api'): Parameter {
  const expected = 'ids without commas, one per repetition of the parameter';
  const value = z.string({ error: expected }).regex(ID, { error: expected });
  return { values: manyOf(value), about, applied };
}

/** One id. */
export function oneId(about: string, applied: Applied = 'api'): Parameter {
  const expected = 'an id without commas';
  const value = z.string({ error: expected }).regex(/^[^\s,]{1,200}$/, { error: expected });
  return { values: single(value, expected), about, applied };
}

/** One whole number. */
export function wholeNumber(about: string, applied: Applied = 'api'): Parameter {
  const expected = 'a whole number';
  const value = z.string().regex(/^\d{1,12}$/, { error: expected });
  return { values: single(value, expected), about, applied };
}

/** Any number of whole numbers. */
export function numbers(about: string): Parameter {
  const value = z.string().regex(/^\d{1,9}$/, { error: 'whole numbers' });
  return { values: manyOf(value), about, applied: 'api' };
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
export const productId = ids('apps, by product id');

/** `cloudComplianceBoundaries`: the API hides the other two unless all three are asked for. */
export const cloudComplianceBoundaries = anyOf(
  ['commercial', 'fedramp_moderate', 'isolated_cloud'],
  'compliance boundaries of Cloud rows',
);

/** All of Cloud: with the API's default (`commercial`) government and isolated sales are invisible. */
export const ALL_BOUNDARIES = ['commercial', 'fedramp_moderate', 'isolated_cloud'] as const;

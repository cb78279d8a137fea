import type { Intake } from '../../intake.ts';

/** An object of a parsed answer. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for objects that are no arrays. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first field that is there, under any of its spellings. `__proto__` is no field. */
export function fieldOf(object: JsonObject, spellings: readonly string[]): unknown {
  for (const name of spellings) if (Object.hasOwn(object, name)) return object[name];
  return undefined;
}

/** The objects of a list; anything else in its place, or in it, goes to the intake. */
export function objectsOf(value: unknown, path: string, intake: Intake): JsonObject[] {
  if (!Array.isArray(value)) {
    intake.refuse([{ path, expected: 'array' }]);
    return [];
  }
  return value.filter((item): item is JsonObject => {
    if (isObject(item)) return true;
    intake.refuse([{ path: `${path}[]`, expected: 'object' }]);
    return false;
  });
}

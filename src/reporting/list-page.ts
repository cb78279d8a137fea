import { isObject, type JsonObject } from './endpoints/shapes/json.ts';
import { ApiUnexpectedShapeError } from './errors.ts';

/** A page and its list. Throws an ApiUnexpectedShapeError when the list is missing: an empty list is an answer, none is not. */
export function toListPage(
  answer: unknown,
  list: string,
  resource: string,
): { page: JsonObject; rows: unknown[] } {
  const rows = isObject(answer) ? answer[list] : undefined;
  if (isObject(answer) && Array.isArray(rows)) return { page: answer, rows };
  throw new ApiUnexpectedShapeError(`The answer of ${resource} has no list "${list}".`);
}

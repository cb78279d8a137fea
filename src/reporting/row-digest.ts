import { hash } from 'node:crypto';
import { ApiUnexpectedShapeError } from './errors.ts';

/** Tells raw rows apart: equal rows have equal digests. Throws an ApiUnexpectedShapeError for a row without end. */
export function rowDigest(raw: unknown, resource: string): string {
  try {
    return hash('sha256', JSON.stringify(raw), 'base64');
  } catch (cause) {
    // JSON.stringify is recursive where JSON.parse is not.
    throw new ApiUnexpectedShapeError(`A row of ${resource} is nested too deeply.`, { cause });
  }
}

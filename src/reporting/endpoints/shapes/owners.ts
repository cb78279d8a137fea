import type { Selection } from '../../endpoint.ts';
import type { Intake } from '../../intake.ts';
import { fieldOf, isObject, type JsonObject } from './json.ts';
import { toText } from './text.ts';

/** One app, or all apps together (`appKey` null), with what a document says about it. */
export interface Owner {
  readonly appKey: string | null;
  readonly node: JsonObject;
  /** Where it stood, for the quarantine: `total`, `addons[]`. */
  readonly path: string;
}

/** True for the apps a caller wants. A selection drops the totals: they would not be the selection's totals. */
function isWanted(appKey: string | null, productId: string | undefined, selection: Selection): boolean {
  const { appKeys, productIds } = selection;
  if (!appKeys && !productIds) return true;
  if (appKey === null) return false;
  return (!appKeys || appKeys.has(appKey)) && (!productIds || productIds.has(productId ?? ''));
}

/**
 * An app entry as an owner. An entry that names no app and holds none of `contents` is a stub
 * (`{"productId\"": "..."}` in the sample) and is skipped: its field is counted as unmapped. One with contents and
 * without a name is refused: its numbers belong to somebody.
 */
export function toAppOwner(
  node: JsonObject,
  contents: readonly string[],
  path: string,
  intake: Intake,
  selection: Selection,
): Owner | undefined {
  const key = fieldOf(node, ['addonKey', 'appKey']);
  const appKey = typeof key === 'string' ? toText(key) : undefined;
  if (appKey === undefined) {
    const isStub = !contents.some((name) => Object.hasOwn(node, name));
    if (!isStub) intake.refuse([{ path: `${path}.addonKey`, expected: 'a text' }]);
    return undefined;
  }
  const productId = typeof node['productId'] === 'string' ? node['productId'] : undefined;
  return isWanted(appKey, productId, selection) ? { appKey, node, path } : undefined;
}

/** The entry about all apps together, when it is wanted. */
export function toTotalOwner(
  node: unknown,
  path: string,
  intake: Intake,
  selection: Selection,
): Owner | undefined {
  if (!isWanted(null, undefined, selection)) return undefined;
  if (isObject(node)) return { appKey: null, node, path };
  intake.refuse([{ path, expected: 'object' }]);
  return undefined;
}

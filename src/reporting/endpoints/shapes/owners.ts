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

/** True for an app that a caller wants. One without a product id is refused when apps are wanted by it. */
export function isAppWanted(
  { appKey, productId }: { readonly appKey: string; readonly productId: string | undefined },
  path: string,
  intake: Intake,
  { appKeys, productIds }: Selection,
): boolean {
  if (appKeys && !appKeys.has(appKey)) return false;
  if (!productIds) return true;
  if (productId !== undefined) return productIds.has(productId.toLowerCase());
  intake.refuse([{ path: `${path}.productId`, expected: 'a text' }]);
  return false;
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
  return isAppWanted({ appKey, productId }, path, intake, selection) ? { appKey, node, path } : undefined;
}

/** The entry about all apps together, unless some apps are wanted: it would not be their total. */
export function toTotalOwner(
  node: unknown,
  path: string,
  intake: Intake,
  selection: Selection,
): Owner | undefined {
  if (selection.appKeys || selection.productIds) return undefined;
  if (isObject(node)) return { appKey: null, node, path };
  intake.refuse([{ path, expected: 'object' }]);
  return undefined;
}

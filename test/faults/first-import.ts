import { endQuietStart } from '../../src/slack/quiet-start.ts';
import { createStore } from '../../src/store/store.ts';
import { type ChildOptions, startChild } from './child.ts';

/**
 * The silent first import of the built product, with its quiet time over: a bot that starts now announces what is new. Gives what
 * the import printed. Throws when it failed.
 */
export async function importFirst(
  env: Readonly<Record<string, string>> & { readonly DATABASE_PATH: string },
  folder: string,
  options: ChildOptions = {},
): Promise<string> {
  const first = startChild('dist/cli.js', ['sync'], env, folder, options);
  if ((await first.ended) !== 0) throw new Error(`the first sync failed: ${first.output()}`);
  const store = await createStore(env.DATABASE_PATH);
  await endQuietStart(store);
  await store.close();
  return first.output();
}

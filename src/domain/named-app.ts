import type { App } from './app.ts';
import { fold } from './fold.ts';

/** An app, and the developer space that sells it. */
export interface SpaceApp {
  readonly developerId: string;
  readonly app: App;
}

/** The name of an app as it is compared, without the `app:` that may stand before it. */
function appName(words: readonly string[]): string {
  return fold(words.join(' ').replace(/^app:/i, ''));
}

/** The longest run of words that is an app's whole name or key: in `churn App 1 8`, "App 1". */
export function findNamedApp(apps: readonly SpaceApp[], words: readonly string[]) {
  for (let length = words.length; length > 0; length -= 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const wanted = appName(words.slice(from, from + length));
      const found = apps.find(({ app }) => [app.name, app.appKey].some((name) => fold(name) === wanted));
      if (wanted !== '' && found) return { found, rest: words.toSpliced(from, length) };
    }
  }
  return { found: undefined, rest: words };
}

/** The only app whose name contains the text. */
export function findPartOfApp(apps: readonly SpaceApp[], text: string): SpaceApp | undefined {
  const wanted = appName([text]);
  const partial = wanted === '' ? [] : apps.filter(({ app }) => fold(app.name).includes(wanted));
  return partial.length === 1 ? partial[0] : undefined;
}

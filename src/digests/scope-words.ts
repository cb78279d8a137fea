import { quoted } from '../messages/kit/words.ts';
import type { DigestRequest } from './digest.ts';

/** What a digest is about, for its title: "All cloud apps", "App 1", with the developer space when there are several. */
export function scopeName({ app, space }: DigestRequest, all: string): string {
  const name = app?.name ?? all;
  return space === undefined ? name : `${name}, ${space}`;
}

/** How the same digest is asked for: `churn`, or `churn "App 1"`. */
export function asksFor(id: string, { app }: DigestRequest): string {
  return app ? `${id} ${quoted(app.name)}` : id;
}

import { extname } from 'node:path';
import type { BuildDigest, BuiltDigest } from './digests/build-digest.ts';
import type { DigestRequest } from './digests/digest.ts';
import { createThread } from './thread/call-thread.ts';

/** What the thread is asked. */
export interface DigestQuestion {
  readonly digest: string;
  readonly request: DigestRequest;
}

/** Adding up a year of a large store takes as much memory as its rows. */
const MEMORY = { maxOldGenerationSizeMb: 4_096, maxYoungGenerationSizeMb: 64 };

/** A digest nobody asks for any more gives its memory back. */
const IDLE_MS = 60_000;

/** Builds digests in a thread of its own, one at a time, so that a large store keeps nobody else waiting. */
export function createDigestThread(databasePath: string): { build: BuildDigest; stop(): Promise<void> } {
  const thread = createThread<DigestQuestion, BuiltDigest>(
    new URL(`./digest-thread-main${extname(import.meta.url)}`, import.meta.url),
    { data: () => ({ databasePath }), memory: MEMORY },
  );
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  async function askAfter(before: Promise<unknown>, question: DigestQuestion): Promise<BuiltDigest> {
    await before.catch(() => undefined);
    clearTimeout(idle);
    try {
      return await thread.ask(question);
    } finally {
      idle = setTimeout(() => void thread.stop(), IDLE_MS).unref();
    }
  }

  return {
    build(digest, request) {
      const built = askAfter(last, { digest, request });
      last = built;
      return built;
    },
    async stop() {
      clearTimeout(idle);
      await thread.stop();
    },
  };
}

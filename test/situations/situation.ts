import type { ThreadedMessage } from '../../src/domain/message.ts';

/** The situations in which every digest is looked at: by the goldens, and by people in the demo's gallery. */
export const SITUATIONS = ['quiet', 'busy', 'absurd', 'no-history'] as const;
type Situation = (typeof SITUATIONS)[number];

/** One digest, built in each situation, and in others that only it knows. Keys become names of goldens. */
export type DigestSituations = Readonly<Record<Situation, () => ThreadedMessage>> &
  Readonly<Record<string, () => ThreadedMessage>>;

/**
 * The situations of a digest of the registry, from the file of its name beside this one, which exports them as
 * `situations`. Undefined where there is no such file yet.
 */
export async function readSituations(id: string): Promise<DigestSituations | undefined> {
  try {
    const module = (await import(`./${id}.ts`)) as { readonly situations: DigestSituations };
    return module.situations;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

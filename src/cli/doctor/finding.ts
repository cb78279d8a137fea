import { PulseError, reasonOf } from '../../domain/errors.ts';
import { exitCodeOf } from '../../exit-code.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly state: 'ok' | 'problem' | 'note';
  readonly what: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly exitCode?: number;
}

/** Something that is as it should be. */
export const fine = (what: string): Finding => ({ state: 'ok', what });

/** Something that works and could be better. */
export const note = (what: string, fix: string): Finding => ({ state: 'note', what, fix });

/** The error of something that was tried. */
export function problem(what: string, error: unknown): Finding {
  const code = error instanceof PulseError ? ` (${error.code})` : '';
  return { state: 'problem', what: `${what}${code}`, fix: reasonOf(error), exitCode: exitCodeOf(error) };
}

/** Tries something whose result is said in a few words. */
export async function attempt(what: string, run: () => Promise<string>): Promise<Finding> {
  try {
    return fine(`${what}: ${await run()}`);
  } catch (error) {
    return problem(what, error);
  }
}

import { churn } from './churn.ts';
import type { Digest } from './digest.ts';

/** Every digest, in the order in which they are posted. */
export const DIGESTS: readonly Digest[] = [churn];

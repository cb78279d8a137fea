import type { Alert } from './alert.ts';
import { largeTransaction } from './large-transaction.ts';

/** Every rule. */
export const ALERTS: readonly Alert[] = [largeTransaction];

import { usersOfTier } from '../../analytics/tier-size.ts';
import { count } from './words.ts';

/**
 * A tier as people say it: "Per Unit Pricing (593 Users)" is `593 users`, "Unlimited Users" `unlimited users`. A tier
 * that names no number of users ("Subscription") stays as it is.
 */
export function tierWords(tier: string): string;
export function tierWords(tier: string | undefined): string | undefined;
export function tierWords(tier: string | undefined): string | undefined {
  const users = usersOfTier(tier);
  if (users === undefined) return tier;
  return Number.isFinite(users) ? count(users, 'user') : 'unlimited users';
}

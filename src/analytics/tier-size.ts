/**
 * The users a tier allows: "15 Users", "1,000 Users" and "Per Unit Pricing (593 Users)" give the number, "Unlimited
 * Users" Infinity. Undefined for "Evaluation", "Subscription", "-1 User(s)", an absent tier and anything else.
 */
export function usersOfTier(tier: string | undefined): number | undefined {
  if (tier === undefined) return undefined;
  if (/^unlimited/i.test(tier.trim())) return Number.POSITIVE_INFINITY;
  const users = /(?:^|\()\s*([\d,]+)\s*users?\b/i.exec(tier)?.[1];
  return users === undefined ? undefined : Number(users.replaceAll(',', ''));
}

/** 1 if `next` allows more users than `previous`, -1 if fewer, 0 if as many; undefined if either is unknown. */
export function compareTiers(previous: string | undefined, next: string | undefined): -1 | 0 | 1 | undefined {
  const before = usersOfTier(previous);
  const after = usersOfTier(next);
  if (before === undefined || after === undefined) return undefined;
  return after > before ? 1 : after < before ? -1 : 0;
}

import type { NamedMovement, PaidPlan } from '../analytics/named-movements.ts';
import type { MovementKind } from '../analytics/movements.ts';
import { tierWords } from './kit/tier-words.ts';
import { duration } from './kit/words.ts';

/** What a kind of movement is called in sums: "new $5,100, bigger plans $1,400". */
export const KIND_WORDS: Readonly<Record<MovementKind, string>> = {
  new: 'new',
  reactivation: 'back',
  expansion: 'bigger plans',
  contraction: 'smaller plans',
  churn: 'left',
};

/** The kinds in the order in which sums name them. */
export const KIND_ORDER: readonly MovementKind[] = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
];

function planWords({ billing, tier }: PaidPlan): string {
  return [tierWords(tier), billing?.toLowerCase()].filter((part) => part !== undefined).join(', ');
}

function changeWords(from: PaidPlan, to: PaidPlan): string | undefined {
  const [before, after] = [tierWords(from.tier), tierWords(to.tier)];
  if (before !== undefined && after !== undefined && before !== after) return `from ${before} to ${after}`;
  if (from.billing !== undefined && to.billing !== undefined && from.billing !== to.billing)
    return `from ${from.billing.toLowerCase()} to ${to.billing.toLowerCase()}`;
  return undefined;
}

function withPlan(what: string, plan: PaidPlan): string {
  const words = planWords(plan);
  return words === '' ? what : `${what}, ${words}`;
}

/** What a customer did: "new, 50 users, annual", "from 50 users to 100 users", "back after 7 months, 25 users, monthly". */
export function moveWords({ daysAway, from, kind, to }: NamedMovement): string {
  switch (kind) {
    case 'new':
      return withPlan('new', to);
    case 'reactivation':
      return withPlan(daysAway === undefined ? 'back' : `back after ${duration(daysAway)}`, to);
    case 'churn':
      return withPlan('left', from);
    case 'expansion':
      return changeWords(from, to) ?? withPlan('pays more', to);
    case 'contraction':
      return changeWords(from, to) ?? withPlan('pays less', to);
  }
}

const DISCOUNTS: Readonly<Record<string, string>> = {
  LOYALTY_DISCOUNT: 'loyalty',
  LOYALTY: 'loyalty',
  EXPERT: 'expert',
  MANUAL: 'manual',
  MARKETPLACE_PROMOTION: 'Marketplace promotion',
};

/** A discount's type in words; one that is not known yet, in lower case. */
export function discountWords(type: string): string {
  return DISCOUNTS[type] ?? type.toLowerCase().replaceAll('_', ' ');
}

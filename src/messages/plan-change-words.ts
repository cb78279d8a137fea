import { usersOfTier } from '../analytics/tier-size.ts';
import type { NetMovement } from '../analytics/netting.ts';
import { planWorth } from '../analytics/plan-direction.ts';
import { tierWords } from './kit/tier-words.ts';
import { dollars, signedDollars } from './kit/words.ts';
import { KIND_NAME } from './movement-parts.ts';

/** "from 500 to 1,000 users", "from 500 users to unlimited users"; empty where the tiers are not known. */
function tiers({ newTier, oldTier }: NetMovement): string {
  if (oldTier === undefined || newTier === undefined || oldTier === newTier) return '';
  const [before, after] = [usersOfTier(oldTier), usersOfTier(newTier)];
  const areNumbers = before !== undefined && after !== undefined;
  return areNumbers && Number.isFinite(before) && Number.isFinite(after)
    ? `from ${before.toLocaleString('en-US')} to ${tierWords(newTier)}`
    : `from ${tierWords(oldTier)} to ${tierWords(newTier)}`;
}

/** What the customer did: "went from 500 to 1,000 users", "switched from monthly to annual billing". */
export function whatChanged(movement: NetMovement): string {
  const { kind, newBillingPeriod, oldBillingPeriod } = movement;
  if (kind === 'plan-switch') {
    const [from, to] = [oldBillingPeriod?.toLowerCase(), newBillingPeriod?.toLowerCase()];
    return from && to ? `switched from ${from} to ${to} billing` : 'switched its plan';
  }
  const change = tiers(movement);
  return change === '' ? `bought ${kind === 'upgrade' ? 'more' : 'less'}` : `went ${change}`;
}

/** The change a year with its sign; of a plan switch, whose change is a discount, what the new plan brings a year. */
export function yearlyChange(movement: NetMovement): string {
  if (movement.kind === 'plan-switch') return `${dollars(planWorth(movement))} a year`;
  const { annualised, net } = movement;
  return annualised === undefined ? signedDollars(net) : `${signedDollars(annualised)} a year`;
}

/** "Upgrade, +$6,200 a year". */
export function planChangeName(movement: NetMovement): string {
  return `${KIND_NAME[movement.kind]}, ${yearlyChange(movement)}`;
}

/** ", +$3,100 net now": what the change brings at once, where that is another amount. */
export function netNow({ annualised, kind, net }: NetMovement): string {
  return kind !== 'plan-switch' && annualised === net ? '' : `, ${signedDollars(net)} net now`;
}

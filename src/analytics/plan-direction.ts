import { type Cents, sumCents } from '../domain/money.ts';
import { dailyRateOf, yearlyRate } from './coverage.ts';
import { isRefund } from './net-kind.ts';
import type { NetMovement } from './netting.ts';

/**
 * Whether a movement is a step towards more or less of us: an upgrade, or from monthly to annual billing, is up. A switch
 * to neither period goes by its change a year. Undefined for movements that change no plan.
 */
export function planDirection(movement: NetMovement): 'up' | 'down' | undefined {
  const { annualised, kind, newBillingPeriod } = movement;
  if (kind === 'upgrade') return 'up';
  if (kind === 'downgrade') return 'down';
  if (kind !== 'plan-switch') return undefined;
  const period = newBillingPeriod?.toLowerCase();
  if (period === 'annual') return 'up';
  if (period === 'monthly') return 'down';
  return (annualised ?? 0) >= 0 ? 'up' : 'down';
}

/** What the bills of a movement bring a year; undefined if one has no window. */
function billedAYear({ lines }: NetMovement): Cents | undefined {
  const rates = lines.filter((line) => !isRefund(line)).map(dailyRateOf);
  const known = rates.filter((rate) => rate !== undefined).toSorted((a, b) => a - b);
  return known.length < rates.length ? undefined : yearlyRate(known.reduce((sum, rate) => sum + rate, 0));
}

/**
 * How much is at stake in a change of plan, cents and never negative: the change a year, its net amount where a window is
 * missing. Of a plan switch it is what the new plan brings a year: the change alone is a discount.
 */
export function planWorth(movement: NetMovement): Cents {
  const { annualised, billed, kind, net } = movement;
  if (kind === 'plan-switch') return Math.abs(billedAYear(movement) ?? billed);
  return Math.abs(annualised ?? net);
}

/**
 * Whether half of a movement is probably still to come: a refund that may be billed again, or the bill of a changed plan
 * for a term that began before it, which is always billed beside a refund of the old plan.
 */
export function isHalf({ kind, lines }: NetMovement): boolean {
  if (kind === 'refund') return true;
  if (kind !== 'upgrade' && kind !== 'downgrade' && kind !== 'plan-switch') return false;
  const isWholeTerm = lines.some(
    ({ maintenanceStart, saleDate }) => maintenanceStart !== undefined && maintenanceStart < saleDate,
  );
  return isWholeTerm && !lines.some(isRefund) && sumCents(lines.map((line) => line.vendorAmount)) > 0;
}

import { type Day, weekOf } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { type NetMovement, netMovements } from './netting.ts';

/**
 * The new sales of a week: net movements that count for it (`bookedOn`), are a sale with a line of sale type New, and
 * are worth something once refunds of the same movement are taken off. Largest first. Give all paid lines of the
 * entitlements concerned. A change from monthly to annual is billed as New too, but netted it is a plan switch.
 */
export function newCustomers(paid: Iterable<RecordedLine>, week: Day): NetMovement[] {
  return netMovements(paid)
    .filter(
      ({ bookedOn, kind, lines, net }) =>
        kind === 'sale' &&
        net > 0 &&
        weekOf(bookedOn) === week &&
        lines.some(({ saleType }) => saleType?.toLowerCase() === 'new'),
    )
    .toSorted((a, b) => b.net - a.net || (a.id < b.id ? -1 : 1));
}

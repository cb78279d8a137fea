import { type Day, weekOf } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { netMovements } from './netting.ts';

/**
 * The refund lines of a week (`bookedOn`) that nothing was billed in place of, largest first. Their sum is
 * `InvoicedWeek.unpairedRefunds`. Give all paid lines of the entitlements concerned.
 */
export function unpairedRefunds(paid: Iterable<RecordedLine>, week: Day): RecordedLine[] {
  return netMovements(paid)
    .filter(({ kind }) => kind === 'refund')
    .flatMap(({ lines }) => lines)
    .filter(({ bookedOn }) => weekOf(bookedOn) === week)
    .toSorted((a, b) => a.vendorAmount - b.vendorAmount || (a.lineId < b.lineId ? -1 : 1));
}

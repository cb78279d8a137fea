import { type Day, weekOf } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { isRefund } from './net-kind.ts';
import { netMovements } from './netting.ts';

/** The refunds among the lines of a movement, without those that take back a bill of the same movement. */
function refundsOf(lines: readonly RecordedLine[]): RecordedLine[] {
  const made = new Set(lines.filter((line) => !isRefund(line)).map(({ transactionId }) => transactionId));
  return lines.filter((line) => isRefund(line) && !made.has(line.originalTransactionId ?? ''));
}

/**
 * The refund lines of a week (`bookedOn`) that nothing was billed in place of, largest first. A sale taken back on
 * its own day is none. Give all paid lines of the entitlements concerned.
 */
export function unpairedRefunds(paid: Iterable<RecordedLine>, week: Day): RecordedLine[] {
  return netMovements(paid)
    .filter(({ kind }) => kind === 'refund')
    .flatMap(({ lines }) => refundsOf(lines))
    .filter(({ bookedOn }) => weekOf(bookedOn) === week)
    .toSorted((a, b) => a.vendorAmount - b.vendorAmount || (a.lineId < b.lineId ? -1 : 1));
}

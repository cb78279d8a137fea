import type { NetKind } from '../analytics/net-kind.ts';
import { type NetMovement, netMovements } from '../analytics/netting.ts';
import { sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { type Mrkdwn, mrk } from './kit/escape.ts';
import { dataTable, type Table } from './kit/table.ts';
import { count, exactDollars } from './kit/words.ts';

const WHAT: Record<NetKind, string> = {
  sale: 'Sale',
  renewal: 'Renewal',
  upgrade: 'Upgrade',
  downgrade: 'Downgrade',
  'plan-switch': 'Plan switch',
  refund: 'Refund',
  adjustment: 'Adjustment',
};

function distinct(texts: readonly (string | undefined)[]): string {
  return [...new Set(texts.filter((text) => text !== undefined))].join(', ');
}

function what({ kind, lines, main }: NetMovement): string {
  const own = main.isManualInvoice && kind === 'sale' ? 'Manual invoice' : WHAT[kind];
  return lines.length > 1 ? `${own}, net of ${lines.length} lines` : own;
}

function tier({ newTier, oldTier, main }: NetMovement): string {
  if (oldTier !== undefined && newTier !== undefined && oldTier !== newTier)
    return `${oldTier} to ${newTier}`;
  return newTier ?? oldTier ?? main.tier ?? '-';
}

/** The table of a card, and what to say about what it leaves out. */
export interface TransactionTable extends Table {
  readonly left: readonly Mrkdwn[];
}

/**
 * Lines netted as everywhere else, newest first: refund and re-bill of one day are one row, so that the amounts are what
 * really moved. They add up to the sum of all lines. Lines of $0 move nothing and are left out.
 */
export function transactionTable(lines: readonly RecordedLine[], budget: number): TransactionTable {
  const movements = netMovements(lines).toReversed();
  const table = dataTable(
    'Transactions, newest first; our share in US dollars, refund and re-bill together',
    [
      { title: 'Sale date', cell: ({ day }: NetMovement) => day },
      { title: 'What', cell: what },
      { title: 'Tier', cell: tier },
      { title: 'Our share, net $', cell: ({ net }) => ({ value: net / 100, text: exactDollars(net) }) },
      {
        title: 'Payment, transaction',
        cell: (movement) =>
          [
            distinct(movement.lines.map(({ paymentStatus }) => paymentStatus)),
            distinct(movement.lines.map(({ transactionId }) => transactionId)),
          ]
            .filter((part) => part !== '')
            .join(', '),
      },
    ],
    movements,
    budget,
  );
  const hidden = movements.length - table.shown;
  const free = lines.filter(({ vendorAmount }) => vendorAmount === 0).length;
  const unpaid = lines.filter(({ paymentStatus }) => paymentStatus === 'Uncollectible');
  const lost = sumCents(unpaid.map(({ vendorAmount }) => vendorAmount));
  return {
    ...table,
    left: [
      ...(hidden > 0 ? [mrk`${count(hidden, 'older transaction')} not shown`] : []),
      ...(free > 0 ? [mrk`${count(free, 'line')} of $0 left out`] : []),
      ...(lost !== 0 ? [mrk`uncollectible ${exactDollars(lost)} is not in the lifetime net`] : []),
    ],
  };
}

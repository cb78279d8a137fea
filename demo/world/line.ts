import type { Offset } from './calendar.ts';
import type { RawDiscount, RawDunning } from './raw-rows.ts';
import type { Billing, Subscription } from './subscription.ts';

/** A later change of a line: a payment, a failed attempt, a correction of the amount. */
export interface LineChange {
  readonly visible: Offset;
  readonly paymentStatus?: string;
  readonly dunning?: readonly RawDunning[];
  readonly price?: number;
  readonly amount?: number;
}

/** One transaction line before it is written as a row. Money in dollars, rounded to cents, refunds negative. */
export interface Line {
  readonly subscription: Subscription;
  /** The day it was made. */
  readonly on: Offset;
  /** What the API calls saleDate: with payment terms the due date, which may lie in the future. */
  readonly saleDay: Offset;
  readonly transactionId: string;
  readonly lineId: string;
  /** null on manual invoices. */
  readonly saleType: string | null;
  readonly billing: Billing;
  readonly oldBilling: Billing | undefined;
  readonly tier: string;
  readonly oldTier: string | undefined;
  readonly price: number;
  readonly amount: number;
  readonly start: Offset;
  readonly end: Offset;
  readonly discounts: readonly RawDiscount[];
  readonly terms: 'Net14' | 'Net30' | undefined;
  readonly paymentStatus: string;
  readonly refundReason: string | undefined;
  readonly creditNoteReason: string | undefined;
  readonly original: { readonly transactionId: string; readonly saleDay: Offset } | undefined;
  readonly prorated: readonly { readonly addedUsers: number; readonly on: Offset }[] | undefined;
  /** The day the API first shows it. */
  readonly visible: Offset;
  /** The day it disappears: orders entered by mistake do. */
  goneFrom: Offset | undefined;
  readonly changes: LineChange[];
}

/** What a caller must say about a new line; the history fills in identifiers and arrival. */
export type LineDraft = Pick<
  Line,
  'subscription' | 'on' | 'saleType' | 'price' | 'amount' | 'start' | 'end'
> &
  Partial<Omit<Line, 'subscription' | 'on' | 'saleType' | 'price' | 'amount' | 'start' | 'end' | 'changes'>>;

/** Dollars with at most two decimals, as the API's floats show them. */
export function toDollars(value: number): number {
  return Math.round(value * 100) / 100;
}

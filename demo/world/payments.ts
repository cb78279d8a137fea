import type { Calendar, Offset } from './calendar.ts';
import type { Line, LineChange } from './line.ts';
import type { Random } from './random.ts';
import type { RawDunning } from './raw-rows.ts';
import type { Billing, Subscription } from './subscription.ts';

/** How a line is to be paid, and what becomes of it. */
export interface PaymentPlan {
  readonly terms: Line['terms'];
  readonly saleDay: Offset;
  readonly paymentStatus: string;
  readonly changes: readonly LineChange[];
  /** Nobody will ever pay: the subscription ends at its next renewal. */
  readonly fails: boolean;
}

/** Atlassian's retries of a failed payment, about fifteen days apart at the end. */
function attempts(calendar: Calendar, first: Offset, count: number): RawDunning[] {
  const days = [first, first + 5, first + 15];
  return days.slice(0, count).map((on, index) => {
    const next = days[index + 1];
    return {
      attemptCount: index + 1,
      errorCode: index === 0 ? 'card_declined' : 'insufficient_funds',
      paymentAttemptDate: calendar.day(on),
      ...(next === undefined ? {} : { nextPaymentAttemptDate: calendar.day(next) }),
    };
  });
}

/** A failed card: two or three attempts, then paid after all or uncollectible. */
export function dunningOf(calendar: Calendar, first: Offset, recovers: boolean): readonly LineChange[] {
  return [
    { visible: first, paymentStatus: 'Open', dunning: attempts(calendar, first, 1) },
    { visible: first + 5, paymentStatus: 'Open', dunning: attempts(calendar, first, 2) },
    recovers
      ? { visible: first + 9, paymentStatus: 'Paid', dunning: attempts(calendar, first, 2) }
      : { visible: first + 16, paymentStatus: 'Uncollectible', dunning: attempts(calendar, first, 3) },
  ];
}

/**
 * Cards are charged at once and fail now and then; annual plans of larger or partner-served customers are
 * invoiced with 14 or 30 days to pay, and their sale date is the due date, which lies in the future when the
 * line first appears.
 */
export function planPayment(
  random: Random,
  calendar: Calendar,
  subscription: Subscription,
  on: Offset,
  billing: Billing,
): PaymentPlan {
  const invoiced = billing === 'Annual' && (subscription.customer.partner || subscription.users > 200);
  if (invoiced && random.chance(0.6)) {
    const terms = random.chance(0.8) ? 'Net30' : 'Net14';
    const saleDay = on + (terms === 'Net30' ? 30 : 14);
    const fails = random.chance(0.03);
    const changes = fails
      ? dunningOf(calendar, saleDay + 8, false)
      : [{ visible: saleDay + random.int(-6, 8), paymentStatus: 'Paid' }];
    return { terms, saleDay, paymentStatus: 'Open', changes, fails };
  }
  if (!random.chance(0.025))
    return { terms: undefined, saleDay: on, paymentStatus: 'Paid', changes: [], fails: false };
  const fails = random.chance(0.3);
  return {
    terms: undefined,
    saleDay: on,
    paymentStatus: 'Open',
    changes: dunningOf(calendar, on, !fails),
    fails,
  };
}

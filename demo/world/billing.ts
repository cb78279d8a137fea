import type { Calendar, Offset } from './calendar.ts';
import type { History } from './history.ts';
import type { Line, LineDraft } from './line.ts';
import { toDollars } from './line.ts';
import { type PaymentPlan, planPayment } from './payments.ts';
import { listPrice, partnerShare } from './prices.ts';
import type { Random } from './random.ts';
import type { RawDiscount } from './raw-rows.ts';
import type { Billing, Subscription, Term } from './subscription.ts';
import { tierText } from './subscription.ts';

/** What a landmark fixes about a sale instead of chance. */
export interface SaleDetails {
  readonly price?: number;
  readonly visible?: Offset;
  readonly transactionId?: string;
  readonly payment?: PaymentPlan;
}

/** Charged at once. */
function byCard(on: Offset): PaymentPlan {
  return { terms: undefined, saleDay: on, paymentStatus: 'Paid', changes: [], fails: false };
}

/** Writes the transaction lines of sales, renewals, changes and refunds. */
export function createBilling(random: Random, calendar: Calendar, history: History) {
  function priceOf(subscription: Subscription, users: number, billing: Billing): number {
    return listPrice({ ...subscription, users, billing });
  }

  /** One sale in ten carries a discount; a few are discounted to nothing and still name the amount. */
  function discountOn(subscription: Subscription, price: number): RawDiscount[] {
    if (price === 0 || !random.chance(0.1)) return [];
    const amount = random.chance(0.04) ? price : toDollars(price * random.pick([0.05, 0.1, 0.15, 0.2, 0.4]));
    if (subscription.customer.partner && random.chance(0.5)) return [{ type: 'EXPERT', amount }];
    return [
      random.weighted<RawDiscount>([
        [{ type: 'LOYALTY_DISCOUNT', amount }, 40],
        [{ type: 'MARKETPLACE_PROMOTION', amount, code: 'SPRING20' }, 35],
        [{ type: 'MANUAL', amount, reason: 'DUAL_LICENSING' }, 25],
      ]),
    ];
  }

  /** The months a plan covers, from an anchor so that a 31st does not drift to the 28th for ever. */
  function termEnd(start: Offset, billing: Billing): Offset {
    return calendar.addMonths(start, billing === 'Annual' ? 12 : 1);
  }

  /** Rare corrections: an amount restated weeks later, an order entered twice and removed again. */
  function disturb(line: Line): void {
    if (line.price === 0 || line.subscription.script) return;
    if (random.chance(0.008)) {
      const price = toDollars(line.price * random.pick([0.9, 0.95, 1.04]));
      line.changes.push({
        visible: line.visible + random.int(3, 45),
        price,
        amount: partnerShare(price, line.on),
      });
    }
    if (line.saleType === 'New' && random.chance(0.04)) {
      const twin = history.add({ ...withoutIdentity(line), visible: line.visible });
      twin.goneFrom = line.visible + random.int(2, 25);
    }
  }

  function withoutIdentity(line: Line): LineDraft {
    const { transactionId: _order, lineId: _line, changes: _changes, ...rest } = line;
    return {
      ...rest,
      transactionId: `IN-${random.int(100, 999)}-${random.int(100, 999)}-${random.int(100, 999)}`,
    };
  }

  /** Sells or renews a term of the subscription's current plan and makes it the current term. */
  function sell(
    subscription: Subscription,
    on: Offset,
    saleType: 'New' | 'Renewal',
    details: SaleDetails = {},
  ): Line {
    const billing = subscription.billing;
    const before = subscription.term;
    const start = saleType === 'Renewal' && before ? before.end : on;
    const end = anchoredEnd(subscription, start, billing);
    const { script } = subscription;
    const list = details.price ?? script?.price ?? priceOf(subscription, subscription.users, billing);
    const discounts = script ? [] : discountOn(subscription, list);
    const price = toDollars(list - discounts.reduce((sum, { amount }) => sum + amount, 0));
    const payment =
      details.payment ??
      (script || price === 0 ? byCard(on) : planPayment(random, calendar, subscription, on, billing));
    const oldTier = before?.lines[0]?.tier;
    const line = history.add({
      subscription,
      on,
      saleDay: payment.saleDay,
      saleType: subscription.manual ? null : saleType,
      price,
      amount: partnerShare(price, on),
      start,
      end,
      discounts,
      terms: payment.terms,
      paymentStatus: payment.paymentStatus,
      oldTier: oldTier ?? (subscription.evaluationStart === undefined ? undefined : 'Evaluation'),
      oldBilling: before?.billing,
      ...(details.visible === undefined ? {} : { visible: details.visible }),
      ...(details.transactionId === undefined ? {} : { transactionId: details.transactionId }),
    });
    line.changes.push(...payment.changes);
    subscription.failed ||= payment.fails && !subscription.script;
    subscription.term = { billing, start, end, lines: [line] };
    subscription.paidSince ??= on;
    disturb(line);
    return line;
  }

  function anchoredEnd(subscription: Subscription, start: Offset, billing: Billing): Offset {
    const anchor = subscription.paidSince;
    if (anchor === undefined || billing === 'Annual') return termEnd(start, billing);
    for (let months = 1; months < 80; months += 1) {
      const end = calendar.addMonths(anchor, months);
      if (end > start) return end;
    }
    return termEnd(start, billing);
  }

  /** A credit for one line, whole or in part, with the original's status moved to Refunded when it is whole. */
  function credit(
    line: Line,
    on: Offset,
    draft: Partial<LineDraft> & { readonly portion?: number } = {},
  ): Line {
    const { portion = 1, ...rest } = draft;
    const refund = history.add({
      subscription: line.subscription,
      on,
      saleType: line.subscription.manual ? null : 'Refund',
      billing: line.billing,
      tier: line.tier,
      price: -toDollars(line.price * portion),
      amount: -toDollars(line.amount * portion),
      start: line.start,
      end: line.end,
      original: random.chance(0.7) ? { transactionId: line.transactionId, saleDay: line.saleDay } : undefined,
      ...rest,
    });
    if (portion === 1) line.changes.push({ visible: refund.visible, paymentStatus: 'Refunded' });
    return refund;
  }

  /**
   * Another user count in the middle of a term: the old line is refunded in full and the new one billed in full
   * on the same day for the same period, the way Atlassian's billing has done it since 2024.
   */
  function change(
    subscription: Subscription,
    on: Offset,
    users: number,
    details: { readonly visible?: Offset; readonly newPrice?: number } = {},
  ): { readonly refund: Line; readonly bill: Line } | undefined {
    const term = subscription.term;
    const old = term?.lines[0];
    if (!term || !old || old.price === 0) return undefined;
    const visible = details.visible ?? on + (random.chance(0.4) ? 1 : 0);
    const refund = credit(old, on, {
      visible,
      creditNoteReason: random.chance(0.5) ? 'ORDER_CHANGE' : undefined,
    });
    const left = Math.max(0, (term.end - on) / (term.end - term.start));
    const price =
      details.newPrice ??
      toDollars(old.price * (1 - left) + priceOf(subscription, users, term.billing) * left);
    const bill = history.add({
      subscription,
      on,
      visible,
      saleType: users >= subscription.users ? 'Upgrade' : 'Downgrade',
      billing: term.billing,
      oldBilling: term.billing,
      tier: tierText(subscription.tierStyle, users),
      oldTier: old.tier,
      price,
      amount: partnerShare(price, on),
      start: old.start,
      end: old.end,
    });
    subscription.users = users;
    subscription.term = { ...term, lines: [bill] };
    return { refund, bill };
  }

  /** Users added during a month are billed by a small line of their own, until the month's end. */
  function addProrated(subscription: Subscription, on: Offset): void {
    const term = subscription.term;
    const base = term?.lines[0];
    if (!term || !base || base.price === 0 || term.end - on < 2) return;
    const added = random.int(1, Math.max(2, Math.round(subscription.users / 20)));
    const before = subscription.users;
    const grown = priceOf(subscription, before + added, 'Monthly') - priceOf(subscription, before, 'Monthly');
    const price = toDollars(Math.max(0.4, (grown * (term.end - on)) / (term.end - term.start)));
    const line = history.add({
      subscription,
      on,
      saleType: 'Upgrade',
      billing: 'Monthly',
      oldBilling: 'Monthly',
      tier: tierText(subscription.tierStyle, before + added),
      oldTier: random.chance(0.3) ? '-1 User(s)' : base.tier,
      price,
      amount: partnerShare(price, on),
      start: on,
      end: term.end,
      prorated: [{ addedUsers: added, on }],
    });
    subscription.users = before + added;
    term.lines.push(line);
  }

  /**
   * From monthly to annual in the middle of a month: every line of the month is refunded, a $0 renewal whose
   * period starts and ends on the same day appears, and the year is sold as new.
   */
  function switchToAnnual(subscription: Subscription, on: Offset, visible?: Offset): Term | undefined {
    const term = subscription.term;
    if (!term || term.billing === 'Annual') return undefined;
    const shown = visible === undefined ? {} : { visible };
    for (const line of term.lines) credit(line, on, { ...shown, creditNoteReason: 'BILLING_CYCLE_CHANGE' });
    history.add({
      subscription,
      on,
      saleType: 'Renewal',
      billing: 'Monthly',
      price: 0,
      amount: 0,
      start: on,
      end: on,
      ...shown,
    });
    subscription.billing = 'Annual';
    sell(subscription, on, 'New', { ...shown, payment: byCard(on) });
    return subscription.term;
  }

  return { sell, credit, change, addProrated, switchToAnnual };
}

export type BillingDesk = ReturnType<typeof createBilling>;

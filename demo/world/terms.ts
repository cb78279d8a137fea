import type { Agenda } from './agenda.ts';
import type { DemoApp } from './apps.ts';
import { delay } from './arrivals.ts';
import type { BillingDesk, SaleDetails } from './billing.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { Customer } from './customers.ts';
import { drawFeedback } from './feedback.ts';
import type { History, LifeEvent, SubscriptionDraft } from './history.ts';
import { createQuota, type Random } from './random.ts';
import type { Subscription, Term } from './subscription.ts';
import { isCounted } from './subscription.ts';

/** What terms are drawn from and written to. */
export interface TermsDeps {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly agenda: Agenda;
  readonly history: History;
  readonly billing: BillingDesk;
}

/** Before this day users added within a month were not billed by lines of their own. */
const PRORATION_SINCE = -330;

/** Purchases, renewals, changes and goodbyes of single subscriptions. */
export function createTerms({ random, calendar, agenda, history, billing }: TermsDeps) {
  const leaves = createQuota(random.fork('leaves'));
  const owned = new Map<string, Set<string>>();
  const moods = new Map<Offset, number>();

  /** Some weeks are worse than others. */
  function moodOf(day: Offset): number {
    const week = calendar.weekStart(day);
    const mood = moods.get(week) ?? 0.85 + 0.45 * random.next();
    moods.set(week, mood);
    return mood;
  }

  function open(draft: SubscriptionDraft): Subscription {
    const apps = owned.get(draft.customer.accountId) ?? new Set();
    owned.set(draft.customer.accountId, apps.add(draft.app.appKey));
    return history.open(draft);
  }

  function owns(customer: Customer, app: DemoApp): boolean {
    return owned.get(customer.accountId)?.has(app.appKey) ?? false;
  }

  function recordEvent(
    kind: LifeEvent['kind'],
    subscription: Subscription,
    on: Offset,
    term: Term,
    visible?: Offset,
  ) {
    if (!isCounted(subscription)) return;
    const drawn = on + delay(random, kind === 'renewal' ? 0.008 : 0.02);
    // The landmark's restatement stays the only one that reaches past churn in the last days.
    const isCrowding = kind === 'churn' && drawn > on + 1 && drawn > -7 && drawn <= 0;
    history.addEvent({
      kind,
      subscription,
      on,
      visible: visible ?? (isCrowding ? on + 1 : drawn),
      transactionId: term.lines[0]?.transactionId,
      start: term.start,
      end: term.end,
      months: term.billing === 'Annual' ? 12 : 1,
    });
  }

  /** A purchase without an evaluation. */
  function buy(draft: SubscriptionDraft, details: SaleDetails = {}): Subscription {
    return begin(open(draft), draft.begun, details);
  }

  function planOf(subscription: Subscription): Subscription['billing'] {
    if (subscription.hosting === 'Data Center') return 'Annual';
    return random.chance(subscription.users > 150 ? 0.3 : 0.68) ? 'Monthly' : 'Annual';
  }

  function begin(
    subscription: Subscription,
    on: Offset,
    details: SaleDetails = {},
    isConversion = false,
  ): Subscription {
    if (!subscription.script) subscription.billing = planOf(subscription);
    billing.sell(subscription, on, 'New', details);
    const term = subscription.term;
    if (!term) return subscription;
    const tier = subscription.tierStyle === 'plain' && random.chance(0.05) ? 'Subscription' : undefined;
    showTerm(subscription, on, term, tier ? { tier } : {}, details.visible);
    if (isConversion) recordEvent('conversion', subscription, on, term, details.visible);
    follow(subscription, term);
    if (!subscription.script) mayRegret(subscription, on);
    return subscription;
  }

  function showTerm(
    subscription: Subscription,
    on: Offset,
    term: Term,
    patch: { readonly tier?: string },
    visible: Offset | undefined,
  ): void {
    const tier = term.lines.at(-1)?.tier;
    history.note(
      subscription,
      on,
      {
        status: 'active',
        licenseType: subscription.licenseType,
        end: term.end,
        ...(tier ? { tier } : {}),
        ...patch,
      },
      visible === undefined ? {} : { visible },
    );
  }

  /** One sale in eighty is cancelled and refunded within a month, with no re-bill. */
  function mayRegret(subscription: Subscription, on: Offset): void {
    if (!random.chance(0.013)) return;
    const day = on + random.int(3, 25);
    agenda.plan(day, () => regret(subscription, day));
  }

  function regret(subscription: Subscription, on: Offset, visible?: Offset): void {
    const line = subscription.term?.lines[0];
    if (!line || line.price === 0 || subscription.endedOn !== undefined || on >= line.end) return;
    const shown = visible === undefined ? {} : { visible };
    billing.credit(line, on, {
      refundReason: 'REFUND_CANCELLED_PURCHASE',
      creditNoteReason: 'CUSTOMER_REQUEST',
      ...shown,
    });
    subscription.endedOn = on;
    subscription.term = undefined;
    history.note(subscription, on, { status: 'inactive', end: on }, shown);
  }

  /** Plans what happens to a term: its end, and changes before it. */
  function follow(subscription: Subscription, term: Term): void {
    agenda.plan(term.end, () => {
      if (subscription.term === term || subscription.term?.end === term.end) fallDue(subscription, term.end);
    });
    if (subscription.script || subscription.manual) return;
    const day = term.start + random.int(1, Math.max(1, term.end - term.start - 2));
    if (term.billing === 'Annual') {
      if (random.chance(0.15)) agenda.plan(day, () => resize(subscription, day));
      if (random.chance(0.012)) agenda.plan(day, () => goodwill(subscription, day));
      return;
    }
    const isSwitching = random.chance(0.008);
    if (day > PRORATION_SINCE && random.chance(isSwitching ? 0.6 : 0.06)) {
      agenda.plan(day, () => grow(subscription, day));
    }
    if (isSwitching) agenda.plan(day + 1, () => switchPlan(subscription, day + 1));
  }

  function resize(subscription: Subscription, on: Offset, users?: number, details = {}): void {
    if (!subscription.term || subscription.endedOn !== undefined || on >= subscription.term.end) return;
    const factor = random.chance(0.72) ? 1.15 + random.next() * 0.7 : 0.5 + random.next() * 0.35;
    const changed = billing.change(
      subscription,
      on,
      users ?? Math.max(2, Math.round(subscription.users * factor)),
      details,
    );
    if (changed)
      history.note(subscription, on, { tier: changed.bill.tier }, { visible: changed.bill.visible });
  }

  /** Users join in the middle of a month. */
  function grow(subscription: Subscription, on: Offset): void {
    if (subscription.endedOn === undefined) billing.addProrated(subscription, on);
  }

  function goodwill(subscription: Subscription, on: Offset): void {
    const line = subscription.term?.lines[0];
    if (!line || line.price === 0) return;
    billing.credit(line, on, { portion: 0.25, creditNoteReason: 'GOODWILL', refundReason: 'REFUND_PARTIAL' });
  }

  function switchPlan(subscription: Subscription, on: Offset, visible?: Offset): void {
    if (subscription.endedOn !== undefined || !subscription.term || on >= subscription.term.end) return;
    const term = billing.switchToAnnual(subscription, on, visible);
    if (!term) return;
    showTerm(subscription, on, term, {}, visible);
    follow(subscription, term);
  }

  /** The day a term ends: it renews or leaves. */
  function fallDue(subscription: Subscription, on: Offset): void {
    const term = subscription.term;
    if (!term || subscription.endedOn !== undefined) return;
    const { script, renewals } = subscription;
    if (
      script ? script.leavesAt === renewals + 1 : subscription.failed || leaves(hazardOf(subscription, on))
    ) {
      leave(subscription, on, term);
      return;
    }
    const isLate = !script && term.billing === 'Annual' && random.chance(0.15);
    const invoiced = isLate ? on + random.int(1, 10) : on;
    if (isLate) history.note(subscription, on + 1, { grace: true });
    agenda.plan(invoiced, () => renew(subscription, on, invoiced));
  }

  /** Monthly customers leave most in the first quarter; an annual plan is given up once a year or not at all. */
  function hazardOf(subscription: Subscription, on: Offset): number {
    if (subscription.term?.billing === 'Annual') return 0.16 * moodOf(on);
    return (subscription.renewals < 3 ? 0.11 : 0.065) * moodOf(on);
  }

  function renew(subscription: Subscription, due: Offset, invoiced: Offset): void {
    if (!subscription.script && subscription.billing === 'Monthly' && random.chance(0.04)) {
      subscription.users = Math.max(1, Math.round(subscription.users * (0.85 + 0.4 * random.next())));
    }
    subscription.renewals += 1;
    billing.sell(subscription, invoiced, 'Renewal');
    const term = subscription.term;
    if (!term) return;
    showTerm(subscription, invoiced, term, {}, undefined);
    const seen = invoiced === due ? undefined : invoiced + delay(random, 0);
    recordEvent('renewal', subscription, due, term, seen);
    follow(subscription, term);
  }

  function leave(subscription: Subscription, on: Offset, term: Term): void {
    const { script } = subscription;
    const visible = script?.leavingVisible;
    const noticeDays = random.int(2, term.billing === 'Annual' ? 25 : 12);
    if (!script && random.chance(0.6)) history.note(subscription, on - noticeDays, { status: 'cancelled' });
    history.note(
      subscription,
      on,
      { status: 'inactive', grace: random.chance(0.1) },
      visible === undefined ? {} : { visible },
    );
    recordEvent('churn', subscription, on, term, visible);
    subscription.endedOn = on;
    subscription.leftHost = !script && random.chance(0.3);
    if (script) return;
    if (random.chance(0.55))
      history.addFeedback(drawFeedback(random, subscription, on - random.int(0, 2), 'unsubscribe'));
    if (!random.chance(0.05)) return;
    const back = on + random.int(40, 260);
    const { app, customer, hosting } = subscription;
    agenda.plan(back, () => void buy({ app, customer, hosting, begun: back }));
  }

  return { open, owns, begin, buy, grow, resize, regret, switchPlan };
}

import { delay } from './arrivals.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { Customer } from './customers.ts';
import type { Line, LineDraft } from './line.ts';
import type { Random } from './random.ts';
import type { LicenseState, Subscription } from './subscription.ts';
import { tierText } from './subscription.ts';

/** A churn, conversion or renewal, dated by the day it counts for. */
export interface LifeEvent {
  readonly kind: 'churn' | 'conversion' | 'renewal';
  readonly subscription: Subscription;
  readonly on: Offset;
  readonly visible: Offset;
  readonly transactionId: string | undefined;
  readonly start: Offset;
  readonly end: Offset;
  readonly months: 1 | 12;
}

/** What someone said on the way out. `subscription` undefined: anonymous. */
export interface FeedbackNote {
  readonly app: Subscription['app'];
  readonly subscription: Subscription | undefined;
  readonly on: Offset;
  readonly visible: Offset;
  readonly type: string;
  readonly reasonKey: string;
  readonly message: string;
}

/** What a new subscription must say; the history draws the rest. */
export type SubscriptionDraft = Pick<Subscription, 'app' | 'customer' | 'begun'> &
  Partial<Omit<Subscription, 'states' | 'term'>>;

/** Unique entitlement numbers: `E-` and four groups of three, the form of the API's samples. */
export function createNumbers(random: Random): () => string {
  const given = new Set<string>();
  return () => {
    let number = '';
    do {
      number = `E-${random.code(3)}-${random.code(3)}-${random.code(3)}-${random.code(3)}`;
    } while (given.has(number));
    given.add(number);
    return number;
  };
}

/** Everything that happened, in the order it happened; the rows are written from it. */
export function createHistory(random: Random, calendar: Calendar, nextNumber: () => string) {
  const subscriptions: Subscription[] = [];
  const lines: Line[] = [];
  const events: LifeEvent[] = [];
  const feedback: FeedbackNote[] = [];
  const orders = new Map<string, string>();
  let nextSen = 1_200_000;

  /** Cloud rows are numbered from the start, Data Center rows in a roll-out that ends yesterday, a tenth never. */
  function numberedFrom(hosting: string): Offset {
    if (hosting === 'Cloud') return -Infinity;
    return random.weighted([
      [Infinity, 10],
      [random.int(-60, -20), 60],
      [random.int(-1, 0), 30],
    ]);
  }

  function open(draft: SubscriptionDraft): Subscription {
    const hosting = draft.hosting ?? 'Cloud';
    const isDataCenter = hosting === 'Data Center';
    if (isDataCenter) nextSen += random.int(3, 40);
    const subscription: Subscription = {
      hosting,
      site: draft.customer.site,
      owner: 'customer',
      boundary: 'commercial',
      entitlementId: random.uuid(),
      entitlementNumber: nextNumber(),
      licenseId: isDataCenter ? `SEN-${nextSen}` : undefined,
      addonLicenseId: isDataCenter ? String(7_000_000 + nextSen) : undefined,
      numberedFrom: numberedFrom(hosting),
      grownFrom: undefined,
      licenseType: 'COMMERCIAL',
      edition: draft.app.editions
        ? random.weighted([
            ['Standard', 70],
            ['Advanced', 30],
          ])
        : undefined,
      tierStyle: isDataCenter
        ? random.weighted([
            ['plain', 60],
            ['unlimited', 20],
            ['per-unit', 20],
          ])
        : random.weighted([
            ['plain', 75],
            ['per-unit', 25],
          ]),
      manual: false,
      script: undefined,
      evaluationStart: undefined,
      users: draft.customer.users,
      billing: 'Annual',
      paidSince: undefined,
      endedOn: undefined,
      leftHost: false,
      failed: false,
      renewals: 0,
      ...draft,
      term: undefined,
      states: [],
    };
    subscriptions.push(subscription);
    return subscription;
  }

  /** Records how the licence reads from a day on; what is not said stays as it was. */
  function note(
    subscription: Subscription,
    on: Offset,
    patch: Partial<LicenseState>,
    arrival: { readonly visible?: Offset; readonly late?: number } = {},
  ): void {
    const last = subscription.states.at(-1);
    const visible = Math.max(
      arrival.visible ?? on + delay(random, arrival.late ?? 0),
      last?.visible ?? -Infinity,
    );
    subscription.states.push({
      status: 'active',
      licenseType: subscription.licenseType,
      tier: tierText(subscription.tierStyle, subscription.users),
      start: subscription.begun,
      end: undefined,
      insights: 'known',
      evaluationEnd: undefined,
      evaluationSale: undefined,
      grace: false,
      ...last,
      lastUpdated: visible,
      ...patch,
      visible,
    });
  }

  function transactionNumber(customer: Customer, on: Offset): string {
    if (on < -900) return `AT-${random.int(100_000_000, 299_999_999)}`;
    const part = () => String(random.int(0, 999)).padStart(3, '0');
    return `IN-${customer.region === 'EMEA' ? 'EU-' : ''}${part()}-${part()}-${part()}`;
  }

  /** Purchases and renewals of one customer on one day are one order; every other line is its own. */
  function orderOf({ subscription, on, saleType }: LineDraft): string {
    if (saleType !== 'New' && saleType !== 'Renewal') return transactionNumber(subscription.customer, on);
    const key = `${subscription.customer.accountId}/${on}`;
    const order = orders.get(key) ?? transactionNumber(subscription.customer, on);
    orders.set(key, order);
    return order;
  }

  function add(draft: LineDraft): Line {
    const line: Line = {
      saleDay: draft.on,
      transactionId: draft.transactionId ?? orderOf(draft),
      lineId: random.uuid(),
      billing: draft.subscription.billing,
      oldBilling: undefined,
      tier: tierText(draft.subscription.tierStyle, draft.subscription.users),
      oldTier: undefined,
      discounts: [],
      terms: undefined,
      paymentStatus: 'Paid',
      refundReason: undefined,
      creditNoteReason: undefined,
      original: undefined,
      prorated: undefined,
      visible: draft.on + delay(random, 0.02),
      goneFrom: undefined,
      ...draft,
      changes: [],
    };
    lines.push(line);
    return line;
  }

  return {
    calendar,
    subscriptions,
    lines,
    events,
    feedback,
    open,
    note,
    add,
    addEvent: (event: LifeEvent) => void events.push(event),
    addFeedback: (entry: FeedbackNote) => void feedback.push(entry),
  };
}

export type History = ReturnType<typeof createHistory>;

import type { WeekState } from '../analytics/freshness.ts';
import type { Counted, InvoicedWeek } from '../analytics/invoiced.ts';
import type { LeftOut } from '../analytics/left-out.ts';
import type { NamedMovement } from '../analytics/named-movements.ts';
import type { NetMovement } from '../analytics/netting.ts';
import type { Retention } from '../analytics/retention.ts';
import type { WeekMovements } from '../analytics/run-rate-weeks.ts';
import type { Assessment } from '../analytics/usual.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';

/** A new sale, net of what was refunded with it, and what its customer is called. */
export interface NewCustomer {
  readonly movement: NetMovement;
  readonly who: string | undefined;
}

/** A refund that nothing was billed in place of. */
export interface UnpairedRefund {
  readonly line: RecordedLine;
  readonly who: string | undefined;
}

/** A week told before whose amount is another one now. */
export interface ChangedMoney {
  readonly week: Day;
  readonly before: Cents;
  readonly after: Cents;
  /** The largest effects; `more`: how many others there are. */
  readonly behind: readonly { readonly who: string | undefined; readonly delta: Cents }[];
  readonly more: number;
}

/** What is different now in weeks told before, newest first. */
export interface ChangedInvoices {
  /** Invoiced amounts. */
  readonly weeks: readonly ChangedMoney[];
  /** Net changes of recurring revenue, a month. */
  readonly runRate: readonly ChangedMoney[];
  /** Weeks that no digest told, and what was invoiced in them. */
  readonly untold: readonly { readonly week: Day; readonly net: Cents }[];
  /** Lines by the payment status they have now and did not have then. */
  readonly payments: readonly (Counted & { readonly status: string })[];
}

/** Everything the new-sales digest says. Money is our share in cents unless said. */
export interface NewSalesDigest {
  readonly scope: string;
  /** How the same digest is asked for: `new-sales`, or `new-sales "App 1"`. */
  readonly asks: string;
  readonly week: Day;
  readonly state: WeekState;
  /** Set when transactions are known only up to this instant, which is before the end of the week. */
  readonly knownUntil: Instant | undefined;
  /** Recurring revenue of the weeks of the chart, oldest first, the week told last; fewer where nothing was known. */
  readonly movements: readonly WeekMovements[];
  /** The week's net change of recurring revenue beside the weeks before. */
  readonly change: Assessment;
  /** Gains and losses of recurring revenue by subscription, largest first. */
  readonly gains: readonly NamedMovement[];
  readonly losses: readonly NamedMovement[];
  /** Undefined: no transactions are known. */
  readonly invoiced: InvoicedWeek | undefined;
  readonly amount: Assessment;
  /** How many customers were billed, beside what is usual: of the week, and of the four that end with it. */
  readonly buyers: Assessment;
  readonly buyersFourWeeks: Assessment;
  /** The bill that makes most of an unusually large amount. */
  readonly largestBill: NewCustomer | undefined;
  readonly retention: {
    readonly fourWeeks: Retention | undefined;
    readonly twelveMonths: Retention | undefined;
  };
  /** Largest first. */
  readonly customers: readonly NewCustomer[];
  readonly refunds: readonly UnpairedRefund[];
  /** Lines sold before the week that count for it because they appeared in it; and those more than 14 days late. */
  readonly earlier: Counted;
  readonly late: Counted;
  /** Lines sold in the week that count for later weeks, because they appeared then: a sync was missing. */
  readonly later: Counted;
  /** Lines of the week without a paid period: invoiced, but in no run-rate. */
  readonly withoutPeriod: Counted;
  readonly leftOut: readonly LeftOut[];
  readonly changes: ChangedInvoices | undefined;
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

import type { Day } from '../../src/domain/day.ts';
import type { History } from './history.ts';
import type { Line } from './line.ts';
import type { LandmarkPlan } from './landmark-plan.ts';
import type { Subscription } from './subscription.ts';

/** One entitlement that is the same for every seed. */
export interface Landmark {
  readonly company: string;
  readonly appKey: string;
  readonly appName: string;
  /** Undefined for the licence that has only a SEN. */
  readonly entitlementNumber: string | undefined;
  readonly licenseId: string | undefined;
  readonly hostname: string;
}

/** A landmark with one transaction line. Amounts in dollars, as the API writes them. */
export interface LandmarkLine extends Landmark {
  readonly transactionId: string;
  readonly lineId: string;
  readonly purchasePrice: number;
  readonly vendorAmount: number;
  /** The first day on which the API shows it. */
  readonly visibleFrom: Day;
}

/** A refund and its re-bill on one day. Amounts are the partner's share in dollars. */
export interface LandmarkPair extends Landmark {
  readonly refundLineId: string;
  readonly billLineId: string;
  readonly refund: number;
  readonly bill: number;
  readonly net: number;
  readonly visibleFrom: Day;
}

/** The fixed entities of every world: what tests assert on and documents show. */
export interface Landmarks {
  /** Acme GmbH pays for two apps, annually, and has done so for years. */
  readonly acme: Landmark & { readonly otherApp: Landmark };
  /** A Data Center licence that never got an entitlement number. */
  readonly senOnly: Landmark;
  /** An entitlement number of three groups, as the API's prose shows them. */
  readonly threeGroups: Landmark;
  /** About $24,000, bought after an evaluation, invoiced Net30: saleDate lies in the future. */
  readonly largeSale: LandmarkLine;
  /** Grosses far above any threshold and nets a few hundred dollars. */
  readonly upgradePair: LandmarkPair;
  readonly downgradePair: LandmarkPair;
  /** Left in the last complete week, worth more than $10,000 a year, said why, and keeps another app. */
  readonly bigChurner: Landmark & {
    readonly week: Day;
    readonly eventDate: Day;
    /** Partner's share of the last term in dollars: a year. */
    readonly lastTermAmount: number;
    readonly reasonKey: string;
    readonly message: string;
    readonly keeps: Landmark;
  };
  /** Two churn events of the week before last that were unknown until `visibleFrom`. */
  readonly restatement: {
    readonly week: Day;
    readonly visibleFrom: Day;
    readonly subscriptions: readonly Landmark[];
    /** Churn events of that week known the day before `visibleFrom`, and on it. */
    readonly before: number;
    readonly after: number;
  };
  /** Cancelled yesterday, still paid for twelve days, worth more than $10,000 a year. */
  readonly cancelled: Landmark & { readonly visibleFrom: Day; readonly maintenanceEnd: Day };
  /** An invoice that became Uncollectible yesterday after three attempts. */
  readonly paymentProblem: LandmarkLine;
  /** A refund without a re-bill. */
  readonly refund: LandmarkLine;
  /** Monthly to annual yesterday: two refunds, a $0 line and a year sold as new. */
  readonly planSwitch: Landmark & { readonly visibleFrom: Day };
  /** 2,600 users are evaluating; the size became known yesterday, three days after the start. */
  readonly bigEvaluation: Landmark & { readonly users: number; readonly sizeVisibleFrom: Day };
  /** A paying customer wrote a message full of markup yesterday. */
  readonly feedback: Landmark & { readonly message: string; readonly visibleFrom: Day };
  /** A company name that tries to ping the channel bought something on the same days. */
  readonly hostileSale: LandmarkLine;
  /** An upgrade that nets about $1,900: worth telling, and no large transaction. */
  readonly biggerPlan: LandmarkPair;
  /** A line of forty days ago whose amount was corrected by a tenth yesterday. */
  readonly corrected: LandmarkLine;
  /** Many more evaluations of one app than usual, in the last complete week. */
  readonly busyWeek: { readonly appKey: string; readonly appName: string; readonly week: Day };
}

/** Reads the landmarks off the finished history. */
export function describeLandmarks(plan: LandmarkPlan, history: History): Landmarks {
  const { calendar } = history;
  const day = calendar.day;

  function of(subscription: Subscription): Landmark {
    return {
      company: subscription.customer.company ?? '',
      appKey: subscription.app.appKey,
      appName: subscription.app.name,
      entitlementNumber: subscription.numberedFrom === Infinity ? undefined : subscription.entitlementNumber,
      licenseId: subscription.licenseId,
      hostname: subscription.site.hostname,
    };
  }

  function linesOf(subscription: Subscription): Line[] {
    return history.lines.filter((line) => line.subscription === subscription);
  }

  function lineOf(subscription: Subscription, saleType: string): LandmarkLine {
    const line = linesOf(subscription).findLast((candidate) => candidate.saleType === saleType);
    if (!line) throw new Error(`the landmark ${subscription.entitlementNumber} has no ${saleType} line`);
    return {
      ...of(subscription),
      transactionId: line.transactionId,
      lineId: line.lineId,
      purchasePrice: line.price,
      vendorAmount: line.amount,
      visibleFrom: day(line.visible),
    };
  }

  function pairOf(subscription: Subscription, saleType: 'Upgrade' | 'Downgrade'): LandmarkPair {
    const refund = lineOf(subscription, 'Refund');
    const bill = lineOf(subscription, saleType);
    return {
      ...of(subscription),
      refundLineId: refund.lineId,
      billLineId: bill.lineId,
      refund: refund.vendorAmount,
      bill: bill.vendorAmount,
      net: Math.round((refund.vendorAmount + bill.vendorAmount) * 100) / 100,
      visibleFrom: bill.visibleFrom,
    };
  }

  const lastWeek = calendar.weekStart(0) - 7;
  const left = history.events.find(
    (event) => event.subscription === plan.bigChurner && event.kind === 'churn',
  );
  if (!left) throw new Error('the landmark churner did not leave');
  const restatedWeek = lastWeek - 7;
  const restated = history.events.filter(
    ({ kind, on }) => kind === 'churn' && on >= restatedWeek && on < restatedWeek + 7,
  );
  const yesterday = day(-1);

  return {
    acme: { ...of(plan.acme), otherApp: of(plan.acmeOther) },
    senOnly: of(plan.senOnly),
    threeGroups: of(plan.threeGroups),
    largeSale: lineOf(plan.largeSale, 'New'),
    upgradePair: pairOf(plan.upgrade, 'Upgrade'),
    downgradePair: pairOf(plan.downgrade, 'Downgrade'),
    bigChurner: {
      ...of(plan.bigChurner),
      week: day(lastWeek),
      eventDate: day(left.on),
      lastTermAmount: linesOf(plan.bigChurner).at(-1)?.amount ?? 0,
      reasonKey: plan.goodbye.reasonKey,
      message: plan.goodbye.message,
      keeps: of(plan.kept),
    },
    restatement: {
      week: day(restatedWeek),
      visibleFrom: yesterday,
      subscriptions: plan.restated.map(of),
      before: restated.filter(({ visible }) => visible < -1).length,
      after: restated.filter(({ visible }) => visible <= -1).length,
    },
    cancelled: {
      ...of(plan.cancelled),
      visibleFrom: yesterday,
      maintenanceEnd: day(plan.cancelled.term?.end ?? 0),
    },
    paymentProblem: lineOf(plan.paymentProblem, 'New'),
    refund: lineOf(plan.refund, 'Refund'),
    planSwitch: { ...of(plan.planSwitch), visibleFrom: yesterday },
    bigEvaluation: { ...of(plan.bigEvaluation), users: plan.bigEvaluation.users, sizeVisibleFrom: yesterday },
    feedback: { ...of(plan.feedback), message: plan.complaint, visibleFrom: yesterday },
    hostileSale: lineOf(plan.hostileSale, 'New'),
    biggerPlan: pairOf(plan.biggerPlan, 'Upgrade'),
    corrected: lineOf(plan.corrected, 'New'),
    busyWeek: { appKey: plan.busyApp.appKey, appName: plan.busyApp.name, week: day(lastWeek) },
  };
}

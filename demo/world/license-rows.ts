import type { Arrival } from './arrivals.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { Random } from './random.ts';
import type { RawLicense } from './raw-rows.ts';
import type { LicenseState, Subscription } from './subscription.ts';

/** Fields the API leaves out unless asked with `withDataInsights=true`. */
export const INSIGHT_FIELDS = [
  'evaluationOpportunitySize',
  'evaluationLicense',
  'daysToConvertEval',
  'evaluationStartDate',
  'evaluationEndDate',
  'evaluationSaleDate',
  'parentProductBillingCycle',
  'parentProductName',
  'parentProductEdition',
  'installedOnSandbox',
] as const;

/** The same row as an answer without insights shows it. */
export function withoutInsights(row: RawLicense): RawLicense {
  const copy: Record<string, unknown> = { ...row };
  for (const field of INSIGHT_FIELDS) delete copy[field];
  return copy as unknown as RawLicense;
}

/** Owned by Atlassian: marked so, or recognisable by the mail domain alone. */
export function isAtlassian({ licenseSourceType, contactDetails }: RawLicense): boolean {
  const emails = [contactDetails.technicalContact?.email, contactDetails.billingContact?.email];
  return (
    licenseSourceType === 'Atlassian' || emails.some((email) => email?.endsWith('@atlassian.com') ?? false)
  );
}

interface Moment {
  readonly from: Offset;
  /** Whether `lastUpdated` moves with it; the API also changes rows silently. */
  readonly touches: boolean;
}

/** Draws what a licence's rows look like through time. Cloud and Data Center rows carry different identifiers. */
export function createLicenseWriter(random: Random, calendar: Calendar) {
  const { day } = calendar;

  function opportunity(subscription: Subscription): number | string {
    const { users } = subscription;
    if (subscription.script) return users;
    return random.weighted<number | string>([
      [users, 82],
      [String(users), 4],
      ['Unlimited Users', 3],
      ['Evaluation', 3],
      ['NA', 3],
      ['Unknown', 3],
      ['', 2],
    ]);
  }

  /** What never changes during a licence's life. */
  function baseOf(subscription: Subscription) {
    const { app, customer, site, hosting, owner } = subscription;
    const isCloud = hosting === 'Cloud';
    const { company, country, region, technicalContact, billingContact, partner } = customer;
    const host = customer.hosts[app.product];
    const isUnmarked = owner === 'atlassian' && random.chance(0.15);
    return {
      ...(isCloud ? {} : { addonLicenseId: subscription.addonLicenseId, licenseId: subscription.licenseId }),
      ...(isCloud ? { hostEntitlementId: host.id, hostEntitlementNumber: host.number } : {}),
      ...(isCloud ? { cloudId: site.cloudId, cloudSiteHostname: site.hostname } : {}),
      addonKey: app.appKey,
      productId: app.productId,
      addonName: app.name,
      hosting: isCloud || random.chance(0.85) ? hosting : 'Data center',
      ...(subscription.edition ? { appEdition: subscription.edition } : {}),
      newBillingSystem: 'Yes',
      contactDetails: {
        ...(technicalContact ? { technicalContact } : {}),
        ...(billingContact ? { billingContact } : {}),
        ...(company === undefined ? {} : { company }),
        country,
        region,
      },
      ...(partner ? { partnerDetails: partner } : {}),
      extendedServerSupport: 'NA',
      ...(isUnmarked ? {} : { licenseSourceType: owner === 'atlassian' ? 'Atlassian' : 'Non-Atlassian' }),
      transactionAccountId: customer.accountId,
      cloudComplianceBoundaries: isCloud ? [subscription.boundary] : null,
      ...(random.chance(0.04)
        ? { agentSeats: random.int(1, 90), appVariant: { key: 'native', since: '2026' } }
        : {}),
    };
  }

  function insightsOf(
    subscription: Subscription,
    state: LicenseState,
    size: number | string,
  ): Partial<RawLicense> {
    const { owner, hosting, evaluationStart, grownFrom, customer, app } = subscription;
    if (owner === 'atlassian') return {};
    const isCloud = hosting === 'Cloud';
    const isEvaluation = state.licenseType === 'EVALUATION';
    if (state.insights === 'pending') {
      return {
        evaluationOpportunitySize: 'NA',
        evaluationLicense: subscription.licenseId ?? subscription.entitlementId,
        daysToConvertEval: 'Pending',
        evaluationStartDate: day(state.start),
        evaluationEndDate: state.evaluationEnd === undefined ? 'NA' : day(state.evaluationEnd),
        parentProductBillingCycle: 'Pending',
        parentProductName: 'Pending',
        parentProductEdition: 'Pending',
        installedOnSandbox: 'NA',
      };
    }
    const origin = grownFrom?.states.at(-1) ?? state;
    const { evaluationEnd: end, evaluationSale: sale } = origin;
    const wasEvaluated = evaluationStart !== undefined;
    return {
      evaluationOpportunitySize: isEvaluation ? size : 'NA',
      evaluationLicense: wasEvaluated
        ? ((grownFrom ?? subscription).licenseId ?? subscription.entitlementId)
        : 'NA',
      daysToConvertEval: sale === undefined || end === undefined ? 'NA' : String(sale - end),
      evaluationStartDate: wasEvaluated ? day(evaluationStart) : 'NA',
      evaluationEndDate: wasEvaluated && end !== undefined ? day(end) : 'NA',
      evaluationSaleDate: sale === undefined ? 'NA' : day(sale),
      parentProductBillingCycle: isEvaluation ? subscription.billing : 'NA',
      parentProductName: app.product,
      ...(isCloud ? { parentProductEdition: customer.parentEdition } : {}),
      installedOnSandbox: isCloud ? (owner === 'sandbox' ? 'Yes' : 'No') : 'NA',
    };
  }

  /** The days on which a row changes: its states, the Data Center roll-out of numbers, and changes of nothing. */
  function momentsOf(subscription: Subscription): Moment[] {
    const moments: Moment[] = subscription.states.map(({ visible }) => ({ from: visible, touches: false }));
    const first = moments[0]?.from ?? 0;
    if (subscription.numberedFrom > first && subscription.numberedFrom !== Infinity) {
      moments.push({ from: subscription.numberedFrom, touches: random.chance(0.5) });
    }
    const idle = random.int(-40, 30);
    if (idle > first && !subscription.script && random.chance(0.07))
      moments.push({ from: idle, touches: true });
    return moments.sort((a, b) => a.from - b.from);
  }

  /** All versions of a licence's row. Empty for a subscription that no state describes. */
  return function writeLicense(subscription: Subscription): Arrival<RawLicense>[] {
    const base = baseOf(subscription);
    const size = opportunity(subscription);
    const versions: { from: Offset; row: RawLicense }[] = [];
    let updated = -Infinity;
    for (const { from, touches } of momentsOf(subscription)) {
      const state = subscription.states.findLast(({ visible }) => visible <= from);
      if (!state) continue;
      updated = Math.max(updated, touches ? from : state.lastUpdated);
      const isNumbered = subscription.numberedFrom <= from;
      const row: RawLicense = {
        ...(isNumbered
          ? {
              appEntitlementId: subscription.entitlementId,
              appEntitlementNumber: subscription.entitlementNumber,
            }
          : {}),
        ...(base as Omit<RawLicense, 'lastUpdated'> & typeof base),
        lastUpdated: day(updated),
        licenseType: state.licenseType,
        maintenanceStartDate: day(state.start),
        ...(state.end === undefined ? {} : { maintenanceEndDate: day(state.end) }),
        status: state.status,
        tier: state.tier,
        inGracePeriod: state.grace ? 'Yes' : 'No',
        ...insightsOf(subscription, state, size),
      } as RawLicense;
      if (versions.at(-1)?.from === from) versions.pop();
      versions.push({ from, row });
    }
    return withAccidents(subscription, { versions });
  };

  /** Some evaluations disappear again; some licences are exported twice, the second time without insights. */
  function withAccidents(subscription: Subscription, arrival: Arrival<RawLicense>): Arrival<RawLicense>[] {
    const first = arrival.versions[0]?.from;
    if (first === undefined) return [];
    if (subscription.script) return [arrival];
    const wasBought =
      subscription.states.at(-1)?.evaluationSale !== undefined || subscription.paidSince !== undefined;
    const isLapsed = subscription.endedOn !== undefined && !wasBought;
    if (isLapsed && random.chance(0.006)) return [{ ...arrival, goneFrom: first + random.int(5, 25) }];
    if (!random.chance(0.003)) return [arrival];
    const bare = arrival.versions.map(({ from, row }) => ({ from, row: withoutInsights(row) }));
    return [arrival, { versions: bare }];
  }
}

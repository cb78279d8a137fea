import type { Day } from '../../src/domain/day.ts';
import type { EvaluationFact } from './aggregates.ts';
import { APPS } from './apps.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { Market } from './market.ts';

/** One month; the rate in percent. */
export interface RawRequestsMonth {
  readonly date: Day;
  readonly appRequests: number;
  readonly appRequestsApproved: number;
  readonly appRequestsApprovalRate: number;
}

/** The answer: the months of all apps, and of each app that was asked for. */
export interface RawAppRequests {
  readonly total: {
    readonly name: string;
    readonly appRequestsAndApprovalsPerMonth: readonly RawRequestsMonth[];
  };
  readonly addons: readonly {
    readonly addonKey: string;
    readonly productId: string;
    readonly name: string;
    readonly appRequestsAndApprovalsPerAppPerMonth: readonly RawRequestsMonth[];
  }[];
}

/** On sites with more seats than this, people ask their administrators instead of installing apps. */
const SEATS = 100;

/**
 * Requests for apps. An approved one is a Cloud evaluation that began on a large site; for each there are some that were
 * not approved. Month M appears on the 5th of M+1.
 */
export function createAppRequests(market: Market, calendar: Calendar) {
  function monthOf(
    appKeys: readonly string[],
    asked: readonly EvaluationFact[],
    month: Offset,
  ): RawRequestsMonth[] {
    const next = calendar.monthStart(month, 1);
    const approved = (appKey: string) =>
      asked.filter((fact) => fact.appKey === appKey && fact.start >= month && fact.start < next).length;
    const counts = appKeys.map((appKey) => {
      const granted = approved(appKey);
      return {
        granted,
        all: granted + Math.round(granted * market.number(`requests/${appKey}`, month, 0.4, 2.4)),
      };
    });
    const appRequestsApproved = counts.reduce((sum, { granted }) => sum + granted, 0);
    const appRequests = counts.reduce((sum, { all }) => sum + all, 0);
    if (appRequests === 0) return [];
    const appRequestsApprovalRate = (100 * appRequestsApproved) / appRequests;
    return [{ date: calendar.day(month), appRequests, appRequestsApproved, appRequestsApprovalRate }];
  }

  return function appRequests(facts: readonly EvaluationFact[], asOf: Offset): RawAppRequests {
    const asked = facts.filter(({ hosting, seats }) => hosting === 'Cloud' && seats > SEATS);
    const months = (appKeys: readonly string[]) =>
      market.months(asOf, 1, 5).flatMap((month) => monthOf(appKeys, asked, month));
    const apps = APPS.map((app) => ({ app, own: months([app.appKey]) })).filter(({ own }) => own.length > 0);
    return {
      total: {
        name: 'All apps',
        appRequestsAndApprovalsPerMonth: months(apps.map(({ app }) => app.appKey)),
      },
      addons: apps.map(({ app, own }) => ({
        addonKey: app.appKey,
        productId: app.productId,
        name: app.name,
        appRequestsAndApprovalsPerAppPerMonth: own,
      })),
    };
  };
}

import { type Day, daysBetween } from '../domain/day.ts';
import { ALIAS_KINDS } from '../domain/entitlement.ts';
import { fold } from '../domain/fold.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { ownUseOf } from './counted.ts';
import { usersOfTier } from './tier-size.ts';

/** A site that evaluates the same app again within this many days is still the same evaluation. */
const SAME_EVALUATION_DAYS = 90;

/** One evaluation of one app by one site. */
export interface Evaluation {
  /** The entitlement that was evaluated first. */
  readonly entitlement: string;
  readonly developerId: string;
  readonly appKey: string;
  readonly start: Day;
  /** The day it was bought; undefined while it was not. */
  readonly sale: Day | undefined;
  /** The entitlement that pays since then: another one for Data Center, and after a second try. */
  readonly paidEntitlement: string | undefined;
  /**
   * Users of the site (`evaluationOpportunitySize`), Infinity for unlimited; undefined if unknown. Atlassian gives it only
   * while a licence is an evaluation (its page on data insights: always "NA" for a non-evaluation), so otherwise it is
   * the tier first paid for, or the licence's own: without a size for those who bought, every size would convert badly.
   */
  readonly users: number | undefined;
  /** The newest licence of the evaluation: it tells the company, the current end and the status. */
  readonly license: RecordedLicense;
  /** How many further tries within 90 days are part of it. */
  readonly retries: number;
  /** Start of this site's evaluation of the same app before this one, if there was one. */
  readonly previousStart: Day | undefined;
}

/** The evaluations that count, and how many licences were left out for which reason. */
export interface Evaluations {
  /** Oldest first. */
  readonly list: readonly Evaluation[];
  /**
   * `existing`: the entitlement had paid before it evaluated, so it is no net-new evaluation. `partner`: a reseller or
   * solution partner tries the app itself.
   */
  readonly excluded: Readonly<Record<'atlassian' | 'sandbox' | 'partner' | 'existing', number>>;
}

/** One try: the rows of one entitlement. */
interface Try {
  readonly start: Day;
  readonly sale: Day | undefined;
  readonly paidEntitlement: string | undefined;
  readonly users: number | undefined;
  readonly license: RecordedLicense;
}

/**
 * `evaluationStart`, or the start of an EVALUATION licence without one: insights come 48 to 72 hours late, and Atlassian
 * promises the dates of an evaluation for licences that are none any more only.
 */
export function evaluationStartOf(license: RecordedLicense): Day | undefined {
  return (
    license.evaluationStart ?? (license.licenseType === 'EVALUATION' ? license.maintenanceStart : undefined)
  );
}

/**
 * True where the company that evaluates is the partner (`partnerDetails`) itself, to show the app or to learn it. What a
 * partner starts for somebody else carries that customer's company, and counts.
 */
function isPartnersOwn({ customer, partner }: RecordedLicense): boolean {
  const name = partner === undefined ? '' : fold(partner.name);
  return name !== '' && fold(customer.company ?? '') === name;
}

/** Names a licence's subscription even where the store has no entitlement for it. */
function keyOf(license: RecordedLicense): string {
  return (
    license.entitlement ||
    ALIAS_KINDS.map((kind) => license.aliases[kind]).find((alias) => alias !== undefined) ||
    `${license.appKey} ${license.host.cloudId ?? ''} ${license.maintenanceStart}`
  );
}

/** The first line of each entitlement that brought money, by sale date. */
function firstSales(paid: Iterable<RecordedLine>): Map<string, RecordedLine> {
  const first = new Map<string, RecordedLine>();
  for (const line of paid) {
    if (line.entitlement === '' || line.vendorAmount <= 0) continue;
    const known = first.get(line.entitlement);
    if (known === undefined || line.saleDate < known.saleDate) first.set(line.entitlement, line);
  }
  return first;
}

/**
 * Which subscription each paid licence was evaluated as, where that is another one: Data Center changes its SEN at
 * conversion and names the old one in `evaluationLicense`. Cloud licences name themselves.
 */
function conversions(licenses: readonly RecordedLicense[]): ReadonlyMap<RecordedLicense, string> {
  const byAlias = new Map<string, string>();
  for (const license of licenses) {
    for (const kind of ALIAS_KINDS) {
      const alias = license.aliases[kind];
      if (alias !== undefined) byAlias.set(alias, keyOf(license));
    }
  }
  const evaluatedAs = new Map<RecordedLicense, string>();
  for (const license of licenses) {
    const key = license.evaluationLicense === undefined ? undefined : byAlias.get(license.evaluationLicense);
    if (key !== undefined && key !== keyOf(license)) evaluatedAs.set(license, key);
  }
  return evaluatedAs;
}

function earlier(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

/** Newer of two licences: the one maintained longer, then the one updated later. */
function newer(a: RecordedLicense, b: RecordedLicense): RecordedLicense {
  const rank = (license: RecordedLicense) =>
    `${license.maintenanceEnd ?? ''} ${license.lastUpdated} ${license.licenseType}`;
  return rank(b) > rank(a) ? b : a;
}

/**
 * Net-new evaluations from licences (asked with data insights) and paid lines. Atlassian's own, sandboxes, those of
 * partners themselves and entitlements that had paid before are left out. Tries of one app by one cloud site count as one evaluation while each
 * starts within 90 days of the first, bought when any of them was bought; a later one is a new evaluation that knows the
 * one before (`previousStart`). Bought: `evaluationSale`, otherwise the first paid line on or after the start, of the
 * same entitlement or, for Data Center, of the licence that names this one as its `evaluationLicense`.
 */
export function readEvaluations(
  licenses: readonly RecordedLicense[],
  paid: Iterable<RecordedLine>,
): Evaluations {
  const evaluatedAs = conversions(licenses);
  const sales = firstSales(paid);
  const excluded = { atlassian: 0, sandbox: 0, partner: 0, existing: 0 };
  const rowsByKey = new Map<string, RecordedLicense[]>();
  const buyers = new Map<string, RecordedLicense[]>();
  for (const license of licenses) {
    const evaluated = evaluatedAs.get(license);
    const target = evaluated === undefined ? rowsByKey : buyers;
    const key = evaluated ?? keyOf(license);
    const group = target.get(key);
    if (group) group.push(license);
    else target.set(key, [license]);
  }

  const bySite = new Map<string, Try[]>();
  for (const [key, rows] of rowsByKey) {
    const start = rows.map(evaluationStartOf).reduce(earlier, undefined);
    if (start === undefined) continue;
    const ownUse = rows.map(ownUseOf).find((reason) => reason !== undefined);
    const firstPaid = sales.get(key)?.saleDate;
    const existing = firstPaid !== undefined && firstPaid < start ? 'existing' : undefined;
    const reason = ownUse ?? (rows.some(isPartnersOwn) ? 'partner' : existing);
    if (reason) {
      excluded[reason] += 1;
      continue;
    }
    const one = toTry(start, rows, buyers.get(key) ?? [], sales);
    const { cloudId } = one.license.host;
    const site = cloudId
      ? `site ${one.license.developerId} ${cloudId} ${one.license.appKey}`
      : `entitlement ${key}`;
    const tries = bySite.get(site);
    if (tries) tries.push(one);
    else bySite.set(site, [one]);
  }
  const list = [...bySite.values()].flatMap(mergeTries);
  list.sort((a, b) =>
    a.start === b.start ? (a.entitlement < b.entitlement ? -1 : 1) : a.start < b.start ? -1 : 1,
  );
  return { list, excluded };
}

function toTry(
  start: Day,
  rows: readonly RecordedLicense[],
  buyers: readonly RecordedLicense[],
  sales: ReadonlyMap<string, RecordedLine>,
): Try {
  let sale: Day | undefined;
  let buyer: RecordedLicense | undefined;
  for (const row of [...rows, ...buyers]) {
    const bought = row.evaluationSale ?? sales.get(keyOf(row))?.saleDate;
    if (bought === undefined || bought < start || (sale !== undefined && sale <= bought)) continue;
    sale = bought;
    buyer = row;
  }
  const license = rows.reduce(newer);
  const paidEntitlement = buyer && keyOf(buyer);
  const paidTier = sales.get(paidEntitlement ?? '')?.tier;
  const users =
    license.opportunityUsers ??
    usersOfTier(paidTier) ??
    usersOfTier(buyer?.tier) ??
    usersOfTier(license.tier);
  return { start, sale, paidEntitlement, users, license };
}

/** Joins the tries of one site and app: each within 90 days of the first of its group. */
function mergeTries(tries: readonly Try[]): Evaluation[] {
  const sorted = tries.toSorted((a, b) =>
    a.start === b.start ? (keyOf(a.license) < keyOf(b.license) ? -1 : 1) : a.start < b.start ? -1 : 1,
  );
  const evaluations: Evaluation[] = [];
  for (const one of sorted) {
    const last = evaluations.at(-1);
    if (last && daysBetween(last.start, one.start) < SAME_EVALUATION_DAYS) {
      const boughtNow = last.sale === undefined && one.sale !== undefined;
      const boughtBefore = one.sale !== undefined && last.sale !== undefined && one.sale < last.sale;
      evaluations[evaluations.length - 1] = {
        ...last,
        ...((boughtNow || boughtBefore) && { sale: one.sale, paidEntitlement: one.paidEntitlement }),
        users: one.users ?? last.users,
        license: newer(last.license, one.license),
        retries: last.retries + 1,
      };
      continue;
    }
    evaluations.push({
      entitlement: keyOf(one.license),
      developerId: one.license.developerId,
      appKey: one.license.appKey,
      start: one.start,
      sale: one.sale,
      paidEntitlement: one.paidEntitlement,
      users: one.users,
      license: one.license,
      retries: 0,
      previousStart: last?.start,
    });
  }
  return evaluations;
}

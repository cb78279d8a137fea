import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';

/**
 * Why a row is not part of the paid figures: owned by Atlassian, on a sandbox, of a licence type nobody pays for, or
 * without revenue (Starter, Free and Jira Free customers are COMMERCIAL at $0).
 */
export type Exclusion = 'atlassian' | 'sandbox' | 'license type' | 'no revenue';

/** What only licences know about an entitlement: whose it is and what site it is on. */
export type OwnUse = Extract<Exclusion, 'atlassian' | 'sandbox'>;

/** True for COMMERCIAL and ACADEMIC, in any case. Community, open source, demonstration, evaluation, ... are not paid. */
export function isPaidType(licenseType: string): boolean {
  const type = licenseType.toUpperCase();
  return type === 'COMMERCIAL' || type === 'ACADEMIC';
}

/** Atlassian's own licence, or one known to be on a sandbox (`installedOnSandbox` Yes; unknown counts as not). */
export function ownUseOf(license: RecordedLicense): OwnUse | undefined {
  if (license.isAtlassian) return 'atlassian';
  return license.sandbox === 'yes' ? 'sandbox' : undefined;
}

/**
 * The entitlements whose lines and events are no business, with the reason: any of their licences is Atlassian's or on
 * a sandbox. Transaction lines do not say so themselves.
 */
export function excludedEntitlements(licenses: Iterable<RecordedLicense>): ReadonlyMap<string, OwnUse> {
  const excluded = new Map<string, OwnUse>();
  for (const license of licenses) {
    const reason = ownUseOf(license);
    if (reason && license.entitlement !== '' && excluded.get(license.entitlement) !== 'atlassian') {
      excluded.set(license.entitlement, reason);
    }
  }
  return excluded;
}

/**
 * Why a line is not part of the paid figures; undefined when it is. A line without a licence type is a manual invoice
 * and counts. $0 means the partner's share (`vendorAmount`).
 */
export function lineExclusion(
  line: RecordedLine,
  excluded: ReadonlyMap<string, OwnUse>,
): Exclusion | undefined {
  const ownUse = excluded.get(line.entitlement);
  if (ownUse) return ownUse;
  if (line.licenseType !== undefined && !isPaidType(line.licenseType)) return 'license type';
  return line.vendorAmount === 0 ? 'no revenue' : undefined;
}

/** True for lines that are part of every paid figure: sales, renewals and refunds alike. */
export function isPaidLine(line: RecordedLine, excluded: ReadonlyMap<string, OwnUse>): boolean {
  return lineExclusion(line, excluded) === undefined;
}

/** The paid lines among the lines, judged by the licences of the same developer space. */
export function paidLines(
  lines: Iterable<RecordedLine>,
  licenses: Iterable<RecordedLicense>,
): RecordedLine[] {
  const excluded = excludedEntitlements(licenses);
  return Iterator.from(lines)
    .filter((line) => isPaidLine(line, excluded))
    .toArray();
}

/** The entitlements with any paid line: those that ever brought revenue. */
export function paidEntitlements(paid: Iterable<RecordedLine>): ReadonlySet<string> {
  const entitlements = new Set<string>();
  for (const { entitlement } of paid) if (entitlement !== '') entitlements.add(entitlement);
  return entitlements;
}

/**
 * Why a licence is not one of the paying ones; undefined when it is. With `paid` (see `paidEntitlements`) a licence that
 * never brought revenue is told apart; without it licences that cost nothing look like paying ones.
 */
export function licenseExclusion(
  license: RecordedLicense,
  paid?: ReadonlySet<string>,
): Exclusion | undefined {
  const ownUse = ownUseOf(license);
  if (ownUse) return ownUse;
  if (!isPaidType(license.licenseType)) return 'license type';
  return paid && !paid.has(license.entitlement) ? 'no revenue' : undefined;
}

/** True for a COMMERCIAL or ACADEMIC licence, neither Atlassian's nor on a sandbox, and, given `paid`, with revenue. */
export function isCountedLicense(license: RecordedLicense, paid?: ReadonlySet<string>): boolean {
  return licenseExclusion(license, paid) === undefined;
}

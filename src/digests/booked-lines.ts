import { paidLines } from '../analytics/counted.ts';
import type { Instant } from '../domain/day.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import type { ReadModel, Span } from '../store/read-model.ts';

/** Transaction lines by the day they count for, with the licences that decide which of them are paid. */
export interface BookedLines {
  readonly all: readonly RecordedLine[];
  readonly paid: readonly RecordedLine[];
  readonly licenses: readonly RecordedLicense[];
}

/** The different entitlements of rows, those that name none left out. */
export function entitlementsOf(rows: readonly { readonly entitlement: string }[]): string[] {
  return [...new Set(rows.map(({ entitlement }) => entitlement).filter((entitlement) => entitlement !== ''))];
}

/** The lines that count for a span; `knownAt`: lines and licences as they were known at that past instant. */
export async function readBookedLines(read: ReadModel, span: Span, knownAt?: Instant): Promise<BookedLines> {
  const all = await read.readLinesBooked(span, knownAt);
  const licenses = await read.readLicensesOf(span.developerId, entitlementsOf(all), knownAt);
  return { all, licenses, paid: paidLines(all, licenses) };
}

/** All paid lines of entitlements, judged by all of their licences. */
export async function readPaidLinesOf(
  read: ReadModel,
  developerId: string,
  entitlements: readonly string[],
  knownAt?: Instant,
): Promise<Omit<BookedLines, 'all'>> {
  if (entitlements.length === 0) return { paid: [], licenses: [] };
  const [lines, licenses] = await Promise.all([
    read.readLinesOf(developerId, entitlements, knownAt),
    read.readLicensesOf(developerId, entitlements, knownAt),
  ]);
  return { licenses, paid: paidLines(lines, licenses) };
}

import type { Instant } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { type ToldAlert, toldAlert } from './alert-words.ts';
import { customer, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, date, dollars, instant, signedDollars } from './kit/words.ts';

/** A line that stood for weeks and reads differently now. */
export interface AlteredLine {
  readonly line: RecordedLine;
  readonly before: Cents;
}

/** Known rows that are gone or say something else. */
export interface ChangedPast {
  readonly developerId: string;
  readonly vanishedLines: readonly RecordedLine[];
  readonly vanishedLicenses: number;
  readonly altered: readonly AlteredLine[];
  /** Data sets of which so much changed at once that no alert was drawn from it. */
  readonly bulk: readonly string[];
  /** Days from which on a line counts as settled. */
  readonly settledDays: number;
  readonly now: Instant;
}

const MOST_LISTED = 5;

function parts({ altered, bulk, settledDays, vanishedLicenses, vanishedLines }: ChangedPast): string[] {
  const gone = sumCents(vanishedLines.map((line) => line.vendorAmount));
  const moved = sumCents(altered.map(({ before, line }) => line.vendorAmount - before));
  return [
    ...(vanishedLines.length > 0
      ? [`${count(vanishedLines.length, 'transaction line')} vanished (${dollars(gone)} our share)`]
      : []),
    ...(vanishedLicenses > 0 ? [`${count(vanishedLicenses, 'license')} vanished`] : []),
    ...(altered.length > 0
      ? [
          `${count(altered.length, 'line')} older than ${settledDays} days changed the amount (${signedDollars(moved)})`,
        ]
      : []),
    ...(bulk.length > 0
      ? [`so much of ${bulk.join(' and ')} changed at once that no alert was drawn from it`]
      : []),
  ];
}

function listOf({ altered, vanishedLines }: ChangedPast): Mrkdwn | undefined {
  const lines = [
    ...vanishedLines.map(
      (line) =>
        mrk`• ${customer(line.customer.company)}: ${dollars(line.vendorAmount)} of ${date(line.saleDate)} (${line.transactionId}) is gone`,
    ),
    ...altered.map(
      ({ before, line }) =>
        mrk`• ${customer(line.customer.company)}: ${dollars(before)} of ${date(line.saleDate)} (${line.transactionId}) is ${dollars(line.vendorAmount)} now`,
    ),
  ];
  const rest = lines.length - MOST_LISTED;
  if (lines.length === 0) return undefined;
  return join([...lines.slice(0, MOST_LISTED), ...(rest > 0 ? [mrk`and ${rest} more`] : [])], '\n');
}

/** To the operator: what was known has changed. Digests say the same where it touches a week they told. */
export function dataProblemAlert(changed: ChangedPast): ToldAlert {
  const [first = '', ...others] = parts(changed);
  const all = [`${first.slice(0, 1).toUpperCase()}${first.slice(1)}`, ...others].join('; ');
  return toldAlert({
    title: `Known data changed: ${all}`,
    header: 'Known data changed',
    sentence: mrk`*${all}*. Nothing is lost: the store keeps what it knew.`,
    fields: [{ name: 'What', value: all, isHidden: true }],
    quote: listOf(changed),
    why: mrk`Rule: rows that vanish, and amounts that change after ${changed.settledDays} days`,
    notes: [mrk`as of ${instant(changed.now)}`],
  });
}

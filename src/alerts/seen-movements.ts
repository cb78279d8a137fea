import { excludedEntitlements, isPaidLine } from '../analytics/counted.ts';
import { isRefund } from '../analytics/net-kind.ts';
import { type NetMovement, netMovements } from '../analytics/netting.ts';
import { PAIR_DAYS } from '../analytics/refund-pairs.ts';
import { profileOf, type SubscriptionProfile } from '../analytics/subscription-profile.ts';
import { LATE_AFTER_DAYS } from '../domain/booking.ts';
import { type Day, dayOf, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import type { Changed, RecordedNews } from '../store/recorded-news.ts';
import type { AlertContext } from './alert.ts';

/** A net movement that this sync touched. */
export interface SeenMovement {
  readonly movement: NetMovement;
  readonly profile: SubscriptionProfile | undefined;
  /** It is new, or other money than before; neither late nor of a first import. */
  readonly isNews: boolean;
  /** The net amount before this sync restated it. */
  readonly restatedFrom?: Cents;
  /** The line that a refund gives back. */
  readonly original?: RecordedLine;
}

/** The name of a line, for marks. */
export function lineMark({ lineId, transactionId }: RecordedLine): string {
  return `${transactionId} ${lineId}`;
}

/** A bill that Atlassian does not try to collect any more. */
export function isGivenUp({ paymentStatus }: Pick<RecordedLine, 'paymentStatus'>): boolean {
  return paymentStatus?.toLowerCase() === 'uncollectible';
}

/**
 * A line more than 14 days old when it is first seen is late, and one of a first import is history; a bill that nobody
 * pays is no sale. None of them is news.
 */
function canBeNews(news: RecordedNews, line: RecordedLine): boolean {
  return (
    daysBetween(line.saleDate, dayOf(line.firstSeenAt)) <= LATE_AFTER_DAYS &&
    !news.isHistory('transactions', line.firstSeenAt) &&
    !isGivenUp(line)
  );
}

/** What makes another movement of a line: its money and its plan, not whether it is paid. */
function isOtherMoney({ before, row }: Changed<RecordedLine>): boolean {
  return (
    before.vendorAmount !== row.vendorAmount ||
    before.saleType !== row.saleType ||
    before.tier !== row.tier ||
    before.billingPeriod !== row.billingPeriod
  );
}

/** The lines of a sync by entitlement: the first seen ones, and what the changed ones were. */
interface Touched {
  readonly news: Set<string>;
  readonly changes: Map<string, Changed<RecordedLine>>;
  readonly days: Day[];
}

function touchedByEntitlement({ changedLines, newLines }: RecordedNews): Map<string, Touched> {
  const touched = new Map<string, Touched>();
  const of = ({ entitlement }: RecordedLine): Touched => {
    const known = touched.get(entitlement) ?? { news: new Set(), changes: new Map(), days: [] };
    touched.set(entitlement, known);
    return known;
  };
  for (const line of newLines) {
    const one = of(line);
    one.news.add(lineMark(line));
    one.days.push(line.saleDate);
  }
  for (const change of changedLines) {
    const one = of(change.row);
    one.changes.set(lineMark(change.row), change);
    one.days.push(change.row.saleDate, change.before.saleDate);
  }
  return touched;
}

function restatedFrom({ net, lines }: NetMovement, touched: Touched): Cents | undefined {
  const moved = lines.map((line) => {
    const change = touched.changes.get(lineMark(line));
    return change ? line.vendorAmount - change.before.vendorAmount : 0;
  });
  const isNew = lines.some((line) => touched.news.has(lineMark(line)));
  const delta = moved.reduce((sum, one) => sum + one, 0);
  return isNew || delta === 0 ? undefined : net - delta;
}

/** What a sync does to a line can change the movements this many days away from it: a refund finds another bill. */
const NEAR_DAYS = 2 * PAIR_DAYS;

function seenOf(
  news: RecordedNews,
  entitlement: string,
  touched: Touched,
  isWatched: boolean,
): SeenMovement[] {
  // Lines that name no subscription are one each: the others of them are none of theirs.
  const lines =
    entitlement === ''
      ? [...news.newLines, ...news.changedLines.map(({ row }) => row)].filter(
          (line) => line.entitlement === '',
        )
      : news.linesOf(entitlement);
  const licenses = entitlement === '' ? [] : news.licensesOf(entitlement);
  const excluded = excludedEntitlements(licenses);
  const bills = new Map(lines.filter((line) => !isRefund(line)).map((line) => [line.transactionId, line]));
  return netMovements(lines.filter((line) => isPaidLine(line, excluded)))
    .filter(
      ({ day }) => isWatched || touched.days.some((one) => Math.abs(daysBetween(one, day)) <= NEAR_DAYS),
    )
    .map((movement): SeenMovement => {
      const isNews = movement.lines.some((line) => {
        const change = touched.changes.get(lineMark(line));
        return (
          (touched.news.has(lineMark(line)) || (change && isOtherMoney(change))) && canBeNews(news, line)
        );
      });
      const before = restatedFrom(movement, touched);
      const original = bills.get(movement.main.originalTransactionId ?? '');
      return {
        movement,
        profile: profileOf({ licenses, lines: movement.lines }),
        isNews,
        ...(before !== undefined && { restatedFrom: before }),
        ...(original && { original }),
      };
    });
}

/** Four rules look at the same movements. */
const known = new WeakMap<RecordedNews, readonly SeenMovement[]>();

/** The net movements that a sync touched, and those near them or waiting: a new line can take a refund away from a bill. */
export function seenMovements(news: RecordedNews, { watched }: AlertContext): readonly SeenMovement[] {
  const seen = known.get(news);
  if (seen) return seen;
  const touched = touchedByEntitlement(news);
  const nothing: Touched = { news: new Set(), changes: new Map(), days: [] };
  const all = [...new Set([...touched.keys(), ...watched])].flatMap((entitlement) =>
    seenOf(news, entitlement, touched.get(entitlement) ?? nothing, watched.has(entitlement)),
  );
  known.set(news, all);
  return all;
}

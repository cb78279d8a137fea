import { judgementOf } from '../analytics/week-judgement.ts';
import { weekState } from '../analytics/freshness.ts';
import { type Counted, countCustomers, invoicedByWeek, type InvoicedWeek } from '../analytics/invoiced.ts';
import { isLateLine } from '../analytics/late-lines.ts';
import { countLeftOut } from '../analytics/left-out.ts';
import { newCustomers } from '../analytics/new-customers.ts';
import { isRefund } from '../analytics/net-kind.ts';
import { netMovements } from '../analytics/netting.ts';
import { unpairedRefunds } from '../analytics/unpaired-refunds.ts';
import { assessCount } from '../analytics/unusual-count.ts';
import { assessMoney } from '../analytics/unusual-money.ts';
import {
  type Assessment,
  type AssessmentOptions,
  type Comparison,
  FOUR_WEEKS,
  ONE_WEEK,
} from '../analytics/usual.ts';
import type { WeekValue } from '../analytics/weekly-series.ts';
import { addDays, type Day, dayOf, type Instant, weekOf, weeksEndingWith } from '../domain/day.ts';
import { sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { newSalesDigest } from '../messages/new-sales-digest.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf, readBookedLines, readPaidLinesOf } from './booked-lines.ts';
import { readChangedInvoices } from './changed-invoices.ts';
import { readCustomerNames } from './customer-names.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { newSalesNumbers } from './numbers/new-sales.ts';
import { nameMoves, readRunRate } from './run-rate-moves.ts';
import { readRetentions } from './run-rate-retention.ts';
import { asksFor, scopeName } from './scope-words.ts';

/** Weeks of history: 26 before the newest four to know how they scatter, and one more to see the first of them move. */
const HISTORY_WEEKS = 31;

/** The week's new sales and refunds that stay, each with what its customer is called. */
async function readNamedSales(
  read: ReadModel,
  { developerId, week }: DigestRequest,
  ofWeek: readonly RecordedLine[],
) {
  const telling = ofWeek.filter((line) => isRefund(line) || line.saleType?.toLowerCase() === 'new');
  const { paid } = await readPaidLinesOf(read, developerId, entitlementsOf(telling));
  const lines = [...paid, ...telling.filter(({ entitlement }) => entitlement === '')];
  const customers = newCustomers(lines, week);
  const refunds = unpairedRefunds(lines, week);
  const named = entitlementsOf([...customers, ...refunds]);
  const names = await readCustomerNames(read, developerId, named);
  const who = (line: RecordedLine) => names.get(line.entitlement) ?? line.customer.company;
  return {
    customers: customers.map((movement) => ({ movement, who: who(movement.main) })),
    refunds: refunds.map((line) => ({ line, who: who(line) })),
  };
}

/** Reads a number of each week since anything was booked: before that there was nothing to know. */
function sinceFirst(invoiced: readonly InvoicedWeek[]) {
  const first = invoiced.find(({ lines }) => lines > 0)?.week;
  return (valueOf: (one: InvoicedWeek) => number): WeekValue[] =>
    invoiced.map((one) => ({
      week: one.week,
      value: first !== undefined && one.week >= first ? valueOf(one) : undefined,
    }));
}

/** The largest movement of a week, with its customer: what an unusually large amount is made of. */
async function readLargestBill(
  read: ReadModel,
  { developerId, week }: DigestRequest,
  ofWeek: readonly RecordedLine[],
) {
  const movements = netMovements(ofWeek).filter(({ bookedOn }) => weekOf(bookedOn) === week);
  const [largest] = movements.toSorted((a, b) => b.net - a.net);
  if (!largest) return undefined;
  const names = await readCustomerNames(read, developerId, entitlementsOf([largest]));
  return { movement: largest, who: names.get(largest.entitlement) ?? largest.main.customer.company };
}

/** An assessment that calls a number low only where what was sold in the week and counted later does not explain it. */
function unlessLater(
  later: number,
  options: AssessmentOptions,
  assess: (options: AssessmentOptions) => Assessment,
): Assessment {
  const found = assess(options);
  const isExplained = found.verdict === 'lower' && (found.value ?? 0) + later >= (found.low ?? 0);
  return isExplained ? assess({ ...options, provisional: true }) : found;
}

function totalOf(lines: readonly RecordedLine[]): Counted {
  return { amount: sumCents(lines.map((line) => line.vendorAmount)), count: lines.length };
}

/** The lines sold in a week that count for later ones, as far as four weeks on: they appeared late, or no sync ran. */
async function readLater(
  read: ReadModel,
  { app, developerId, today, week }: DigestRequest,
): Promise<RecordedLine[]> {
  const [from, to] = [addDays(week, 7), addDays(week, 34)];
  if (from > today) return [];
  const { paid } = await readBookedLines(read, { developerId, appKey: app?.appKey ?? null, from, to });
  return paid.filter(({ saleDate }) => weekOf(saleDate) === week);
}

/** The last day of which transactions are known; today when the store does not say. */
function lastKnownDay({ today }: DigestRequest, asOf: Instant | undefined): Day {
  return asOf !== undefined && dayOf(asOf) < today ? dayOf(asOf) : today;
}

/** How recurring revenue moved in a week, what was invoiced, who bought and who is behind the changes. */
export const newSales: Digest = {
  id: 'new-sales',
  isDefault: true,
  aliases: ['sales', 'revenue', 'new-sale', 'mrr', 'run-rate'],
  summary: 'how recurring revenue moved last week, what was invoiced and who bought',
  definition:
    'How recurring revenue moved in a week, what was invoiced, who bought, and who is behind the largest changes.',
  reads: ['transactions', 'licenses', 'churn-events'],
  async build(read, request) {
    const { app, developerId, now, week } = request;
    const scope = { developerId, appKey: app?.appKey ?? null };
    const chartWeeks = request.chartWeeks ?? CHART_WEEKS;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const span = { ...scope, from: weeks[0] ?? week, to: addDays(week, 6) };
    const asOf = await read.readAsOf(developerId, ['transactions', 'licenses']);
    const until = lastKnownDay(request, asOf);
    const [booked, runRate, laterLines] = await Promise.all([
      readBookedLines(read, span),
      readRunRate(read, request, { week, count: HISTORY_WEEKS, until }),
      readLater(read, request),
    ]);
    const inWeek = (line: RecordedLine) => weekOf(line.bookedOn) === week;
    const ofWeek = booked.paid.filter(inWeek);
    const invoiced = invoicedByWeek(booked.paid, weeks);
    const state = weekState(week, until);
    const isOver = weekState(week, request.today) !== 'open';
    const { options } = judgementOf(state);
    const later = totalOf(laterLines);
    const judged = sinceFirst(invoiced);
    const amounts = judged(({ net }) => net);
    const buyers = judged(({ customers }) => customers);
    const amount = unlessLater(later.amount, options, (one) => assessMoney(amounts, week, one));
    const assessBuyers = (comparison: Comparison) =>
      unlessLater(countCustomers(laterLines), { ...options, comparison }, (one) =>
        assessCount(buyers, week, one),
      );
    const rateChanges = runRate.weeks.map((one) => ({ week: one.week, value: one.after - one.before }));
    const retention = await readRetentions(read, request, runRate, until);
    const named = await readNamedSales(read, request, ofWeek);
    const message = newSalesDigest({
      scope: scopeName(request, 'All apps'),
      asks: asksFor('new-sales', request),
      week,
      state: state === 'open' && isOver ? 'provisional' : state,
      knownUntil: state === 'open' && isOver && asOf !== undefined ? asOf : undefined,
      movements: runRate.weeks.slice(-chartWeeks),
      change: assessMoney(rateChanges, week, options),
      ...(await nameMoves(read, request, runRate)),
      retention,
      invoiced: booked.all.length === 0 && asOf === undefined ? undefined : invoiced.at(-1),
      amount,
      buyers: assessBuyers(ONE_WEEK),
      buyersFourWeeks: assessBuyers(FOUR_WEEKS),
      largestBill: amount.verdict === 'higher' ? await readLargestBill(read, request, ofWeek) : undefined,
      ...named,
      earlier: totalOf(ofWeek.filter(({ saleDate }) => saleDate < week)),
      late: totalOf(ofWeek.filter(isLateLine)),
      later,
      withoutPeriod: totalOf(
        ofWeek.filter(({ maintenanceEnd, maintenanceStart }) => !maintenanceStart || !maintenanceEnd),
      ),
      leftOut: countLeftOut(booked.all.filter(inWeek), booked.licenses),
      changes: await readChangedInvoices(read, request, { runRate, booked: booked.paid }),
      asOf,
      now,
    });
    const numbers = newSalesNumbers({
      week,
      runRate,
      ofWeek,
      laterLines,
      ...named,
      retention,
      changes: rateChanges,
      amounts,
      buyers,
    });
    return { ...message, numbers };
  },
};

import { subscriptionOf } from '../../analytics/by-entitlement.ts';
import { customerOf } from '../../analytics/invoiced.ts';
import { MOVEMENT_KINDS, type Movement } from '../../analytics/movements.ts';
import { byLine, isRefund } from '../../analytics/net-kind.ts';
import type { Retention } from '../../analytics/retention.ts';
import { runRateAt } from '../../analytics/run-rate.ts';
import type { WeekMovements } from '../../analytics/run-rate-weeks.ts';
import { ONE_WEEK } from '../../analytics/usual.ts';
import type { WeekValue } from '../../analytics/weekly-series.ts';
import type { Day } from '../../domain/day.ts';
import type { RecordedLine } from '../../domain/recorded.ts';
import type { TracedNumber, TracedRow } from '../../domain/traced-number.ts';
import type { NewCustomer, UnpairedRefund } from '../../messages/new-sales-facts.ts';
import { KIND_WORDS } from '../../messages/new-sales-words.ts';
import { count, date, dollars } from '../../messages/kit/words.ts';
import type { RunRate } from '../run-rate-moves.ts';
import { each, sumInOrder, sumOf, usualWeeks } from './trace.ts';

/** What the numbers of the new-sales digest are made of. */
export interface NewSalesSources {
  readonly week: Day;
  readonly runRate: RunRate;
  /** The paid lines of the week, and those sold in it that count for later ones. */
  readonly ofWeek: readonly RecordedLine[];
  readonly laterLines: readonly RecordedLine[];
  readonly customers: readonly NewCustomer[];
  readonly refunds: readonly UnpairedRefund[];
  readonly retention: {
    readonly fourWeeks: Retention | undefined;
    readonly twelveMonths: Retention | undefined;
  };
  /** Net change of the run-rate, invoiced amounts and customers billed, week by week. */
  readonly changes: readonly WeekValue[];
  readonly amounts: readonly WeekValue[];
  readonly buyers: readonly WeekValue[];
}

const MOVES = 'New, bigger plans, smaller plans, left, back';

type AppOf = ReadonlyMap<string, string>;

/** What each subscription pays for. */
function appsOf({ paid }: RunRate): AppOf {
  return new Map(paid.map((line) => [subscriptionOf(line), line.name]));
}

function moveNumbers({ after, before, list, noise }: WeekMovements, appOf: AppOf): TracedNumber[] {
  const moveRow = ({ delta, entitlement, kind }: Movement): TracedRow => ({
    entitlement,
    what: [appOf.get(entitlement), KIND_WORDS[kind]].filter(Boolean).join(', '),
    amount: delta,
  });
  const rest = noise === 0 ? [] : [{ what: 'Changes too small to name', amount: noise }];
  const kinds = MOVEMENT_KINDS.filter((kind) => list.some((one) => one.kind === kind));
  const told = { explained: MOVES, unit: 'cents' } as const;
  const title = 'Change of run-rate, a month';
  const arithmetic = `from ${dollars(before)} to ${dollars(after)} a month`;
  return [
    sumOf({ ...told, id: 'change', title, arithmetic }, [...list.map(moveRow), ...rest]),
    ...kinds.map((kind) => {
      const rows = list.filter((one) => one.kind === kind).map(moveRow);
      return sumOf({ ...told, id: kind, title: `Run-rate, ${KIND_WORDS[kind]}` }, rows);
    }),
  ];
}

/** The run-rate by app: by subscription it is the whole list of customers. */
function runRateNumber(
  { coverage, endings }: RunRate,
  { after, to }: WeekMovements,
  appOf: AppOf,
): TracedNumber {
  const byApp = new Map<string, { amount: number; subscriptions: number }>();
  for (const [entitlement, amount] of runRateAt(coverage, to, endings).byEntitlement) {
    const app = appOf.get(entitlement) ?? 'Other';
    const known = byApp.get(app) ?? { amount: 0, subscriptions: 0 };
    byApp.set(app, { amount: known.amount + amount, subscriptions: known.subscriptions + 1 });
  }
  const rows = [...byApp].map(([app, { amount, subscriptions }]) => ({
    what: `${app}, ${count(subscriptions, 'subscription')}`,
    amount,
  }));
  return sumOf(
    {
      id: 'run-rate',
      title: 'Run-rate, a month',
      explained: 'Run-rate',
      unit: 'cents',
      arithmetic: `what ${dollars(after * 12)} a year are in a month, on ${date(to)}`,
    },
    rows,
  );
}

function lineRow({
  bookedOn,
  entitlement,
  name,
  saleType,
  transactionId,
  vendorAmount,
}: RecordedLine): TracedRow {
  const what = [name, saleType?.toLowerCase() ?? 'manual invoice', transactionId].join(', ');
  return { entitlement, what, day: bookedOn, amount: vendorAmount };
}

/** One row for each customer, named by its first line. */
function buyerRows(lines: readonly RecordedLine[]): TracedRow[] {
  const billed = lines.filter((line) => !isRefund(line));
  const groups = [...Map.groupBy(billed.toSorted(byLine), customerOf).values()];
  return each(groups, (group) => {
    const [first] = group;
    const what = first === undefined ? '' : `${first.name}, ${count(group.length, 'line')}`;
    return { entitlement: first?.entitlement ?? '', what, ...(first && { day: first.bookedOn }) };
  });
}

function invoicedNumbers({ laterLines, ofWeek, week }: NewSalesSources): TracedNumber[] {
  const lines = (id: string, title: string, explained: string, of: readonly RecordedLine[]) =>
    sumOf({ id, title, explained, unit: 'cents', arithmetic: count(of.length, 'line') }, of.map(lineRow));
  const payment = 'Not paid yet, uncollectible, refunded by now';
  const withStatus = (status: string) => ofWeek.filter(({ paymentStatus }) => paymentStatus === status);
  return [
    lines('invoiced', 'Invoiced', 'Invoiced', ofWeek),
    sumOf(
      { id: 'buyers', title: 'Customers billed', explained: 'Invoiced', unit: 'count' },
      buyerRows(ofWeek),
    ),
    lines('open', 'Not paid yet', payment, withStatus('Open')),
    lines('uncollectible', 'Uncollectible', payment, withStatus('Uncollectible')),
    lines('refunded', 'Refunded by now', payment, withStatus('Refunded')),
    lines(
      'earlier',
      'Sold before the week',
      'Invoiced',
      ofWeek.filter(({ saleDate }) => saleDate < week),
    ),
    lines('later', 'Sold in the week, counted later', 'Invoiced', laterLines),
    sumOf(
      { id: 'discounts', title: 'Discounts', explained: 'Discounts', unit: 'cents' },
      ofWeek.filter((line) => !isRefund(line)).flatMap(discountRows),
    ),
  ];
}

function discountRows({ bookedOn: day, discounts, entitlement, name }: RecordedLine): TracedRow[] {
  return discounts
    .filter(({ amount }) => amount !== 0)
    .map(({ amount, type }) => ({ entitlement, what: `${name}, ${type}`, day, amount }));
}

function keptNumber(id: string, title: string, retention: Retention | undefined): TracedNumber[] {
  if (!retention) return [];
  const { before, from, gross, lost, net, subscriptions, won } = retention;
  const tenths = (share: number) => `${(share * 100).toFixed(1)}\u00A0%`;
  return [
    sumInOrder(
      {
        id,
        title,
        explained: 'Kept of run-rate (GRR, NRR)',
        unit: 'cents',
        arithmetic: `without the last row ${dollars(before - lost)} of ${dollars(before)} (${tenths(gross)} gross), with it ${tenths(net)} net`,
      },
      [
        { what: `Run-rate of ${count(subscriptions, 'subscription')}`, day: from, amount: before },
        { what: 'Lost since then: smaller plans and customers that left', amount: -lost },
        { what: 'Won since then: bigger plans of the same customers', amount: won },
      ],
    ),
  ];
}

/** The numbers of the new-sales digest with the rows behind them. */
export function newSalesNumbers(sources: NewSalesSources): TracedNumber[] {
  const { amounts, buyers, changes, customers, refunds, retention, runRate, week } = sources;
  const told = runRate.weeks.at(-1);
  const appOf = appsOf(runRate);
  const usual = (id: string, title: string, explained: string, values: readonly WeekValue[]) =>
    usualWeeks(
      { id, title, explained, unit: id === 'usual-buyers' ? 'count' : 'cents' },
      values,
      week,
      ONE_WEEK,
    );
  return [
    ...(told ? [...moveNumbers(told, appOf), runRateNumber(runRate, told, appOf)] : []),
    ...invoicedNumbers(sources),
    sumOf(
      { id: 'new-customers', title: 'New sales', explained: 'New sales', unit: 'cents' },
      customers.map(({ movement: { entitlement, main, net } }) => ({
        ...lineRow(main),
        entitlement,
        amount: net,
      })),
    ),
    sumOf(
      {
        id: 'refunds',
        title: 'Refunds without a new bill',
        explained: 'Refunds without a new bill',
        unit: 'cents',
      },
      refunds.map(({ line }) => lineRow(line)),
    ),
    ...keptNumber('kept-4-weeks', 'Kept of run-rate, 4 weeks', retention.fourWeeks),
    ...keptNumber('kept-12-months', 'Kept of run-rate, 12 months', retention.twelveMonths),
    ...usual('usual-change', 'Usual change of run-rate', MOVES, changes),
    ...usual('usual-amount', 'Usually invoiced', 'Invoiced', amounts),
    ...usual('usual-buyers', 'Customers usually billed', 'Invoiced', buyers),
  ];
}

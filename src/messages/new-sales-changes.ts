import type { Cents } from '../domain/money.ts';
import { customer, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, dollars, exactDollars, weekName } from './kit/words.ts';
import type { ChangedInvoices, ChangedMoney } from './new-sales-facts.ts';

/** How many weeks of a kind fit into the sentence; the others are counted. */
const SHOWN_WEEKS = 3;

function signed(amount: Cents): string {
  return amount > 0 ? `+${exactDollars(amount)}` : exactDollars(amount);
}

function effects({ behind, more }: ChangedMoney): Mrkdwn {
  const named = behind.map(({ delta, who }) => mrk`${customer(who)} ${signed(delta)}`);
  return more > 0 ? mrk`${join(named, ', ')} and ${more} more` : join(named, ', ');
}

function weeksOf(changes: readonly ChangedMoney[], amountOf: (amount: Cents) => string): Mrkdwn {
  const weeks = changes.slice(0, SHOWN_WEEKS).map((one) => {
    const amounts =
      one.before === one.after
        ? `still ${amountOf(one.after)}`
        : `from ${amountOf(one.before)} to ${amountOf(one.after)}`;
    return mrk`week ${weekName(one.week)} ${amounts} (${effects(one)})`;
  });
  const rest = changes.length - weeks.length;
  return join([...weeks, ...(rest > 0 ? [mrk`and ${count(rest, 'older week')}`] : [])], '; ');
}

/** What reads differently in weeks told before, and what no digest told; undefined in a first digest. */
export function changedMoney(changes: ChangedInvoices | undefined): Mrkdwn | undefined {
  if (!changes) return undefined;
  const { payments, runRate, untold, weeks } = changes;
  const paid = payments.map(
    ({ amount, count: lines, status }) =>
      mrk`${count(lines, 'line')} ${lines === 1 ? 'is' : 'are'} ${status} now (${dollars(amount)})`,
  );
  const invoiced = [...(weeks.length > 0 ? [weeksOf(weeks, exactDollars)] : []), ...paid];
  const parts = [
    ...(invoiced.length > 0 ? [mrk`Invoiced: ${join(invoiced, '; ')}`] : []),
    ...(runRate.length > 0 ? [mrk`Run-rate a month: ${weeksOf(runRate, signed)}`] : []),
  ];
  const told =
    parts.length > 0
      ? mrk`*Changed since my last digest*\n${join(parts, '\n')}`
      : mrk`*Changed since my last digest:* nothing in the weeks I told`;
  if (untold.length === 0) return told;
  const missed = untold.map(({ net, week }) => mrk`week ${weekName(week)} ${dollars(net)}`);
  return mrk`${told}\n*Not told before, because no digest was posted*, invoiced: ${join(missed, '; ')}`;
}

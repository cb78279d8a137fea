import type { NamedMovement } from '../analytics/named-movements.ts';
import type { WeekMovements } from '../analytics/run-rate-weeks.ts';
import type { Message } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import { message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { tierWords } from './kit/tier-words.ts';
import { count, date, exactDollars, percent, weekName } from './kit/words.ts';
import type { NewCustomer, NewSalesDigest, UnpairedRefund } from './new-sales-facts.ts';
import { discountWords, KIND_ORDER, KIND_WORDS, moveWords } from './new-sales-words.ts';

const NAMELESS = 'Without a name';

function amountCell(amount: Cents) {
  return { value: amount / 100, text: exactDollars(amount) };
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function companyCell({ movement, who }: NewCustomer): string {
  const partner = movement.main.partner?.name;
  return partner === undefined ? (who ?? NAMELESS) : `${who ?? NAMELESS} (via ${partner})`;
}

function customerTable({ customers, week }: NewSalesDigest): Message[] {
  const total = sumCents(customers.map(({ movement }) => movement.net));
  return tableReplies({
    caption: `New sales, ${weekName(week)}, largest first`,
    sentence: mrk`${count(customers.length, 'new sale')}, ${exactDollars(total)} our share, net of what was refunded with them.`,
    amountOf: ({ movement }) => movement.net,
    columns: [
      { title: 'Company', cell: companyCell },
      { title: 'App and edition', cell: ({ movement: { main } }) => words(main.name, main.edition) },
      { title: 'Tier', cell: ({ movement: { main } }) => tierWords(main.tier) ?? '-' },
      { title: 'Billing', cell: ({ movement: { main } }) => main.billingPeriod ?? '-' },
      { title: 'Net $, our share', cell: ({ movement }) => amountCell(movement.net) },
      { title: 'Sale date', cell: ({ movement: { main } }) => date(main.saleDate) },
      { title: 'Payment', cell: ({ movement: { main } }) => words(main.paymentStatus, main.paymentTerms) },
    ],
    rows: customers,
  });
}

function moveTable(
  title: 'Gains' | 'Losses',
  moves: readonly NamedMovement[],
  week: NewSalesDigest['week'],
): Message[] {
  const total = sumCents(moves.map(({ delta }) => delta));
  return tableReplies({
    caption: `${title} of run-rate, ${weekName(week)}, largest first`,
    sentence: mrk`${title} of run-rate: ${count(moves.length, 'subscription')}, ${exactDollars(total)} a month, our share.`,
    amountOf: ({ delta }) => delta,
    columns: [
      { title: 'Customer', cell: ({ profile }) => profile?.who ?? NAMELESS },
      { title: 'App and edition', cell: ({ profile }) => words(profile?.appName, profile?.edition) },
      { title: 'What changed', cell: moveWords },
      { title: 'Change, $ a month', cell: ({ delta }) => amountCell(delta) },
      { title: 'Now, $ a month', cell: ({ after }) => amountCell(after) },
    ],
    rows: moves,
  });
}

function refundTable({ refunds, week }: NewSalesDigest): Message[] {
  const total = sumCents(refunds.map(({ line }) => line.vendorAmount));
  return tableReplies<UnpairedRefund>({
    caption: `Refunds without a new bill, ${weekName(week)}`,
    sentence: mrk`Refunds that nothing was billed in place of: ${count(refunds.length, 'line')}, ${exactDollars(total)} our share.`,
    amountOf: ({ line }) => line.vendorAmount,
    columns: [
      { title: 'Customer', cell: ({ who }) => who ?? NAMELESS },
      { title: 'App and tier', cell: ({ line }) => words(line.name, tierWords(line.tier)) },
      { title: '$, our share', cell: ({ line }) => amountCell(line.vendorAmount) },
      { title: 'Why', cell: ({ line }) => line.refundReason ?? line.creditNoteReason ?? 'not said' },
      { title: 'Sale date', cell: ({ line }) => date(line.saleDate) },
    ],
    rows: refunds,
  });
}

/** All lines of the week by what Atlassian calls them: amounts and numbers of lines add up to those of the parent. */
function invoicedTable({ invoiced, week }: NewSalesDigest): Message[] {
  if (!invoiced) return [];
  const { byType, lines, net } = invoiced;
  return tableReplies({
    caption: `Invoiced ${weekName(week)} by kind of line, largest first`,
    sentence: mrk`Invoiced: ${exactDollars(net)} our share in ${count(lines, 'line')}, refunds included.`,
    amountOf: ({ amount }) => amount,
    columns: [
      { title: 'Kind of line', cell: ({ type }) => type ?? 'Manual invoice' },
      {
        title: 'Lines',
        cell: ({ count: number }) => ({ value: number, text: number.toLocaleString('en-US') }),
      },
      { title: '$, our share', cell: ({ amount }) => amountCell(amount) },
    ],
    rows: byType,
  });
}

function discountReply({ invoiced }: NewSalesDigest): Message[] {
  const discounts = invoiced?.discounts ?? [];
  if (discounts.length === 0) return [];
  const total = sumCents(discounts.map(({ amount }) => amount));
  const lines = discounts.map(({ amount, lines, share, type }) => {
    const gross = share === undefined ? '' : ` (${percent(share, 1)} of gross)`;
    return mrk`• ${discountWords(type)}: ${exactDollars(amount)} on ${count(lines, 'line')}${gross}`;
  });
  const sentence = mrk`Discounts: ${exactDollars(total)} off what customers pay, taken off already in all amounts.`;
  return [message(sentence, [section(mrk`${sentence}\n${join(lines, '\n')}`)])];
}

/** What was gained and lost in a week; changes too small to name go to the side of their sign. */
function sides({ noise, totals }: WeekMovements): { readonly gained: Cents; readonly lost: Cents } {
  const amounts = [...KIND_ORDER.map((kind) => totals[kind].delta), noise];
  return {
    gained: sumCents(amounts.filter((amount) => amount > 0)),
    lost: sumCents(amounts.filter((amount) => amount < 0)),
  };
}

function splitLines({ noise, totals }: WeekMovements): Mrkdwn[] {
  const kinds = KIND_ORDER.filter((kind) => totals[kind].count > 0).map(
    (kind) => mrk`• ${KIND_WORDS[kind]}: ${totals[kind].count}, ${exactDollars(totals[kind].delta)} a month`,
  );
  return noise === 0 ? kinds : [...kinds, mrk`• changes too small to name: ${exactDollars(noise)} a month`];
}

function weekTable({ movements }: NewSalesDigest): Message[] {
  const told = movements.at(-1);
  if (!told) return [];
  const sentence = mrk`Run-rate: ${exactDollars(told.before)} a month before this week, ${exactDollars(told.after)} after it.`;
  return tableReplies({
    caption: 'Run-rate by week, newest first, $ a month, our share',
    sentence: join([sentence, ...splitLines(told)], '\n'),
    columns: [
      { title: 'Week', cell: ({ week }) => weekName(week) },
      { title: 'Net change', cell: ({ after, before }) => amountCell(after - before) },
      { title: 'Gained', cell: (week) => amountCell(sides(week).gained) },
      { title: 'Lost', cell: (week) => amountCell(sides(week).lost) },
      { title: 'Run-rate after', cell: ({ after }) => amountCell(after) },
    ],
    rows: movements.toReversed(),
  });
}

/** The replies that carry the lists behind the new-sales digest. Their sums are the numbers of the parent, to the cent. */
export function newSalesReplies(digest: NewSalesDigest): Message[] {
  return [
    ...customerTable(digest),
    ...moveTable('Gains', digest.gains, digest.week),
    ...moveTable('Losses', digest.losses, digest.week),
    ...invoicedTable(digest),
    ...refundTable(digest),
    ...discountReply(digest),
    ...weekTable(digest),
  ];
}

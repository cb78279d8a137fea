import type { NamedMovement } from '../analytics/named-movements.ts';
import type { WeekMovements } from '../analytics/run-rate-weeks.ts';
import type { Message } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import { message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataTable, type TableColumn } from './kit/table.ts';
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

/** A table with its sentence; where rows do not fit, the sentence says how many and what they add up to. */
function tableReply<Row>(
  about: { readonly caption: string; readonly sentence: Mrkdwn; readonly amountOf?: (row: Row) => Cents },
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): Message {
  const { block, shown } = dataTable(about.caption, columns, rows);
  const rest = rows.slice(shown);
  const together = about.amountOf ? `, ${exactDollars(sumCents(rest.map(about.amountOf)))} together` : '';
  const more = rest.length > 0 ? mrk` (${rest.length} of them do not fit here${together}.)` : mrk``;
  const sentence = mrk`${about.sentence}${more}`;
  return message(sentence, [section(sentence), block]);
}

function customerTable({ customers, week }: NewSalesDigest): Message | undefined {
  if (customers.length === 0) return undefined;
  const total = sumCents(customers.map(({ movement }) => movement.net));
  const sentence = mrk`${count(customers.length, 'new sale')}, ${exactDollars(total)} our share, net of refunds of the same sale.`;
  return tableReply(
    {
      caption: `New customers, ${weekName(week)}, largest first`,
      sentence,
      amountOf: ({ movement }: NewCustomer) => movement.net,
    },
    [
      { title: 'Company', cell: ({ who }) => who ?? NAMELESS },
      { title: 'App and edition', cell: ({ movement: { main } }) => words(main.name, main.edition) },
      { title: 'Tier', cell: ({ movement: { main } }) => main.tier ?? '-' },
      { title: 'Billing', cell: ({ movement: { main } }) => main.billingPeriod ?? '-' },
      { title: 'Net $, our share', cell: ({ movement }) => amountCell(movement.net) },
      { title: 'Sale date', cell: ({ movement: { main } }) => date(main.saleDate) },
      { title: 'Payment', cell: ({ movement: { main } }) => words(main.paymentStatus, main.paymentTerms) || '-' },
      { title: 'Sold by', cell: ({ movement: { main } }) => main.partner?.name ?? 'directly' },
    ],
    customers,
  );
}

function moveTable(title: 'Gains' | 'Losses', moves: readonly NamedMovement[], digest: NewSalesDigest): Message | undefined {
  if (moves.length === 0) return undefined;
  const total = sumCents(moves.map(({ delta }) => delta));
  const sentence = mrk`${title}: ${count(moves.length, 'subscription')}, ${exactDollars(total)} a month, our share.`;
  return tableReply(
    {
      caption: `${title} of run-rate, ${weekName(digest.week)}, largest first`,
      sentence,
      amountOf: ({ delta }: NamedMovement) => delta,
    },
    [
      { title: 'Customer', cell: ({ profile }) => profile?.who ?? NAMELESS },
      { title: 'App and edition', cell: ({ profile }) => words(profile?.appName, profile?.edition) },
      { title: 'What changed', cell: moveWords },
      { title: 'Change, $ a month', cell: ({ delta }) => amountCell(delta) },
      { title: 'Now, $ a month', cell: ({ after }) => amountCell(after) },
      { title: 'Entitlement', cell: ({ entitlement }) => entitlement },
    ],
    moves,
  );
}

function discountsSection({ invoiced }: NewSalesDigest): Mrkdwn | undefined {
  const discounts = invoiced?.discounts ?? [];
  if (discounts.length === 0) return undefined;
  const total = sumCents(discounts.map(({ amount }) => amount));
  const lines = discounts.map(({ amount, lines, share, type }) => {
    const gross = share === undefined ? '' : ` (${percent(share, 1)} of gross)`;
    return mrk`• ${discountWords(type)}: ${exactDollars(amount)} on ${count(lines, 'line')}${gross}`;
  });
  return mrk`*Discounts, ${exactDollars(total)} off what customers pay*\n${join(lines, '\n')}`;
}

function refundsAndDiscounts(digest: NewSalesDigest): Message | undefined {
  const { refunds, week } = digest;
  const discounts = discountsSection(digest);
  const total = sumCents(refunds.map(({ line }) => line.vendorAmount));
  if (refunds.length === 0) {
    return discounts && message(mrk`Discounts of the week, by type.`, [section(discounts)]);
  }
  const sentence = mrk`Refunds that nothing was billed in place of: ${count(refunds.length, 'line')}, ${exactDollars(total)} our share.`;
  const reply = tableReply(
    {
      caption: `Refunds without a new bill, ${weekName(week)}`,
      sentence,
      amountOf: ({ line }: UnpairedRefund) => line.vendorAmount,
    },
    [
      { title: 'Customer', cell: ({ who }) => who ?? NAMELESS },
      { title: 'App and tier', cell: ({ line }) => words(line.name, line.tier) },
      { title: '$, our share', cell: ({ line }) => amountCell(line.vendorAmount) },
      { title: 'Why', cell: ({ line }) => line.refundReason ?? line.creditNoteReason ?? 'not said' },
      { title: 'Sale date', cell: ({ line }) => date(line.saleDate) },
    ],
    refunds,
  );
  return discounts ? { ...reply, blocks: [section(discounts), ...reply.blocks] } : reply;
}

function weekTable({ movements }: NewSalesDigest): Message | undefined {
  const told = movements.at(-1);
  if (!told) return undefined;
  const sentence = mrk`Run-rate week by week: ${exactDollars(told.before)} a month before this week, ${exactDollars(told.after)} after it.`;
  const kinds = KIND_ORDER.map((kind): TableColumn<WeekMovements> => ({
    title: `${KIND_WORDS[kind].slice(0, 1).toUpperCase()}${KIND_WORDS[kind].slice(1)}`,
    cell: ({ totals }) => amountCell(totals[kind].delta),
  }));
  const columns: TableColumn<WeekMovements>[] = [
    { title: 'Week', cell: ({ week }) => weekName(week) },
    { title: 'Net change', cell: ({ after, before }) => amountCell(after - before) },
    ...kinds,
    { title: 'Too small to name', cell: ({ noise }) => amountCell(noise) },
    { title: 'Run-rate after', cell: ({ after }) => amountCell(after) },
  ];
  return tableReply({ caption: 'Run-rate by week, $ a month, our share', sentence }, columns, movements.toReversed());
}

/** The replies that carry the lists behind the new-sales digest. Their sums are the numbers of the parent, to the cent. */
export function newSalesReplies(digest: NewSalesDigest): (Message | undefined)[] {
  return [
    customerTable(digest),
    moveTable('Gains', digest.gains, digest),
    moveTable('Losses', digest.losses, digest),
    refundsAndDiscounts(digest),
    weekTable(digest),
  ];
}

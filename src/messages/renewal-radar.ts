import type { WorthRenewal } from '../analytics/renewal-worth.ts';
import type { RenewalConcern } from '../analytics/renewals.ts';
import type { Message } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import { customer, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { tierWords } from './kit/tier-words.ts';
import { count, date, dollars, exactDollars, shortDate } from './kit/words.ts';

/** Renewals that are due or late, seen from today. Money is our share in cents. */
export interface RenewalRadar {
  /** Annual renewals of today and the days after it, `days` of them, most valuable first. */
  readonly due: readonly WorthRenewal[];
  readonly days: number;
  /** Ended within the last 30 days, not billed again, not called churn yet; most valuable first. */
  readonly late: readonly WorthRenewal[];
}

/** The days a table of due renewals covers. */
const TABLE_DAYS = 30;

const CONCERN: Readonly<Record<RenewalConcern, string>> = {
  cancelled: 'cancelled already',
  feedback: 'gave feedback',
  'tier fell': 'fewer users at the last renewal',
  uncollectible: 'last bill uncollectible',
  open: 'last bill not paid',
  partner: 'sold by a partner',
};

/** A partner between us and the customer is good to know, but no reason by itself to look at a renewal. */
export function needsALook({ concerns }: WorthRenewal): boolean {
  return concerns.some((concern) => concern !== 'partner');
}

/** Why a renewal wants a human, in words; a partner by name. */
function reasons({ concerns, partner }: WorthRenewal): string {
  return concerns
    .map((concern) => (concern === 'partner' && partner ? `sold by ${partner.name}` : CONCERN[concern]))
    .join(', ');
}

function worth(renewals: readonly WorthRenewal[]): Cents {
  return sumCents(renewals.map(({ yearly }) => yearly));
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days > 0 ? `in ${count(days, 'day')}` : `${count(-days, 'day')} ago`;
}

function who(renewal: WorthRenewal): Mrkdwn {
  const { appName, customer: owner, tier } = renewal;
  const where = owner.country ? mrk` (${owner.country})` : mrk``;
  const what = [appName, tierWords(tier)].filter((part) => part !== undefined).join(', ');
  return mrk`*${customer(renewal.who)}*${where}, ${what}`;
}

function lookLine(renewal: WorthRenewal): Mrkdwn {
  const { days, due, yearly } = renewal;
  return mrk`• ${who(renewal)}: due ${shortDate(due)} (${inDays(days)}), ${dollars(yearly)} a year; _${reasons(renewal)}_`;
}

/**
 * "Next 60 days: 37 annual renewals, $212k a year. Needs a look (5): ..." with the three most valuable of those.
 * Undefined when none is due in that time.
 */
export function dueSentence({ due }: RenewalRadar, days: number): Mrkdwn | undefined {
  const near = due.filter((renewal) => renewal.days <= days);
  if (near.length === 0) return undefined;
  const head = mrk`*Next ${days} days:* ${count(near.length, 'annual renewal')}, ${dollars(worth(near))} a year.`;
  const look = near.filter(needsALook);
  if (look.length === 0) return mrk`${head} None needs a look.`;
  const rest = look.slice(3);
  const more =
    rest.length > 0
      ? mrk`\nand ${rest.length} more, ${dollars(worth(rest))} a year together, in the thread`
      : mrk``;
  return mrk`${head} *Needs a look (${look.length}):*\n${join(look.slice(0, 3).map(lookLine), '\n')}${more}`;
}

/** "Late: 3 renewals, $4.1k a year ...", with the three most valuable. Undefined when none is. */
export function lateSentence({ late }: RenewalRadar): Mrkdwn | undefined {
  if (late.length === 0) return undefined;
  const lines = late
    .slice(0, 3)
    .map(
      (renewal) => mrk`• ${who(renewal)}: ended ${inDays(renewal.days)}, ${dollars(renewal.yearly)} a year`,
    );
  const rest = late.slice(3);
  const more =
    rest.length > 0
      ? mrk`\nand ${rest.length} more, ${dollars(worth(rest))} a year together, in the thread`
      : mrk``;
  const head = mrk`*Late, and not called churn yet:* ${count(late.length, 'renewal')}, ${dollars(worth(late))} a year. The term ended, no new bill came, the licence is still active.`;
  return mrk`${head}\n${join(lines, '\n')}${more}`;
}

function renewalTable(
  caption: string,
  sentence: Mrkdwn,
  dateTitle: 'Due' | 'Ended',
  renewals: readonly WorthRenewal[],
): Message[] {
  return tableReplies({
    most: 1,
    caption,
    sentence,
    amountOf: ({ yearly }) => yearly,
    columns: [
      { title: 'Customer', cell: (one) => one.who ?? 'Without a name' },
      {
        title: 'App and tier',
        cell: ({ appName, plan, tier }) => [appName, tierWords(tier), plan].filter(Boolean).join(', '),
      },
      { title: dateTitle, cell: ({ days, due }) => ({ value: days, text: `${date(due)}, ${inDays(days)}` }) },
      {
        title: 'Our share $ a year',
        cell: ({ yearly }) => ({ value: yearly / 100, text: exactDollars(yearly) }),
      },
      { title: 'To know', cell: reasons },
    ],
    rows: renewals,
  });
}

/** What a list of renewals adds up to, in a sentence: "Due within 30 days: 12 annual renewals, $41,203.00 a year, our share". */
function total(what: string, renewals: readonly WorthRenewal[], noun: string): Mrkdwn {
  return mrk`${what}: ${count(renewals.length, noun)}, ${exactDollars(worth(renewals))} a year, our share.`;
}

/** The lists behind the radar: what needs a look, what is late, and all that is due, 30 days at a time. */
export function renewalRadarReplies({ days, due, late }: RenewalRadar): Message[] {
  const look = due.filter(needsALook);
  const needing = `Needs a look, due within ${days} days`;
  const parts = Array.from({ length: Math.ceil(days / TABLE_DAYS) }, (_, index) => {
    const from = index === 0 ? 0 : index * TABLE_DAYS + 1;
    const to = Math.min(days, (index + 1) * TABLE_DAYS);
    const rows = due.filter((renewal) => renewal.days >= from && renewal.days <= to);
    const span = index === 0 ? `within ${to} days` : `in ${from} to ${to} days`;
    const sentence = total(`Due ${span}`, rows, 'annual renewal');
    return renewalTable(`Annual renewals due ${span}, most valuable first`, sentence, 'Due', rows);
  });
  const lateTotal = mrk`${total('Late', late, 'renewal')} Ended within the last 30 days, not billed again, not called churn.`;
  return [
    ...renewalTable(`${needing}, most valuable first`, total(needing, look, 'annual renewal'), 'Due', look),
    ...renewalTable('Late renewals, most valuable first', lateTotal, 'Ended', late),
    ...parts.flat(),
  ];
}

import type { Standing, Subscription } from '../analytics/subscription.ts';
import type { TimelineEntry } from '../analytics/timeline.ts';
import type { Day, Instant } from '../domain/day.ts';
import { fold } from '../domain/fold.ts';
import type { Block, Message } from '../domain/message.ts';
import { sumCents } from '../domain/money.ts';
import { actions, type Button, context, header, type Menu, message, section } from './kit/blocks.ts';
import { clean, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { sizeOf } from './kit/limits.ts';
import { dataTable } from './kit/table.ts';
import { count, date, exactDollars } from './kit/words.ts';
import { type LookupNote, noteBlock } from './lookup-note.ts';
import { timelineSection } from './lookup-timeline.ts';
import { ownerOf, renewal, STANDING } from './lookup-words.ts';
import { customerName, identifierOf } from './subscription-words.ts';

/** Everything a card shows about several subscriptions: of one customer, or of several on a site or mail domain. */
export interface LookupCompany {
  /** The likeliest to be asked about first; two at least. */
  readonly subscriptions: readonly Subscription[];
  /** There are more than were read. */
  readonly isCut: boolean;
  readonly timeline: readonly TimelineEntry[];
  readonly today: Day;
  readonly now: Instant;
  readonly asOf: Instant | undefined;
  /** What was typed. */
  readonly searched: string;
  readonly note?: LookupNote;
}

const CARD_BUDGET = 11_500;

/** What the small print may need beyond what is known before the table is made. */
const PRINT_RESERVE = 150;

/** Longer identifiers are nobody's, and do not fit into a menu. */
const LONGEST_IDENTIFIER = 60;

/** Rows of the table; all subscriptions that were read are in the menu. */
const MOST_ROWS = 20;

const NOUN: Record<Standing, string> = {
  paying: 'paying',
  evaluating: 'evaluating',
  cancelled: 'cancelled but paid for',
  free: 'free or not billed',
  ended: 'no longer active',
};

function standings(subscriptions: readonly Subscription[]): string {
  const words = (Object.keys(NOUN) as Standing[]).flatMap((standing) => {
    const found = subscriptions.filter((one) => one.standing === standing).length;
    return found > 0 ? [`${found} ${NOUN[standing]}`] : [];
  });
  return words.join(', ');
}

function sentenceOf({ isCut, subscriptions }: LookupCompany): Mrkdwn {
  const since = subscriptions
    .flatMap(({ payingSince }) => payingSince ?? [])
    .sort()
    .at(0);
  const isPaying = subscriptions.some(({ standing }) => standing === 'paying' || standing === 'cancelled');
  const paid =
    since === undefined ? 'nothing paid yet' : `${isPaying ? 'paying since' : 'first paid'} ${date(since)}`;
  const net = sumCents(subscriptions.map(({ lifetimeNet }) => lifetimeNet));
  const many = isCut
    ? mrk`The *${subscriptions.length}* subscriptions that run longest, of more`
    : mrk`*${count(subscriptions.length, 'subscription')}*`;
  return mrk`${many}: ${standings(subscriptions)}; ${paid}; lifetime net ${exactDollars(net)} (our share).`;
}

function identifierCell(one: Subscription): string {
  const owner = ownerOf(one);
  return owner ? identifierOf(owner) : one.entitlement;
}

function customersOf(subscriptions: readonly Subscription[]): number {
  return new Set(subscriptions.map((one) => fold(customerName(ownerOf(one))))).size;
}

function tableOf({ subscriptions, today }: LookupCompany, budget: number) {
  const isOne = customersOf(subscriptions) === 1;
  const company = { title: 'Company', cell: (one: Subscription) => customerName(ownerOf(one)) };
  const tier = {
    title: 'Tier',
    cell: ({ lastPaid, license }: Subscription) => license?.tier ?? lastPaid?.tier ?? '-',
  };
  return dataTable(
    'Subscriptions, paying ones first; our share in US dollars',
    [
      ...(isOne ? [] : [company]),
      { title: 'App', cell: (one: Subscription) => ownerOf(one)?.name ?? 'Unknown app' },
      {
        title: 'Standing',
        cell: (one) => [STANDING[one.standing], renewal(one, today)].filter((part) => part !== '').join(', '),
      },
      ...(isOne ? [tier] : []),
      {
        title: 'Lifetime net $',
        cell: ({ lifetimeNet }) => ({ value: lifetimeNet / 100, text: exactDollars(lifetimeNet) }),
      },
      { title: 'Entitlement', cell: identifierCell },
    ],
    subscriptions.slice(0, MOST_ROWS),
    budget,
  );
}

function controls({ note, searched, subscriptions }: LookupCompany): Block {
  const choices = subscriptions.flatMap((one) => {
    const owner = ownerOf(one);
    const id = owner && identifierOf(owner);
    if (!id || id.length > LONGEST_IDENTIFIER) return [];
    return [{ label: `${clean(owner.name, 30)}, ${one.standing}, ${id}`, asks: `lookup ${id}` }];
  });
  const menu: Menu[] = choices.length > 0 ? [{ placeholder: 'Open a subscription', choices }] : [];
  const buttons: Button[] = [
    { label: 'Send Me the CSV', asks: `export lookup ${clean(searched, 150)}` },
    ...(note?.kind === 'similar'
      ? [{ label: 'Ask Atlassian Live', asks: `live ${clean(searched, 150)}` }]
      : []),
  ];
  return actions([...menu, ...buttons]);
}

function titleOf({ searched, subscriptions }: LookupCompany): string {
  const customers = customersOf(subscriptions);
  if (customers > 1) return `${count(customers, 'customer')} for "${clean(searched, 60)}"`;
  const owners = subscriptions.flatMap((one) => ownerOf(one) ?? []);
  const name = clean(customerName(owners[0]), 60);
  const country = clean(owners.find(({ customer }) => customer.country)?.customer.country ?? '', 60);
  return country === '' ? name : `${name} (${country})`;
}

/** The answer to a lookup that names several subscriptions: all of them and, of one customer, what happened. */
export function lookupCompany(card: LookupCompany): Message {
  const { asOf, isCut, note, now, searched, subscriptions, timeline } = card;
  const title = titleOf(card);
  const sentence = sentenceOf(card);
  const above = [header(title), note && noteBlock(note, searched), section(sentence)].filter(
    (block) => block !== undefined,
  );
  const story = customersOf(subscriptions) === 1 ? timelineSection(timeline) : undefined;
  const buttons = controls(card);
  const print = (left: readonly Mrkdwn[]) => context(join([...left, dataAge(asOf, now)], ' · '));
  const rest = sizeOf([...above, ...(story ? [story] : []), print([]), buttons]) + PRINT_RESERVE;
  const { block, shown } = tableOf(card, CARD_BUDGET - rest);
  const hidden = subscriptions.length - shown;
  const left = [
    ...(hidden > 0 ? [mrk`${count(hidden, 'subscription')} more in the menu`] : []),
    ...(isCut ? [mrk`no more than ${subscriptions.length} are read for an answer; the CSV has more`] : []),
  ];
  return message(mrk`${title}: ${sentence}`, [...above, block, story, print(left), buttons]);
}

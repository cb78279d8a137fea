import type { Standing, Subscription } from '../analytics/subscription.ts';
import { ERASED } from '../domain/contact.ts';
import { type Day, daysBetween, dayOf, type Instant } from '../domain/day.ts';
import type { Block, Message } from '../domain/message.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { actions, context, fields, header, message, section } from './kit/blocks.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { sizeOf } from './kit/limits.ts';
import { dataTable, type Table } from './kit/table.ts';
import { count, date, dollars, duration, exactDollars } from './kit/words.ts';
import { customerName, identifierOf } from './subscription-words.ts';

/** Everything a card shows about one subscription. */
export interface LookupCard {
  readonly subscription: Subscription;
  /** Our other subscriptions on the same site or of the same company. */
  readonly siblings: readonly Subscription[];
  readonly today: Day;
  readonly now: Instant;
  readonly asOf: Instant | undefined;
  /** Contacts as stored; left out for people who may not see them. */
  readonly showContacts: boolean;
}

/** Characters of JSON that a card may take: the table gets what the rest leaves. */
const CARD_BUDGET = 11_500;

/** A value in a card is read at a glance; the longest real ones, five tiers in a row, have about 75 characters. */
function short(text: string): Mrkdwn {
  return escape(text, 80);
}

const STANDING: Record<Standing, string> = {
  paying: 'Paying customer',
  evaluating: 'Evaluating',
  cancelled: 'Cancelled, still paid for',
  ended: 'No longer active',
  free: 'Free or not billed',
};

function ownerOf({ license, lines }: Subscription): RecordedLicense | RecordedLine | undefined {
  return license ?? lines[0];
}

function renewal({ license, standing }: Subscription, today: Day): string {
  const end = license?.maintenanceEnd;
  if (!end) return '';
  const days = daysBetween(today, end);
  const away = days === 0 ? 'today' : days > 0 ? `in ${duration(days)}` : `${duration(-days)} ago`;
  const verb = {
    paying: 'renews',
    evaluating: 'evaluation ends',
    cancelled: 'paid until',
    ended: 'ended',
    free: 'ends',
  };
  return `${verb[standing]} ${date(end)} (${away})`;
}

function statusSentence(subscription: Subscription, today: Day): Mrkdwn {
  const { license, lastPaid, payingSince, standing } = subscription;
  const owner = ownerOf(subscription);
  const tier = standing === 'evaluating' ? undefined : (license?.tier ?? lastPaid?.tier);
  const plan = [license?.edition, tier, lastPaid?.billingPeriod?.toLowerCase()];
  const paidFrom =
    payingSince &&
    (standing === 'paying' ? ` since ${date(payingSince)}` : ` (first paid ${date(payingSince)})`);
  const status = lastPaid?.paymentStatus?.toLowerCase();
  const payment = status ? mrk`, ${short(status)}` : mrk``;
  const parts = [
    mrk`*${STANDING[standing]}*${paidFrom ?? ''}`,
    join([mrk`*${short(owner?.name ?? 'Unknown app')}*`, ...plan.map((part) => short(part ?? ''))], ', '),
    mrk`${renewal(subscription, today)}`,
    lastPaid
      ? mrk`last bill ${dollars(lastPaid.vendorAmount)} (our share) ${lastPaid.saleDate > today ? 'due' : 'on'} ${date(lastPaid.saleDate)}${payment}`
      : mrk`no paid transaction yet`,
  ];
  return mrk`${join(parts, '; ')}.`;
}

function fact(name: string, value: string | undefined): Mrkdwn[] {
  return value && value.toLowerCase() !== 'unknown' ? [mrk`*${name}*\n${short(value)}`] : [];
}

function opportunity({ license, standing }: Subscription): string | undefined {
  const users = license?.opportunityUsers;
  if (standing !== 'evaluating' || users === undefined) return undefined;
  return Number.isFinite(users) ? count(users, 'user') : 'unlimited users';
}

function facts(subscription: Subscription): Mrkdwn[] {
  const owner = ownerOf(subscription);
  const { license, lifetimeNet, lines, tiers } = subscription;
  const id = owner && identifierOf(owner);
  const sen = owner?.aliases.licenseId;
  const partner = owner?.partner;
  const parent = [license?.parentProduct, license?.parentEdition].filter(Boolean).join(' ');
  return [
    ...fact('Entitlement', id),
    ...fact('SEN', sen === id ? undefined : sen),
    ...fact('Site', owner?.host.siteHostname ?? owner?.host.cloudId),
    ...fact('Host entitlement', [owner?.host.hostEntitlementNumber, parent].filter(Boolean).join(', ')),
    ...fact('Hosting', owner?.hosting),
    ...fact('Evaluating for', opportunity(subscription)),
    ...fact('Tiers paid for, oldest first', tiers.slice(-5).join(', ')),
    ...fact('Lifetime net (our share)', lines.length > 0 ? exactDollars(lifetimeNet) : undefined),
    ...fact(
      'Sold by',
      partner && [partner.name, partner.type && `(${partner.type})`].filter(Boolean).join(' '),
    ),
    ...fact('License type', license?.licenseType.toLowerCase()),
    ...fact('Region', [owner?.customer.country, owner?.customer.region].filter(Boolean).join(', ')),
  ];
}

function contacts(license: RecordedLicense | undefined): Mrkdwn | undefined {
  const people = [
    { role: 'Technical contact', contact: license?.technicalContact },
    { role: 'Billing contact', contact: license?.billingContact },
  ].flatMap(({ role, contact }) => {
    if (!contact) return [];
    const isErased = contact.email === ERASED || contact.name === ERASED;
    const known = isErased ? ['erased (GDPR)'] : [contact.name, contact.email];
    const text = join(
      known.map((part) => short(part ?? '')),
      ', ',
    );
    return text.mrkdwn === '' ? [] : [mrk`${role}: ${text}`];
  });
  return people.length === 0 ? undefined : join(people, ' · ');
}

function transactions({ lines }: Subscription, budget: number): Table {
  return dataTable(
    `Transaction lines, newest first; amounts are our share in US dollars`,
    [
      { title: 'Sale date', cell: (line: RecordedLine) => line.saleDate },
      {
        title: 'What',
        cell: (line) => line.saleType ?? (line.isManualInvoice ? 'Manual invoice' : 'Unknown'),
      },
      { title: 'Tier', cell: (line) => line.tier ?? '-' },
      {
        title: 'Our share $',
        cell: (line) => ({ value: line.vendorAmount / 100, text: exactDollars(line.vendorAmount) }),
      },
      {
        title: 'Payment, transaction',
        cell: (line) => [line.paymentStatus, line.transactionId].filter(Boolean).join(', '),
      },
    ],
    lines,
    budget,
  );
}

function siblingLine(sibling: Subscription): Mrkdwn {
  const owner = ownerOf(sibling);
  const plan = [STANDING[sibling.standing].toLowerCase(), sibling.license?.tier ?? ''];
  const id = owner ? [identifierOf(owner)] : [];
  return mrk`• *${short(owner?.name ?? 'Unknown app')}*: ${join([...plan, ...id].map(short), ', ')}`;
}

function alsoHere(siblings: readonly Subscription[]): Block | undefined {
  if (siblings.length === 0) return undefined;
  const more = siblings.length > 5 ? mrk`\nand ${siblings.length - 5} more` : mrk``;
  return section(mrk`*Also here*\n${join(siblings.slice(0, 5).map(siblingLine), '\n')}${more}`);
}

/** A longer identifier is none that somebody gave out. */
const LONGEST_IDENTIFIER = 100;

/** A button for each of the first three, named by its app, and by its identifier where two are of one app. */
function siblingButtons(siblings: readonly Subscription[]): Block {
  const owners = siblings
    .slice(0, 3)
    .flatMap((sibling) => ownerOf(sibling) ?? [])
    .filter((owner) => identifierOf(owner).length <= LONGEST_IDENTIFIER);
  const isOneOfMany = (name: string) => owners.filter((owner) => owner.name === name).length > 1;
  return actions(
    owners.map((owner) => ({
      label: isOneOfMany(owner.name) ? `Show ${owner.name} ${identifierOf(owner)}` : `Show ${owner.name}`,
      asks: `lookup ${identifierOf(owner)}`,
    })),
  );
}

function smallPrint({ asOf, now, subscription }: LookupCard, shown: number): Block {
  const owner = ownerOf(subscription);
  const hidden = subscription.lines.length - shown;
  const seen =
    owner && mrk`First seen ${date(dayOf(owner.firstSeenAt))}, last changed ${date(dayOf(owner.changedAt))}`;
  const left = hidden > 0 ? mrk`${count(hidden, 'older line')} not shown` : undefined;
  return context(
    join(
      [left, seen, dataAge(asOf, now)].filter((note) => note !== undefined),
      ' · ',
    ),
  );
}

/** The answer to a lookup that names one subscription. For one person's eyes: posted ephemerally only. */
export function lookupCard(card: LookupCard): Message {
  const { showContacts, siblings, subscription, today } = card;
  const owner = ownerOf(subscription);
  const name = clean(customerName(owner), 60);
  const country = clean(owner?.customer.country ?? '', 60);
  const sentence = statusSentence(subscription, today);
  const people = showContacts ? contacts(subscription.license) : undefined;
  const above = [
    header(country === '' ? name : `${name} (${country})`),
    section(sentence),
    fields(facts(subscription)),
    alsoHere(siblings),
    people && context(people),
  ].filter((block) => block !== undefined);
  const buttons = siblingButtons(siblings);
  const rest = sizeOf([...above, smallPrint(card, 0), buttons]);
  const { block, shown } = transactions(subscription, CARD_BUDGET - rest);
  return message(mrk`${name}: ${sentence}`, [...above, block, smallPrint(card, shown), buttons]);
}

import type { TimelineEntry } from '../analytics/timeline.ts';
import type { Subscription } from '../analytics/subscription.ts';
import { ERASED } from '../domain/contact.ts';
import { type Day, dayOf, type Instant } from '../domain/day.ts';
import type { Block, Message } from '../domain/message.ts';
import type { RecordedLicense } from '../domain/recorded.ts';
import { actions, type Button, context, fields, header, type Menu, message, section } from './kit/blocks.ts';
import { clean, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { sizeOf } from './kit/limits.ts';
import { count, date, exactDollars } from './kit/words.ts';
import { type LookupNote, noteBlock } from './lookup-note.ts';
import { timelineSection } from './lookup-timeline.ts';
import { transactionTable } from './lookup-transactions.ts';
import { ownerOf, short, STANDING, statusSentence } from './lookup-words.ts';
import { customerName, identifierOf } from './subscription-words.ts';

/** Everything a card shows about one subscription. */
export interface LookupCard {
  readonly subscription: Subscription;
  /** What happened, oldest first. */
  readonly timeline: readonly TimelineEntry[];
  /** Our other subscriptions on the same site or of the same company. */
  readonly siblings: readonly Subscription[];
  /** There are more of them than were read. */
  readonly areSiblingsCut?: boolean;
  readonly today: Day;
  readonly now: Instant;
  readonly asOf: Instant | undefined;
  /** Contacts as stored; left out for people who may not see them. */
  readonly showContacts: boolean;
  /** What was typed, and why the answer is not exactly that. */
  readonly searched?: string;
  readonly note?: LookupNote;
}

/** Characters of JSON that a card may take: the table gets what the rest leaves. */
const CARD_BUDGET = 11_500;

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

function siblingLine(sibling: Subscription): Mrkdwn {
  const owner = ownerOf(sibling);
  const plan = [STANDING[sibling.standing].toLowerCase(), sibling.license?.tier ?? ''];
  const id = owner ? [identifierOf(owner)] : [];
  return mrk`• *${short(owner?.name ?? 'Unknown app')}*: ${join([...plan, ...id].map(short), ', ')}`;
}

/** What else the customer has; the rest is a number, and a menu. */
function alsoHere({ areSiblingsCut, siblings, subscription }: LookupCard): Block | undefined {
  if (siblings.length === 0) return undefined;
  const site = subscription.license?.host.cloudId;
  const isHere = site !== undefined && siblings.every(({ license }) => license?.host.cloudId === site);
  const title = isHere ? 'Also on this site' : 'Also of this customer';
  const left = siblings.length - SHOWN_SIBLINGS;
  const more = left > 0 ? mrk`\nand ${left}${areSiblingsCut ? ' or more' : ''} more` : mrk``;
  return section(mrk`*${title}*\n${join(siblings.slice(0, SHOWN_SIBLINGS).map(siblingLine), '\n')}${more}`);
}

const SHOWN_SIBLINGS = 5;

/** So many get a button each; more get a menu. */
const MOST_BUTTONS = 3;

/** A longer identifier is none that somebody gave out, and does not fit into a menu. */
const LONGEST_IDENTIFIER = 60;

/** Ways to the siblings, named by their app, and by their identifier where two are of one app. */
function siblingControls(siblings: readonly Subscription[]): (Button | Menu)[] {
  const owners = siblings
    .flatMap((sibling) => ownerOf(sibling) ?? [])
    .filter((owner) => identifierOf(owner).length <= LONGEST_IDENTIFIER);
  const isOneOfMany = (name: string) => owners.filter((owner) => owner.name === name).length > 1;
  const choices = owners.map((owner) => ({
    name: isOneOfMany(owner.name) ? `${owner.name} ${identifierOf(owner)}` : owner.name,
    asks: `lookup ${identifierOf(owner)}`,
  }));
  if (choices.length <= MOST_BUTTONS)
    return choices.map(({ asks, name }) => ({ label: `Show ${name}`, asks }));
  return [
    { placeholder: 'Show another one', choices: choices.map(({ asks, name }) => ({ label: name, asks })) },
  ];
}

function controls({ note, searched = '', siblings, subscription }: LookupCard): Block {
  const owner = ownerOf(subscription);
  const id = owner && identifierOf(owner);
  const isExportable = id !== undefined && id !== '' && id.length <= LONGEST_IDENTIFIER;
  return actions([
    ...siblingControls(siblings),
    ...(isExportable ? [{ label: 'Send Me the CSV', asks: `export lookup ${id}` }] : []),
    ...(note?.kind === 'similar'
      ? [{ label: 'Ask Atlassian Live', asks: `live ${clean(searched, 150)}` }]
      : []),
  ]);
}

function smallPrint({ asOf, now, subscription }: LookupCard, left: readonly Mrkdwn[]): Block {
  const owner = ownerOf(subscription);
  const seen =
    owner && mrk`First seen ${date(dayOf(owner.firstSeenAt))}, last changed ${date(dayOf(owner.changedAt))}`;
  return context(
    join(
      [...left, seen, dataAge(asOf, now)].filter((note) => note !== undefined),
      ' · ',
    ),
  );
}

/** What the small print may need beyond what is known before the table is made. */
const PRINT_RESERVE = 100;

/** The answer to a lookup that names one subscription. For one person's eyes: posted ephemerally only. */
export function lookupCard(card: LookupCard): Message {
  const { note, searched = '', showContacts, subscription, timeline, today } = card;
  const owner = ownerOf(subscription);
  const name = clean(customerName(owner), 60);
  const country = clean(owner?.customer.country ?? '', 60);
  const sentence = statusSentence(subscription, today);
  const people = showContacts ? contacts(subscription.license) : undefined;
  const above = [
    header(country === '' ? name : `${name} (${country})`),
    note && noteBlock(note, searched),
    section(sentence),
    fields(facts(subscription)),
    timelineSection(timeline),
    alsoHere(card),
    people && context(people),
  ].filter((block) => block !== undefined);
  const buttons = controls(card);
  const rest = sizeOf([...above, smallPrint(card, []), buttons]) + PRINT_RESERVE;
  const { block, left } = transactionTable(subscription.lines, CARD_BUDGET - rest);
  return message(mrk`${name}: ${sentence}`, [...above, block, smallPrint(card, left), buttons]);
}

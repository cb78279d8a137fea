import type { Standing, Subscription } from '../analytics/subscription.ts';
import { ERASED } from '../domain/contact.ts';
import { type Day, daysBetween, dayOf, type Instant } from '../domain/day.ts';
import type { Block, Message } from '../domain/message.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { actions, context, fields, header, message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { dataTable } from './kit/table.ts';
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

/** Characters of JSON for the table: with all the rest of the card the message stays within Slack's limit. */
const TABLE_BUDGET = 6000;

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
  const first = payingSince && (standing === 'paying' ? ' since ' : ', first paid on ');
  const since = first && payingSince ? `${first}${date(payingSince)}` : '';
  const parts = [
    mrk`*${STANDING[standing]}*${since}`,
    mrk`*${owner?.name ?? 'Unknown app'}* ${plan.filter((part) => part !== undefined).join(', ')}`,
    mrk`${renewal(subscription, today)}`,
    lastPaid
      ? mrk`last bill ${dollars(lastPaid.vendorAmount)} (our share) on ${date(lastPaid.saleDate)}${lastPaid.paymentStatus ? `, ${lastPaid.paymentStatus.toLowerCase()}` : ''}`
      : mrk`no paid transaction yet`,
  ];
  return mrk`${join(parts, '; ')}.`;
}

function fact(name: string, value: string | undefined): Mrkdwn[] {
  return value && value.toLowerCase() !== 'unknown' ? [mrk`*${name}*\n${value}`] : [];
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
    const text = isErased ? 'erased (GDPR)' : [contact.name, contact.email].filter(Boolean).join(', ');
    return text === '' ? [] : [mrk`${role}: ${text}`];
  });
  return people.length === 0 ? undefined : join(people, ' · ');
}

function transactions({ lines }: Subscription) {
  if (lines.length === 0) return undefined;
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
    TABLE_BUDGET,
  );
}

function siblingLine(sibling: Subscription): Mrkdwn {
  const owner = ownerOf(sibling);
  const plan = [
    STANDING[sibling.standing].toLowerCase(),
    sibling.license?.tier,
    owner && identifierOf(owner),
  ];
  return mrk`• *${owner?.name ?? 'Unknown app'}*: ${plan.filter((part) => part !== undefined).join(', ')}`;
}

function alsoHere(siblings: readonly Subscription[]): Block | undefined {
  if (siblings.length === 0) return undefined;
  const more = siblings.length > 5 ? mrk`\nand ${siblings.length - 5} more` : mrk``;
  return section(mrk`*Also here*\n${join(siblings.slice(0, 5).map(siblingLine), '\n')}${more}`);
}

/** A button for each of the first three, named by its app, and by its identifier where two are of one app. */
function siblingButtons(siblings: readonly Subscription[]): Block {
  const owners = siblings.slice(0, 3).flatMap((sibling) => ownerOf(sibling) ?? []);
  const isOneOfMany = (name: string) => owners.filter((owner) => owner.name === name).length > 1;
  return actions(
    owners.map((owner) => ({
      label: isOneOfMany(owner.name) ? `Show ${owner.name} ${identifierOf(owner)}` : `Show ${owner.name}`,
      asks: `lookup ${identifierOf(owner)}`,
    })),
  );
}

/** The answer to a lookup that names one subscription. For one person's eyes: posted ephemerally only. */
export function lookupCard(card: LookupCard): Message {
  const { subscription, siblings, today, now, asOf } = card;
  const owner = ownerOf(subscription);
  const name = customerName(owner);
  const country = owner?.customer.country;
  const sentence = statusSentence(subscription, today);
  const table = transactions(subscription);
  const people = card.showContacts ? contacts(subscription.license) : undefined;
  const hidden = subscription.lines.length - (table?.shown ?? 0);
  return message(mrk`${name}: ${sentence}`, [
    header(country ? `${name} (${country})` : name),
    section(sentence),
    fields(facts(subscription)),
    alsoHere(siblings),
    people && context(people),
    table?.block,
    context(
      join(
        [
          ...(hidden > 0 ? [mrk`${count(hidden, 'older line')} not shown`] : []),
          ...(owner
            ? [
                mrk`First seen ${date(dayOf(owner.firstSeenAt))}, last changed ${date(dayOf(owner.changedAt))}`,
              ]
            : []),
          dataAge(asOf, now),
        ],
        ' · ',
      ),
    ),
    siblingButtons(siblings),
  ]);
}

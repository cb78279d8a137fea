import type { Standing, Subscription } from '../analytics/subscription.ts';
import { ERASED } from '../domain/contact.ts';
import { type Day, daysBetween, dayOf, type Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { actions, context, fields, header, message, section } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { dataTable } from './kit/table.ts';
import { date, dollars, duration, exactDollars } from './kit/words.ts';

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

const STANDING: Record<Standing, string> = {
  paying: 'Paying customer',
  evaluating: 'Evaluating',
  cancelled: 'Cancelled, still paid for',
  ended: 'No longer active',
  free: 'Free or not billed',
};

/** What to call a customer: the company, else the site, else the mail domain. Plain text. */
export function customerName(row: RecordedLicense | RecordedLine | undefined): string {
  if (!row) return 'Unknown customer';
  return row.customer.company ?? row.host.siteHostname ?? row.customer.mailDomain ?? 'Unknown customer';
}

function ownerOf({ license, lines }: Subscription): RecordedLicense | RecordedLine | undefined {
  return license ?? lines[0];
}

function renewal({ license, standing }: Subscription, today: Day): string {
  const end = license?.maintenanceEnd;
  if (!end) return '';
  const days = daysBetween(today, end);
  const when = days >= 0 ? `${date(end)} (in ${duration(days)})` : `${date(end)} (${duration(-days)} ago)`;
  const verb = {
    paying: 'renews',
    evaluating: 'evaluation ends',
    cancelled: 'paid until',
    ended: 'ended',
    free: 'ends',
  };
  return `${verb[standing]} ${when}`;
}

function statusSentence(subscription: Subscription, today: Day): Mrkdwn {
  const { license, lastPaid, payingSince, standing } = subscription;
  const owner = ownerOf(subscription);
  const plan = [license?.edition, license?.tier ?? lastPaid?.tier, lastPaid?.billingPeriod?.toLowerCase()];
  const since = payingSince && standing !== 'ended' ? ` since ${date(payingSince)}` : '';
  const parts = [
    mrk`*${STANDING[standing]}*${since}`,
    mrk`*${owner?.name ?? 'Unknown app'}* ${plan.filter((part) => part !== undefined).join(', ')}`,
    mrk`${renewal(subscription, today)}`,
    lastPaid
      ? mrk`last paid ${dollars(lastPaid.vendorAmount)} (our share) on ${date(lastPaid.saleDate)}${lastPaid.paymentStatus ? `, ${lastPaid.paymentStatus.toLowerCase()}` : ''}`
      : mrk`no paid transaction yet`,
  ];
  return mrk`${join(parts, '; ')}.`;
}

function fact(name: string, value: string | undefined): Mrkdwn[] {
  return value ? [mrk`*${name}*\n${value}`] : [];
}

function facts(subscription: Subscription): Mrkdwn[] {
  const owner = ownerOf(subscription);
  const { license, tiers, lifetimeNet } = subscription;
  const aliases = owner?.aliases;
  const id =
    aliases?.appEntitlementNumber ??
    aliases?.licenseId ??
    aliases?.appEntitlementId ??
    aliases?.addonLicenseId;
  const partner = owner?.partner;
  const parent = [license?.parentProduct, license?.parentEdition]
    .filter((part) => part !== undefined)
    .join(' ');
  return [
    ...fact('Entitlement', id),
    ...fact('SEN', aliases?.licenseId === id ? undefined : aliases?.licenseId),
    ...fact('Site', owner?.host.siteHostname ?? owner?.host.cloudId),
    ...fact('Host entitlement', [owner?.host.hostEntitlementNumber, parent].filter(Boolean).join(', ')),
    ...fact('Hosting', owner?.hosting),
    ...fact('Tiers paid for', tiers.slice(-5).join(' → ')),
    ...fact('Lifetime net (our share)', exactDollars(lifetimeNet)),
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
        title: 'Payment',
        cell: (line) => [line.paymentStatus, line.transactionId].filter(Boolean).join(', '),
      },
    ],
    lines,
  );
}

function siblingLine(sibling: Subscription): Mrkdwn {
  const owner = ownerOf(sibling);
  const id = owner?.aliases.appEntitlementNumber ?? owner?.aliases.licenseId ?? sibling.entitlement;
  return mrk`• *${owner?.name ?? 'Unknown app'}*: ${STANDING[sibling.standing].toLowerCase()}, ${sibling.license?.tier ?? '-'}, ${id}`;
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
    siblings.length > 0
      ? section(
          mrk`*Also here*\n${join(siblings.slice(0, 5).map(siblingLine), '\n')}${siblings.length > 5 ? mrk`\nand ${siblings.length - 5} more` : ''}`,
        )
      : undefined,
    people && context(people),
    table?.block,
    context(
      join(
        [
          ...(hidden > 0 ? [mrk`${hidden} older lines not shown`] : []),
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
    siblings.length > 0
      ? actions(
          siblings.slice(0, 3).map((sibling) => ({
            label: `${ownerOf(sibling)?.name ?? 'Other app'}`,
            asks: `lookup ${ownerOf(sibling)?.aliases.appEntitlementNumber ?? sibling.entitlement}`,
          })),
        )
      : undefined,
  ]);
}

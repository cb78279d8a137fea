import { describe, expect, it } from 'vitest';
import { buildTimeline } from '../../src/analytics/timeline.ts';
import { toSubscription } from '../../src/analytics/subscription.ts';
import { addDays, type Day } from '../../src/domain/day.ts';
import { identifierReadings, identifiersIn } from '../../src/domain/identifier.ts';
import type { Message } from '../../src/domain/message.ts';
import { lookupCompany } from '../../src/messages/lookup-company.ts';
import { liveFailed, lookupLive } from '../../src/messages/lookup-live.ts';
import { type LookupCard, lookupCard } from '../../src/messages/lookup-card.ts';
import {
  lookupCompanies,
  lookupIdentifiers,
  lookupNothing,
  lookupRefused,
  noIdentifier,
} from '../../src/messages/lookup-list.ts';
import { expectGolden, expectSendable } from '../support/golden.ts';
import { evaluation, license, line } from '../unit/analytics/rows.ts';
import { hostileNames } from '../unit/messages/kit/hostile-names.ts';

const TODAY: Day = '2026-03-17';
const NOW = Date.parse('2026-03-17T09:00:00Z');
const AGE = { asOf: Date.parse('2026-03-17T06:10:00Z'), now: NOW };

const SEEN = {
  firstSeenAt: Date.parse('2022-03-12T06:00:00Z'),
  changedAt: Date.parse('2026-03-02T06:00:00Z'),
};

function cardOf(card: Pick<LookupCard, 'subscription'> & Partial<LookupCard>): Message {
  const { subscription } = card;
  const timeline = buildTimeline({ subscriptions: [subscription], events: [], feedback: [] }, TODAY);
  return lookupCard({ timeline, siblings: [], today: TODAY, showContacts: false, ...AGE, ...card });
}

const acme = { company: 'Acme GmbH', country: 'Germany', region: 'EMEA', mailDomain: 'acme.example' };
const site = {
  cloudId: 'site-1',
  siteHostname: 'acme.atlassian.net',
  hostEntitlementNumber: 'E-9HH-HHH-HHH-HHH',
};
const number = { appEntitlementNumber: 'E-1AA-AAA-AAA-AAA', licenseId: 'SEN-19726894' };

function annual(year: number, tier: string, dollars: number, changes: Parameters<typeof line>[0] = {}) {
  const saleDate: Day = `${year}-04-12`;
  return line({
    saleDate,
    saleType: 'Renewal',
    tier,
    vendorAmount: dollars * 100,
    transactionId: `IN-${year}-100`,
    lineId: `${year}`,
    maintenanceStart: saleDate,
    maintenanceEnd: `${year + 1}-04-12`,
    customer: acme,
    aliases: number,
    ...changes,
  });
}

const paying = toSubscription(
  'E-1AA-AAA-AAA-AAA',
  [
    license({
      ...SEEN,
      name: 'Diagrams for Jira',
      edition: 'Advanced',
      tier: '500 Users',
      aliases: number,
      host: site,
      customer: acme,
      partner: { name: 'Resolution Reseller', type: 'Reseller' },
      parentProduct: 'Jira',
      parentEdition: 'Premium',
      maintenanceEnd: '2026-04-12',
    }),
  ],
  [
    annual(2022, '200 Users', 1980, { saleType: 'New' }),
    annual(2023, '200 Users', 2040),
    annual(2024, '200 Users', 2110),
    annual(2024, '500 Users', 4480, {
      saleType: 'Upgrade',
      lineId: 'up',
      transactionId: 'IN-2024-200',
      saleDate: '2024-09-01',
    }),
    annual(2024, '200 Users', -1290, {
      saleType: 'Refund',
      lineId: 'back',
      transactionId: 'IN-2024-200',
      saleDate: '2024-09-01',
    }),
    annual(2025, '500 Users', 4480),
  ],
  TODAY,
);

const evaluating = toSubscription(
  'E-2BB-BBB-BBB-BBB',
  [
    evaluation('E-2BB-BBB-BBB-BBB', '2026-02-20', {
      ...SEEN,
      name: 'Checklists',
      aliases: { appEntitlementNumber: 'E-2BB-BBB-BBB-BBB' },
      host: site,
      customer: acme,
      opportunityUsers: 500,
      maintenanceEnd: '2026-03-22',
    }),
  ],
  [],
  TODAY,
);

describe('the card of a customer', () => {
  it('who pays says since when, for what, until when, and what else is there', () => {
    expectGolden('lookup-paying', cardOf({ subscription: paying, siblings: [evaluating] }));
  });

  it('who evaluates says until when, and for how many users', () => {
    expectGolden('lookup-evaluating', cardOf({ subscription: evaluating, siblings: [paying] }));
  });

  it('who left says when, and what was paid', () => {
    const left = toSubscription(
      'SEN-100',
      [
        license({
          ...SEEN,
          name: 'Timesheets',
          hosting: 'Data Center',
          tier: 'Unlimited Users',
          aliases: { licenseId: 'SEN-100' },
          host: {},
          customer: { company: 'Unknown', mailDomain: 'globex.example' },
          status: 'inactive',
          maintenanceEnd: '2025-11-30',
        }),
      ],
      [
        annual(2023, 'Unlimited Users', 12_400, { aliases: { licenseId: 'SEN-100' }, customer: {} }),
        annual(2024, 'Unlimited Users', 12_900, {
          aliases: { licenseId: 'SEN-100' },
          customer: {},
          paymentStatus: 'Uncollectible',
        }),
      ],
      TODAY,
    );
    expectGolden('lookup-left', cardOf({ subscription: left }));
  });

  it('whose contact was erased says so, and names the other to those who may see', () => {
    const erased = toSubscription(
      'E-1AA-AAA-AAA-AAA',
      [
        license({
          ...SEEN,
          aliases: number,
          host: site,
          customer: acme,
          status: 'cancelled',
          maintenanceEnd: '2026-04-12',
          technicalContact: { name: 'RTBF', email: 'RTBF' },
          billingContact: { email: 'j***@acme.example' },
        }),
      ],
      [annual(2025, '50 Users', 480)],
      TODAY,
    );
    const shown = cardOf({ subscription: erased, showContacts: true });
    expectGolden('lookup-erased', shown);
    const hidden = cardOf({ subscription: erased, showContacts: false });
    expect(JSON.stringify(hidden)).not.toMatch(/erased|j\*\*\*|contact/);
  });

  it('whose name is hostile and whose lines are 200 stays within what Slack takes', () => {
    const [, , , , , , , , , , long = ''] = hostileNames(1001, 5).filter((_, index) => index % 100 === 0);
    const name = `<!channel> *R&D* ${long}`;
    expect(name.length).toBeGreaterThan(5000);
    const hostile = { company: name, country: name, region: name, mailDomain: name };
    const lines = Array.from({ length: 200 }, (_, index) =>
      line({
        saleDate: addDays('2009-08-01', index * 30),
        lineId: `line-${String(index).padStart(3, '0')}`,
        tier: name,
        saleType: name,
        paymentStatus: name,
        transactionId: `IN-${index}-${name}`,
        vendorAmount: 999_999_999_999_900,
        customer: hostile,
      }),
    );
    const row = license({
      ...SEEN,
      name,
      tier: name,
      edition: name,
      licenseType: name,
      aliases: { appEntitlementNumber: name, licenseId: `${name} 2` },
      host: { siteHostname: name, hostEntitlementNumber: name },
      customer: hostile,
      partner: { name, type: name },
      parentProduct: name,
      parentEdition: name,
      technicalContact: { name, email: name },
      billingContact: { name, email: name },
    });
    const subscription = toSubscription(name, [row], lines, TODAY);
    const siblings = Array.from({ length: 40 }, () => subscription);
    expectGolden('lookup-hostile', cardOf({ subscription, siblings, showContacts: true, asOf: undefined }));
  });

  it('of a subscription nothing names is still a card', () => {
    const nameless = toSubscription('', [], [], TODAY);
    const card = cardOf({ subscription: nameless });
    expect(card.text).toBe('Unknown customer: No longer active; Unknown app; no paid transaction yet.');
    expectGolden('lookup-nameless', card);
  });
});

describe('when a term ends', () => {
  it.each([
    ['2026-03-17', 'renews 17 Mar 2026 (today)'],
    ['2026-03-18', 'renews 18 Mar 2026 (in 1 day)'],
    ['2026-06-17', 'renews 17 Jun 2026 (in 3 months)'],
  ] as const)('on %s the card says "%s"', (maintenanceEnd, words) => {
    const lines = [annual(2025, '50 Users', 480)];
    const subscription = toSubscription('E-1', [license({ maintenanceEnd })], lines, TODAY);
    expect(cardOf({ subscription }).text).toContain(words);
  });
});

const nothing = { slash: '/pulse', age: AGE, readings: [], near: [] };
const companies = [
  'Acme',
  'Acme Robotics',
  'Acme & Sons',
  'Pacmen',
  'Acme <!here> *Ltd*',
  'Acmeville',
  'Acmetric',
].map((company, index) => ({ id: index + 1, company, licenses: index === 1 ? 1200 : 9 - index }));

describe('a lookup that fits', () => {
  it('several companies is a table, and a menu to pick from', () => {
    expectGolden('lookup-list', lookupCompanies('acme', companies, AGE));
  });

  it('several names that are only similar says so, and offers to ask Atlassian', () => {
    expectGolden('lookup-similar', lookupCompanies('acmme', companies.slice(0, 3), AGE, true));
  });

  it('more companies than are counted says so', () => {
    const many = Array.from({ length: 51 }, (_, index) => ({
      id: index,
      company: `Acme ${index}`,
      licenses: 1,
    }));
    const answer = lookupCompanies('acme', many, AGE);
    expectSendable(answer);
    expect(answer.text).toBe('More than 50 companies match "acme". Pick one.');
    expect(JSON.stringify(answer)).toContain('And many more: type more of the name to narrow it down.');
  });

  it('several subscriptions of one customer tells them together, with their story', () => {
    const subscriptions = [paying, evaluating];
    const timeline = buildTimeline({ subscriptions, events: [], feedback: [] }, TODAY);
    const searched = 'acme.atlassian.net';
    const card = { subscriptions, timeline, isCut: false, today: TODAY, ...AGE, searched };
    expectGolden('lookup-company', lookupCompany(card));
  });

  it('several identifiers in a message is a menu of them', () => {
    const text = 'IN-003-095-784 of E-111-AAA-AAA-11A, see https://acme.atlassian.net/browse/X-1';
    expectGolden('lookup-identifiers', lookupIdentifiers(identifiersIn(text)));
  });

  it('nothing says what was searched, what is near, and offers to ask Atlassian', () => {
    const searched = 'acmee corp <x>';
    expectGolden('lookup-nothing', lookupNothing({ ...nothing, searched }));
    expectGolden('lookup-near', lookupNothing({ ...nothing, searched, near: companies.slice(0, 2) }));
    const readings = identifierReadings('E-000-000-000');
    expectGolden('lookup-unknown', lookupNothing({ ...nothing, searched: 'E-000-000-000', readings }));
    expectGolden(
      'lookup-suggestion',
      lookupNothing({ ...nothing, searched: 'chrun 8w', suggestion: 'churn 8w' }),
    );
  });

  it('a person, asked for by somebody who may not see people, says so and offers the mail domain', () => {
    expectGolden('lookup-refused', lookupRefused('acme.example'));
    expectGolden('lookup-no-identifier', noIdentifier('/pulse'));
  });
});

describe("what Atlassian's own search answers", () => {
  const found = license({ aliases: number, host: site, customer: acme, maintenanceEnd: '2027-03-01' });
  const live = {
    searched: 'acme',
    licenses: [found],
    lines: [annual(2025, '500 Users', 4480)],
    isCut: false,
  };

  it('is shown as rows, without contacts', () => {
    expectGolden('lookup-live', lookupLive(live));
  });

  it('in half says which half is missing, and why', () => {
    const failed = { what: 'transactions', code: 'API_FORBIDDEN' } as const;
    expectGolden('lookup-live-half', lookupLive({ ...live, lines: [], failed }));
  });

  it('is nothing', () => {
    const answer = lookupLive({ ...live, licenses: [], lines: [] });
    expectSendable(answer);
    expect(answer.text).toBe('Atlassian has no license and no transaction for "acme".');
  });

  it.each([
    'API_UNAUTHORIZED',
    'API_FORBIDDEN',
    'API_UNAVAILABLE',
    'API_LIMITED',
    'TIMED_OUT',
    'API_NOT_JSON',
  ])('that is none (%s) is told with what to do', (code) => {
    expectGolden(`lookup-live-${code.toLowerCase().replaceAll('_', '-')}`, liveFailed('acme', code));
  });
});

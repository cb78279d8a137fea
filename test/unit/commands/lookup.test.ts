import { describe, expect, it } from 'vitest';
import { findRecords } from '../../../src/commands/lookup.ts';
import type { License } from '../../../src/domain/license.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { answerTo, asked, buttonsOf, contextOf, NOW } from './asking.ts';

const globex = {
  company: 'Société Générale & Fils',
  country: 'France',
  mailDomain: 'globex.example',
};

/** A Data Center licence that has never had an entitlement number. */
const dataCenter = aLicense({
  appKey: 'app-2',
  name: 'App 2',
  aliases: { licenseId: 'SEN-19726894', addonLicenseId: '5550001' },
  host: {},
  hosting: 'Data Center',
  customer: globex,
  technicalContact: { name: 'Jane Doe', email: 'jane@globex.example' },
  billingContact: { email: 'RTBF' },
});

const LICENSES: readonly License[] = [
  aLicense({ aliases: { appEntitlementId: 'id-1', appEntitlementNumber: 'E-111-AAA-AAA-11A' } }),
  // The same company and site, another app.
  aLicense({
    appKey: 'app-2',
    name: 'App 2',
    aliases: { appEntitlementId: 'id-2', appEntitlementNumber: 'E-222-BBB-BBB' },
    licenseType: 'EVALUATION',
    tier: 'Evaluation',
    maintenanceEnd: '2026-03-20',
  }),
  dataCenter,
  ...['Acme Robotics', 'ACME  Gmbh'].map((company, index) =>
    aLicense({
      aliases: { appEntitlementNumber: `E-33${index}-CCC-CCC-33C` },
      host: { cloudId: `site-3${index}`, siteHostname: `robo${index}.atlassian.net` },
      customer: { company, mailDomain: `robo${index}.example` },
    }),
  ),
];

const LINES = [
  aLine({ aliases: { appEntitlementNumber: 'E-111-AAA-AAA-11A' }, transactionId: 'IN-003-095-784' }),
  aLine({
    aliases: {},
    host: {},
    customer: { company: 'Initech' },
    transactionId: 'AT-777',
    lineId: 'manual',
    isManualInvoice: true,
  }),
];

async function filled(more: readonly License[] = []): Promise<Store> {
  const store = await openStore();
  await recordRows(store, { kind: 'licenses', rows: [...LICENSES, ...more] }, { at: NOW });
  await recordRows(store, { kind: 'lines', rows: LINES }, { at: NOW, silent: true });
  return store;
}

/** What the header of the card says, by every way to ask for it. */
const WAYS: readonly (readonly [string, string, string])[] = [
  ['an entitlement number', 'E-111-AAA-AAA-11A', 'Acme GmbH (Germany)'],
  ['an entitlement number in small letters', 'e-111-aaa-aaa-11a', 'Acme GmbH (Germany)'],
  ['an entitlement number of three groups', 'e-222-BBB-bbb', 'Acme GmbH (Germany)'],
  ['an entitlement id', 'ID-1', 'Acme GmbH (Germany)'],
  ['an SEN', 'sen-19726894', 'Société Générale & Fils (France)'],
  ['an add-on licence id', '5550001', 'Société Générale & Fils (France)'],
  ['a transaction', 'in-003-095-784', 'Acme GmbH (Germany)'],
  ['a site', 'robo0.atlassian.net', 'Acme Robotics'],
  ['a site with its address', 'https://ROBO0.atlassian.net/jira/your-work?x=1', 'Acme Robotics'],
  ['a site as Slack links it', '<https://robo0.atlassian.net|robo0.atlassian.net>', 'Acme Robotics'],
  ['a cloud id', 'SITE-30', 'Acme Robotics'],
  ['a mail domain', 'Globex.example', 'Société Générale & Fils (France)'],
  ['a person', 'someone@globex.example', 'Société Générale & Fils (France)'],
  ['a person with a scheme', 'mailto:jane@globex.example', 'Société Générale & Fils (France)'],
  [
    'a person as Slack links them',
    '<mailto:jane@globex.example|jane@globex.example>',
    'Société Générale & Fils (France)',
  ],
  ['a part of a name, without accents', 'societe', 'Société Générale & Fils (France)'],
  ['two letters', 'ls', 'Société Générale & Fils (France)'],
  ['a name in curly quotes', '“Société Générale & Fils”', 'Société Générale & Fils (France)'],
  ['a name as Slack escapes it', 'générale &amp; fils', 'Société Générale & Fils (France)'],
  ['a name in other case and spacing', 'acme robotics', 'Acme Robotics'],
  ['the word lookup and a name', 'lookup acme robotics', 'Acme Robotics'],
  ['another word for lookup', 'WHO acme robotics', 'Acme Robotics'],
  ['a transaction that names no subscription', 'AT-777', 'Initech'],
];

describe('one customer is found by', () => {
  it.each(WAYS)('%s: %s', async (_, text, header) => {
    const store = await filled();
    expect((await asked(store, text)).split('\n')[0]).toBe(header);
  });
});

describe('several matches', () => {
  it('of a host entitlement are listed, each with a button that shows it', async () => {
    const store = await filled();
    const answer = await answerTo(store, 'e-999-hhh-hhh-99h');
    expect(answer.text).toBe('2 matches for "e-999-hhh-hhh-99h". Pick one.');
    const buttons = buttonsOf(answer);
    expect(await asked(store, buttons['Show 1'] ?? '')).toContain('Entitlement: E-111-AAA-AAA-11A');
    expect(await asked(store, buttons['Show 2'] ?? '')).toContain('Entitlement: E-222-BBB-BBB');
  });

  it('of a part of a name are companies, each with its number of licenses', async () => {
    const store = await filled();
    const text = await asked(store, 'acme');
    expect(text).toContain('3 matches for "acme"');
    expect(text).toContain('1. Acme GmbH, 2 licenses');
    expect(text).toContain('Acme Robotics, 1 license');
  });

  it('of names that differ in case and spaces alone are shown together', async () => {
    const store = await filled();
    const text = await asked(store, 'Acme GmbH');
    expect(text).toContain('3 matches for "Acme GmbH"');
    for (const id of ['E-111-AAA-AAA-11A', 'E-222-BBB-BBB', 'E-331-CCC-CCC-33C']) expect(text).toContain(id);
  });

  it('begin with who pays, whatever those who left have paid', async () => {
    const store = await filled([
      aLicense({
        aliases: { appEntitlementNumber: 'E-000-OLD' },
        host: { hostEntitlementNumber: 'E-9' },
        status: 'inactive',
        maintenanceEnd: '2025-01-01',
      }),
      aLicense({ aliases: { appEntitlementNumber: 'E-999-NEW' }, host: { hostEntitlementNumber: 'E-9' } }),
    ]);
    const paid = ['E-000-OLD', 'E-999-NEW'].map((appEntitlementNumber, index) =>
      aLine({
        aliases: { appEntitlementNumber },
        lineId: appEntitlementNumber,
        vendorAmount: index === 0 ? 9_000_000 : 100,
      }),
    );
    await recordRows(store, { kind: 'lines', rows: paid }, { at: NOW, mode: 'incremental', silent: true });
    expect(Object.values(buttonsOf(await answerTo(store, 'E-9')))).toEqual([
      'lookup E-999-NEW',
      'lookup E-000-OLD',
    ]);
  });

  it('that are more than anybody reads are counted as many, and never as fewer than they are', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      aLicense({
        aliases: { appEntitlementNumber: `E-5-${index}` },
        host: { cloudId: `many-${index}`, siteHostname: 'shared.atlassian.net' },
        customer: { company: `Umbrella ${index}`, mailDomain: 'umbrella.example' },
      }),
    );
    const store = await filled(many);
    for (const text of ['umbrella.example', 'umbrella']) {
      const answer = await answerTo(store, text);
      expect(answer.text).toBe(`More than 50 matches for "${text}". Pick one.`);
      expect(JSON.stringify(answer)).toContain('and many more: type more of the name to narrow it down');
    }
  });
});

describe('a name that is hard to ask for', () => {
  it.each([
    'ACME "Best" Ltd',
    'O’Neil “Sons”',
    'a'.repeat(250),
    '<b>R&D</b>',
    '  spaced  out  ',
    ':fire: *x*',
  ])('is found by the button of a list: %s', async (name) => {
    const twins = [`Zorg ${name}`, `Zorg ${name} two`].map((company, index) =>
      aLicense({
        aliases: { appEntitlementNumber: `E-6-${index}` },
        host: { cloudId: `hard-${index}` },
        customer: { company },
      }),
    );
    const store = await filled(twins);
    const buttons = buttonsOf(await answerTo(store, 'zorg'));
    expect(await asked(store, buttons['Show 1'] ?? '')).toContain('Entitlement: E-6-0');
    expect(await asked(store, buttons['Show 2'] ?? '')).toContain('Entitlement: E-6-1');
  });
});

describe('the card', () => {
  it('shows what else the customer has, with a button for it', async () => {
    const store = await filled();
    const card = await answerTo(store, 'E-111-AAA-AAA-11A');
    expect(JSON.stringify(card)).toContain('*App 2*: evaluating, Evaluation, E-222-BBB-BBB');
    expect(buttonsOf(card)).toEqual({ 'Show App 2': 'lookup E-222-BBB-BBB' });
  });

  it('leads from a sibling without a number to that sibling', async () => {
    const store = await filled([
      {
        ...dataCenter,
        appKey: 'app-1',
        name: 'App 1',
        aliases: { licenseId: 'SEN-1', addonLicenseId: '5550002' },
      },
    ]);
    const buttons = buttonsOf(await answerTo(store, 'SEN-1'));
    expect(await asked(store, buttons['Show App 2'] ?? '')).toContain('SEN-19726894');
  });

  it('names people only to those who may see them, and erased ones as erased', async () => {
    const store = await filled();
    expect(await asked(store, 'SEN-19726894')).not.toMatch(/Jane|jane@|contact/);
    const shown = await asked(store, 'SEN-19726894', { showContacts: true });
    expect(shown).toContain('Technical contact: Jane Doe, jane@globex.example');
    expect(shown).toContain('Billing contact: erased (GDPR)');
  });

  it('of an unnamed manual invoice shows its lines', async () => {
    const text = await asked(await filled(), 'AT-777');
    expect(text).toContain('Paid, AT-777');
    expect(text).toContain('Lifetime net (our share): $1,000.00');
  });
});

describe('nothing found', () => {
  it.each(['xyzzy', 'E-000-000-000', 'nobody.example', 'jane@nobody.example', '!!!', 'IN-1'])(
    'for %s is said, with what was searched and what else to type',
    async (text) => {
      const answer = await asked(await filled(), text);
      expect(answer).toContain(`Nothing found for "${text}".`);
      expect(answer).toContain('I looked among entitlement numbers and ids, SENs, transaction ids');
      expect(answer).toContain('/pulse help');
    },
  );

  it.each([
    ['chrun', 'churn'],
    ['chrun App 1', 'churn App 1'],
    ['stauts', 'status'],
    ['Lokup xyzzy', 'lookup xyzzy'],
  ])('for "%s" suggests "%s"', async (typed, meant) => {
    expect(await asked(await filled(), typed)).toContain(`Did you mean /pulse ${meant}?`);
  });

  it('suggests nothing where no word is near', async () => {
    expect(await asked(await filled(), 'xyzzy')).not.toContain('Did you mean');
  });

  it('for the word lookup alone asks what to look up', async () => {
    const answer = await asked(await filled(), 'lookup ""');
    expect(answer).toMatch(/^Look up what\? Nothing was typed\. I look among /);
  });

  it('in an empty store says that there is no data yet', async () => {
    const store = await openStore();
    const text = await asked(store, 'acme', { readAge: async () => ({ asOf: undefined, now: NOW }) });
    expect(text).toContain('No data yet');
  });
});

describe('the records behind a lookup', () => {
  it('are the subscriptions themselves', async () => {
    const store = await filled();
    const [first, ...rest] = await findRecords(['e-111-aaa-aaa-11a'], contextOf(store));
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      entitlement: 'E-111-AAA-AAA-11A',
      standing: 'paying',
      lifetimeNet: 100_000,
    });
    expect(await findRecords(['acme'], contextOf(store))).toHaveLength(4);
    expect(await findRecords([''], contextOf(store))).toEqual([]);
  });
});

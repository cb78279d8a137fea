import { describe, expect, it } from 'vitest';
import { findRecords } from '../../../src/commands/lookup.ts';
import type { License } from '../../../src/domain/license.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { answerTo, asked, asksOf, buttonsOf, contextOf, NOW } from './asking.ts';

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

const FAR: readonly License[] = [
  ['株式会社日立製作所', 'Japan', 'hitachi.example'],
  ['ООО «Ромашка»', 'Serbia', 'romashka.example'],
].map(([company = '', country = '', mailDomain = ''], index) =>
  aLicense({
    aliases: { appEntitlementNumber: `E-77${index}-DDD-DDD-77D` },
    host: { cloudId: `far-${index}`, siteHostname: `far${index}.atlassian.net` },
    customer: { company, country, mailDomain },
  }),
);

async function filled(more: readonly License[] = []): Promise<Store> {
  const store = await openStore();
  await recordRows(store, { kind: 'licenses', rows: [...LICENSES, ...FAR, ...more] }, { at: NOW });
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
  ['an entitlement number in a sentence', 'what about E-111-AAA-AAA-11A, please?', 'Acme GmbH (Germany)'],
  ['an entitlement number run together', 'E111AAAAAA11A', 'Acme GmbH (Germany)'],
  ['an entitlement number with long dashes', 'E–111–AAA–AAA–11A', 'Acme GmbH (Germany)'],
  ['an entitlement number in code marks', '`e-111-aaa-aaa-11a`', 'Acme GmbH (Germany)'],
  ['an SEN with a space', 'SEN 19726894', 'Société Générale & Fils (France)'],
  ['an SEN without its letters', '19726894', 'Société Générale & Fils (France)'],
  ['a name with a letter wrong', 'acme robotiks', 'Acme Robotics'],
  ['a name with two letters wrong', 'Societe Generall and Fils', 'Société Générale & Fils (France)'],
  ['a name with another legal form', 'Initech Inc.', 'Initech'],
  ['a name in another script', '株式会社日立', '株式会社日立製作所 (Japan)'],
  ['a name in Cyrillic without its form', 'Ромашка', 'ООО «Ромашка» (Serbia)'],
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

describe("a person's address", () => {
  it.each([
    'jane@globex.example',
    'mailto:jane@globex.example',
    '<mailto:jane@globex.example|jane@globex.example>',
  ])('%s finds who has it, for those who may see people', async (text) => {
    const shown = await asked(await filled(), text, { showContacts: true });
    expect(shown.split('\n')[0]).toBe('Société Générale & Fils (France)');
    expect(shown).toContain("Found by a contact's address");
  });

  it('nobody has finds the mail domain, and says so', async () => {
    const shown = await asked(await filled(), 'someone@globex.example', { showContacts: true });
    expect(shown.split('\n')[0]).toBe('Société Générale & Fils (France)');
    expect(shown).toContain('No contact is stored with this address');
  });

  it('is refused to everybody else, the same for one that is known and one that is not', async () => {
    const store = await filled();
    const known = await answerTo(store, 'jane@globex.example');
    expect(known).toEqual(await answerTo(store, 'nobody@globex.example'));
    expect(JSON.stringify(known)).not.toMatch(/jane|Générale|SEN-/);
    const [way = ''] = Object.values(buttonsOf(known));
    expect((await asked(store, way)).split('\n')[0]).toBe('Société Générale & Fils (France)');
    expect((await answerTo(store, 'please see jane@globex.example thanks')).text).toBe(known.text);
  });
});

describe('several matches', () => {
  it('of a host entitlement are one answer about the customer, each with a choice that opens it', async () => {
    const store = await filled();
    const answer = await answerTo(store, 'e-999-hhh-hhh-99h');
    expect(answer.text).toMatch(/^Acme GmbH \(Germany\): 2 subscriptions: 1 paying, 1 evaluating; /);
    const ways = Object.values(buttonsOf(answer));
    expect(ways).toEqual([
      'lookup E-111-AAA-AAA-11A',
      'lookup E-222-BBB-BBB',
      'export lookup e-999-hhh-hhh-99h',
    ]);
    expect(await asked(store, ways[0] ?? '')).toContain('Entitlement: E-111-AAA-AAA-11A');
    expect(await asked(store, ways[1] ?? '')).toContain('Entitlement: E-222-BBB-BBB');
  });

  it('of a part of a name are companies with their number of licenses, each with a choice that opens it', async () => {
    const store = await filled();
    const answer = await answerTo(store, 'acme');
    expect(answer.text).toBe('3 companies match "acme". Pick one.');
    const buttons = buttonsOf(answer);
    expect(Object.keys(buttons)).toEqual([
      'Acme GmbH (2 licenses)',
      'ACME Gmbh (1 license)',
      'Acme Robotics (1 license)',
    ]);
    expect(await asked(store, buttons['Acme Robotics (1 license)'] ?? '')).toContain('E-330-CCC-CCC-33C');
  });

  it('of names that differ in case and spaces alone are shown together', async () => {
    const text = await asked(await filled(), 'Acme GmbH');
    expect(text).toContain('3 subscriptions: 1 paying, 1 evaluating, 1 free or not billed');
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
      'export lookup E-9',
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
    const byDomain = await answerTo(store, 'umbrella.example');
    expect(byDomain.text).toMatch(
      /^50 customers for "umbrella.example": The 50 subscriptions that run longest, of more: /,
    );
    expect(JSON.stringify(byDomain)).toContain('no more than 50 are read for an answer; the CSV has more');
    const byName = await answerTo(store, 'umbrella');
    expect(byName.text).toBe('More than 50 companies match "umbrella". Pick one.');
    expect(JSON.stringify(byName)).toContain('And many more: type more of the name to narrow it down');
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
    const ways = asksOf(await answerTo(store, 'zorg'));
    const cards = await Promise.all(ways.slice(0, 2).map((way) => asked(store, way)));
    expect(new Set(cards.map((card) => /Entitlement: (E-6-\d)/.exec(card)?.[1]))).toEqual(
      new Set(['E-6-0', 'E-6-1']),
    );
  });
});

describe('the card', () => {
  it('shows what else the customer has, with a button for it', async () => {
    const store = await filled();
    const card = await answerTo(store, 'E-111-AAA-AAA-11A');
    expect(JSON.stringify(card)).toContain('*App 2*: evaluating, Evaluation, E-222-BBB-BBB');
    expect(buttonsOf(card)).toEqual({
      'Show App 2': 'lookup E-222-BBB-BBB',
      'Send Me the CSV': 'export lookup E-111-AAA-AAA-11A',
    });
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
  it.each(['xyzzy', 'E-000-000-000', 'nobody.example', 'IN-1', 'no such customer'])(
    'for %s is said, with what was searched and what else to type',
    async (text) => {
      const answer = await asked(await filled(), text);
      expect(answer).toContain(`Nothing found for "${text}".`);
      expect(answer).toContain('I look among entitlement numbers and ids, SENs, add-on license ids');
      expect(buttonsOf(await answerTo(await filled(), text))['Ask Atlassian Live']).toBe(`live ${text}`);
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

  it('runs what it suggests, by a button', async () => {
    const store = await filled();
    const buttons = buttonsOf(await answerTo(store, 'chrun App 1'));
    expect(await asked(store, buttons['Run churn App 1'] ?? '')).toMatch(/^Churn/);
  });

  it('names companies that are a little alike, each with a choice that opens it', async () => {
    const store = await filled();
    const answer = await answerTo(store, 'acmi rabits gmbh');
    expect(answer.text).toBe('Nothing found for "acmi rabits gmbh".');
    expect(await asked(store, buttonsOf(answer)['Acme Robotics (1 license)'] ?? '')).toContain(
      'E-330-CCC-CCC-33C',
    );
  });

  it.each(['!!!', '<>', '...', '“ ! ”'])('for %s, which says nothing, asks what to look up', async (text) => {
    expect(await asked(await filled(), text)).toMatch(/^Look up what\? Nothing was typed\./);
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

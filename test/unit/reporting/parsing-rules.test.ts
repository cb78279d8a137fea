import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import {
  eventSample,
  feedbackSample,
  type Json,
  licenseSample,
  readAll,
  readOne,
  sample,
  transactionSample,
} from './samples.ts';

const license = (changes: Json = {}) => readOne(endpoints['licenses-export'], licenseSample(changes));
const line = (changes: Json = {}, bought: Json = {}) =>
  readOne(endpoints['transactions-export'], transactionSample(changes, bought));
const event = (changes: Json = {}) => readOne(endpoints['churn-details'], eventSample(changes));
const feedback = (changes: Json = {}) => readOne(endpoints['feedback-details'], feedbackSample(changes));
const customer = (details: Json) => license({ contactDetails: details }).customer;

describe('words that mean absence', () => {
  it.each(['null', '', 'NA', 'N/A', 'Unknown', 'unknown', ' ', null, undefined])(
    'a company %j is no company',
    (company) => {
      expect(customer({ company })).not.toHaveProperty('company');
    },
  );

  it('keeps NA as a region (North America) and as a country (Namibia)', () => {
    expect(customer({ region: 'NA', country: 'NA' })).toEqual({ region: 'NA', country: 'NA' });
    expect(customer({ region: 'Unknown', country: 'null' })).toEqual({});
  });

  it('treats insights that have not arrived as unknown', () => {
    const row = license({
      parentProductName: 'Pending',
      parentProductEdition: 'NA',
      installedOnSandbox: 'NA',
    });
    expect(row).not.toHaveProperty('parentProduct');
    expect(row).not.toHaveProperty('parentEdition');
    expect(row.sandbox).toBe('unknown');
  });

  it('reads "NA" and "null" dates as missing', () => {
    expect(license({ evaluationStartDate: 'NA', maintenanceEndDate: 'null' })).not.toHaveProperty(
      'maintenanceEnd',
    );
  });

  it("keeps a customer's own words whatever they are", () => {
    expect(feedback({ message: 'NA' }).message).toBe('NA');
    expect(feedback({ message: ' line one\nline two\u0000 ' }).message).toBe('line one\nline two');
    expect(feedback({ message: '' })).not.toHaveProperty('message');
  });
});

describe('people', () => {
  it('erased ones read RTBF and have no mail domain', () => {
    const erased = { name: 'RTBF', email: 'RTBF' };
    const row = license({
      contactDetails: { technicalContact: erased, billingContact: { email: 'b@Acme.com' } },
    });
    expect(row.technicalContact).toEqual(erased);
    expect(row.customer.mailDomain).toBe('acme.com');
  });

  it.each(['jane@acme.com', 'Jane Doe <jane@acme.com>', 'jane@acme.com (private)'])(
    'a company named %s is nobody but its mail domain',
    (company) => {
      expect(customer({ company })).toMatchObject({ mailDomain: 'acme.com' });
      expect(customer({ company })).not.toHaveProperty('company');
      expect(customer({ company, technicalContact: { email: 'a@one.com' } }).mailDomain).toBe('one.com');
    },
  );

  it('a company with an at sign and no address keeps its name', () => {
    expect(customer({ company: 'Cafe @ Night' }).company).toBe('Cafe @ Night');
  });

  it('an address wrapped as a mail link is unwrapped', () => {
    expect(line().technicalContact?.email).toBe('contact1@example.com');
  });

  it('the mail domain is the technical contact before the billing contact', () => {
    const contacts = { technicalContact: { email: 'a@one.com' }, billingContact: { email: 'b@two.com' } };
    expect(customer(contacts).mailDomain).toBe('one.com');
    expect(customer({ billingContact: { email: 'b@two.com' } }).mailDomain).toBe('two.com');
  });

  it('an empty contact is no contact', () => {
    const row = license({
      contactDetails: { billingContact: {}, technicalContact: { name: 'null', email: '' } },
    });
    expect(row).not.toHaveProperty('billingContact');
    expect(row).not.toHaveProperty('technicalContact');
  });

  it('a partner without a usable name is no partner', () => {
    expect(line({ partnerDetails: { partnerName: 'Unknown', partnerType: 'Expert' } })).not.toHaveProperty(
      'partner',
    );
    expect(line({ partnerDetails: { partnerName: 'Acme', partnerType: 'Unknown' } }).partner).toEqual({
      name: 'Acme',
    });
    expect(line({ partnerDetails: null })).not.toHaveProperty('partner');
  });
});

describe("Atlassian's own licences", () => {
  it.each<[string, Json, boolean]>([
    ['say so', { licenseSourceType: 'Atlassian' }, true],
    [
      'have a technical contact at atlassian.com',
      { contactDetails: { technicalContact: { email: 'x@atlassian.com' } } },
      true,
    ],
    [
      'have a billing contact below atlassian.com',
      { contactDetails: { billingContact: { email: 'x@eu.Atlassian.com' } } },
      true,
    ],
    [
      'are not those of a similar domain',
      { contactDetails: { technicalContact: { email: 'x@notatlassian.com' } } },
      false,
    ],
    ['are not those of others', { licenseSourceType: 'Non-Atlassian' }, false],
    [
      'are not those of a customer called Atlassian fan',
      { contactDetails: { company: 'atlassian.com' } },
      false,
    ],
  ])('%s', (_name, changes, expected) => {
    expect(license(changes).isAtlassian).toBe(expected);
  });
});

describe('spellings', () => {
  it.each([
    ['Cloud', 'Cloud'],
    ['cloud', 'Cloud'],
    ['Data center', 'Data Center'],
    ['DATA_CENTER', 'Data Center'],
    ['datacenter', 'Data Center'],
    ['SERVER', 'Server'],
    ['Moon base', 'Moon base'],
  ])('hosting %s is %s', (written, expected) => {
    expect(license({ hosting: written }).hosting).toBe(expected);
    expect(line({}, { hosting: written }).hosting).toBe(expected);
    expect(event({ hosting: written }).hosting).toBe(expected);
  });

  it('licence types are upper case, statuses lower case, sale words capitalised', () => {
    expect(license({ licenseType: 'Commercial', status: 'Active' })).toMatchObject({
      licenseType: 'COMMERCIAL',
      status: 'active',
    });
    expect(
      line(
        { paymentStatus: 'PAID' },
        { saleType: 'renewal', billingPeriod: 'ANNUAL', licenseType: 'academic' },
      ),
    ).toMatchObject({
      saleType: 'Renewal',
      billingPeriod: 'Annual',
      licenseType: 'ACADEMIC',
      paymentStatus: 'Paid',
    });
  });

  it.each(['newBillingSystem', 'isNewBillingSystem'])('%s is a known field', (name) => {
    const row = licenseSample({ [name]: 'Yes' });
    expect(readAll(endpoints['licenses-export'], [row])).toMatchObject({
      unmapped: new Map(),
      quarantinedRows: 0,
    });
  });

  it('LOYALTY and LOYALTY_DISCOUNT are one discount', () => {
    const discounts = [
      { type: 'LOYALTY', amount: 1.5 },
      { type: 'LOYALTY_DISCOUNT', amount: 2 },
    ];
    expect(line({}, { discounts }).discounts).toEqual([
      { type: 'LOYALTY_DISCOUNT', amount: 150 },
      { type: 'LOYALTY_DISCOUNT', amount: 200 },
    ]);
    expect(line({}, { discounts: null }).discounts).toEqual([]);
  });
});

describe('identifiers', () => {
  it('a Server licence has its SEN and a numeric add-on licence id', () => {
    const server = licenseSample({ licenseId: 'SEN-123', addonLicenseId: 4711, hosting: 'Server' });
    for (const name of ['appEntitlementId', 'appEntitlementNumber', 'cloudId']) delete server[name];
    expect(readOne(endpoints['licenses-export'], server)).toMatchObject({
      aliases: { licenseId: 'SEN-123', addonLicenseId: '4711' },
      hosting: 'Server',
    });
  });

  it('a licence without any is refused', () => {
    const nameless = licenseSample({ appEntitlementId: 'null', appEntitlementNumber: '' });
    expect(readAll(endpoints['licenses-export'], [nameless]).quarantined).toEqual([
      { path: 'appEntitlementId', expected: 'at least one identifier of the subscription', count: 1 },
    ]);
  });

  it('addonKey is the app key, and stands in for a missing name', () => {
    expect(feedback()).toMatchObject({ appKey: 'test-app', name: 'test-app' });
    expect(feedback({ addonName: 'Test App' }).name).toBe('Test App');
  });

  it('anonymous feedback has none', () => {
    expect(feedback({ appEntitlementId: null, appEntitlementNumber: null, cloudId: null })).toMatchObject({
      aliases: {},
      host: {},
    });
  });
});

describe('the size of an evaluation', () => {
  it.each<[unknown, number | undefined]>([
    ['25', 25],
    [25, 25],
    ['0', 0],
    ['Unlimited Users', Infinity],
    ['Evaluation', undefined],
    ['NA', undefined],
    ['Unknown', undefined],
    ['', undefined],
    ['1.234,56', undefined],
    ['-1', undefined],
    [null, undefined],
  ])('%j means %s users', (written, expected) => {
    expect(license({ evaluationOpportunitySize: written }).opportunityUsers).toBe(expected);
  });
});

describe('money', () => {
  it('becomes integer cents', () => {
    const { purchasePrice, vendorAmount } = line({}, { purchasePrice: 300_489.79, vendorAmount: 0.1 + 0.2 });
    expect([purchasePrice, vendorAmount]).toEqual([30_048_979, 30]);
  });

  it.each([120, -120])('of a refund is negative, also when the API writes %d', (amount) => {
    const refund = line({}, { saleType: 'Refund', purchasePrice: amount, vendorAmount: amount * 0.75 });
    expect([refund.purchasePrice, refund.vendorAmount]).toEqual([-12_000, -9_000]);
    expect(line({}, { saleType: 'refund', vendorAmount: amount }).vendorAmount).toBe(-12_000);
  });

  it('of a refund of nothing is zero, not minus zero', () => {
    expect(Object.is(line({}, { saleType: 'Refund', vendorAmount: 0 }).vendorAmount, 0)).toBe(true);
  });

  it('of anything else keeps its sign: corrections can be negative', () => {
    expect(line({}, { saleType: 'Upgrade', vendorAmount: -3 }).vendorAmount).toBe(-300);
  });

  it.each(['"50.00"', '1e400', '-1e400', 'null', '"1.234,56"', '1e14', '5e13', '{}'])(
    'written as %s refuses the row',
    (written) => {
      const raw = JSON.parse(
        JSON.stringify(transactionSample({}, { vendorAmount: 777_777 })).replace('777777', written),
      ) as Json;
      const { rows, quarantined } = readAll(endpoints['transactions-export'], [raw]);
      expect(rows).toEqual([]);
      expect(quarantined).toMatchObject([{ path: 'purchaseDetails.vendorAmount', count: 1 }]);
    },
  );
});

describe('a transaction line', () => {
  it('of a manual invoice may have no sale type', () => {
    const bought = { saleType: null, licenseType: null };
    expect(line({ isInvoiceManual: true }, bought)).toMatchObject({ isManualInvoice: true });
    expect(line({}, bought)).not.toHaveProperty('saleType');
  });

  it('that lost its sale type is refused: a refund would count as a sale', () => {
    const raw = transactionSample();
    delete (raw['purchaseDetails'] as Json)['saleType'];
    expect(readAll(endpoints['transactions-export'], [raw]).quarantined).toEqual([
      { path: 'purchaseDetails.saleType', expected: 'a text, or null', count: 1 },
    ]);
    expect(readAll(endpoints['transactions-export'], [{ ...raw, isInvoiceManual: true }]).rows).toHaveLength(
      1,
    );
  });

  it('knows its refund and its payment attempts', () => {
    const row = line(
      { dunningStatus: [{ attemptCount: 3, paymentAttemptDate: '2026-01-01' }, { attemptCount: 1 }] },
      { refundReason: 'REFUND_CANCELLED_PURCHASE', originalTransactionDetails: { transactionId: 'IN-1' } },
    );
    expect(row).toMatchObject({
      dunningAttempts: 3,
      refundReason: 'REFUND_CANCELLED_PURCHASE',
      originalTransactionId: 'IN-1',
    });
    expect(line({ dunningStatus: [{}, {}] }).dunningAttempts).toBe(2);
    expect(line().dunningAttempts).toBe(0);
  });
});

describe('dates', () => {
  it('are their first ten characters', () => {
    expect(license({ maintenanceEndDate: '2026-01-31T00:00:00.000Z' }).maintenanceEnd).toBe('2026-01-31');
    expect(line({}, { saleDate: '2026-01-31T23:59:59Z' }).saleDate).toBe('2026-01-31');
  });

  it.each(['2026-02-30', '31.01.2026', 'yesterday', '0000-00-00', ''])(
    'that are none (%j) refuse the row',
    (date) => {
      expect(
        readAll(endpoints['licenses-export'], [licenseSample({ lastUpdated: date })]).quarantined,
      ).toEqual([{ path: 'lastUpdated', expected: 'a date YYYY-MM-DD', count: 1 }]);
    },
  );
});

describe('an event', () => {
  it('has its licence beside a null licenseDetails, as the churn sample', () => {
    expect(event()).toMatchObject({ maintenanceEnd: '2025-03-18', monthsValid: 1 });
  });

  it('has its licence inside licenseDetails, as live answers', () => {
    const nested = {
      licenseId: 'SEN-9',
      appEntitlementNumber: 'E-999-AAA-AAA-99A',
      cloudId: 'cloud-9',
      maintenanceStartDate: '2026-01-01',
      maintenanceEndDate: '2027-01-01',
      monthsValid: 12,
    };
    const flat = [
      'appEntitlementId',
      'appEntitlementNumber',
      'cloudId',
      'maintenanceStartDate',
      'maintenanceEndDate',
      'monthsValid',
    ];
    const raw = eventSample({ licenseDetails: nested });
    for (const name of flat) delete raw[name];
    expect(readOne(endpoints['renewal-details'], raw)).toMatchObject({
      kind: 'renewal',
      aliases: { licenseId: 'SEN-9', appEntitlementNumber: 'E-999-AAA-AAA-99A' },
      host: { cloudId: 'cloud-9' },
      maintenanceStart: '2026-01-01',
      monthsValid: 12,
    });
  });
});

describe('hostile texts', () => {
  it('are cut at 500 characters, not inside one', () => {
    expect(customer({ company: '😀'.repeat(100_000) }).company).toBe('😀'.repeat(500));
    expect(customer({ company: `${'x'.repeat(499)}😀y` }).company).toBe(`${'x'.repeat(499)}😀`);
    expect(feedback({ message: 'm'.repeat(1_000_000) }).message).toHaveLength(500);
  });

  it('lose NUL, line breaks, byte order marks at their ends and lone surrogates', () => {
    expect(customer({ company: '\ufeff A\u0000B\r\nC \ud800' }).company).toBe('A B C \ufffd');
  });

  it('named __proto__ change nothing', () => {
    const raw = JSON.parse(
      JSON.stringify(licenseSample()).replace(/^\{/, '{"__proto__":{"status":"cancelled","isAdmin":true},'),
    ) as Json;
    const { rows, unmapped } = readAll(endpoints['licenses-export'], [raw]);
    expect(rows[0]?.status).toBe('active');
    expect((rows[0] as unknown as Json)['isAdmin']).toBeUndefined();
    expect(({} as Json)['isAdmin']).toBeUndefined();
    expect(unmapped).toEqual(new Map([['__proto__', 1]]));
  });
});

describe('what does not fit', () => {
  it('is left out, counted by place and expectation, and the rest goes on', () => {
    const raws = [
      licenseSample(),
      licenseSample({ status: 5, lastUpdated: null }),
      licenseSample({ status: 6 }),
      'no row at all',
      null,
      licenseSample(),
    ];
    const { rows, quarantined, quarantinedRows } = readAll(endpoints['licenses-export'], raws);
    expect(rows).toHaveLength(2);
    expect(quarantinedRows).toBe(4);
    expect(quarantined).toEqual([
      { path: 'lastUpdated', expected: 'string', count: 1 },
      { path: 'status', expected: 'string', count: 2 },
      { path: '', expected: 'object', count: 2 },
    ]);
  });

  it('fields that nobody reads are counted by name, inside objects and lists too', () => {
    const discounts = [{ type: 'MANUAL', amount: 1, mood: 'good' }];
    const { rows, unmapped } = readAll(endpoints['transactions-export'], [
      transactionSample({ brandNew: 1 }, { discounts, weather: 'mild' }),
      transactionSample({ brandNew: 2 }),
    ]);
    expect(rows).toHaveLength(2);
    expect(Object.fromEntries(unmapped)).toEqual({
      brandNew: 2,
      'purchaseDetails.weather': 1,
      'purchaseDetails.discounts[].mood': 1,
    });
  });

  it('endless different field names do not fill the memory', () => {
    const raws = Array.from({ length: 2_000 }, (_, index) =>
      licenseSample({ [`f${index}`.padEnd(5_000, 'x')]: 1 }),
    );
    const { unmapped } = readAll(endpoints['licenses-export'], raws);
    expect(unmapped.size).toBeLessThanOrEqual(501);
    expect([...unmapped.values()].reduce((sum, count) => sum + count, 0)).toBe(2_000);
  });
});

describe('app keys given by the caller', () => {
  it('select rows on our side', () => {
    const selection = { appKeys: new Set(['other']) };
    expect(readAll(endpoints['licenses-export'], [licenseSample()], selection).rows).toEqual([]);
    const other = licenseSample({ addonKey: 'other' });
    expect(readAll(endpoints['licenses-export'], [other], selection).rows).toHaveLength(1);
  });

  it('drop the totals of an aggregate, which are not theirs', () => {
    const answer = sample('evaluations.metric');
    const { rows } = readAll(endpoints['evaluations-by-hosting'], [answer], {
      appKeys: new Set(['app-key-2']),
    });
    expect(new Set(rows.map(({ appKey }) => appKey))).toEqual(new Set(['app-key-2']));
  });
});

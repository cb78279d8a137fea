/** Rows whose shape is not documented: what is known of them, and what their readers do with anything else. */
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { freeStarterSample, type Json, metricSample, readAll, readOne, touchpointSample } from './samples.ts';

const subscription = (changes: Json = {}) =>
  readOne(endpoints['free-starter-tier-export'], freeStarterSample(changes));
const visit = (changes: Json = {}) =>
  readOne(endpoints['marketing-attribution-export'], touchpointSample(changes));

describe('a subscription on the free starter tier', () => {
  it('spells its number as live answers do, or as licences do', () => {
    expect(subscription().aliases.appEntitlementNumber).toBe('E-111-AAA-AAA-11A');
    const as = subscription({ entitlementNumber: null, appEntitlementNumber: 'E-222-BBB-BBB-22B' });
    expect(as.aliases.appEntitlementNumber).toBe('E-222-BBB-BBB-22B');
  });

  it('is a Cloud one, unless it says otherwise', () => {
    expect(subscription().hosting).toBe('Cloud');
    expect(subscription({ hosting: 'Data center' }).hosting).toBe('Data Center');
  });

  it('may come with what licences have: customer, site and contacts', () => {
    const row = subscription({
      technicalEmail: undefined,
      cloudId: 'site-1',
      contactDetails: {
        company: 'Acme GmbH',
        country: 'Germany',
        technicalContact: { email: 'joe@acme.example', name: 'Joe' },
      },
    });
    expect(row.customer).toEqual({ company: 'Acme GmbH', country: 'Germany', mailDomain: 'acme.example' });
    expect(row.technicalContact).toEqual({ email: 'joe@acme.example', name: 'Joe' });
    expect(row.host).toEqual({ cloudId: 'site-1' });
  });

  it.each([
    [7, 7],
    ['7', 7],
    ['', undefined],
    ['NA', undefined],
    [null, undefined],
  ])('on a product with %j users has %s', (written, expected) => {
    expect(subscription({ parentUnitCount: written }).parentUsers).toBe(expected);
  });

  it('erased people read RTBF', () => {
    const row = subscription({ technicalEmail: 'RTBF' });
    expect(row.technicalContact).toEqual({ email: 'RTBF' });
    expect(row.customer).toEqual({});
  });

  it.each([
    ['day', undefined, 'string'],
    ['day', 'today', 'a date YYYY-MM-DD'],
    ['addonKey', '', 'a text'],
    ['parentUnitCount', 'some', 'a whole number'],
    ['parentUnitCount', 7.5, 'a whole number'],
    ['parentUnitCount', -1, 'a whole number'],
    ['dateOfEvaluation', '2025-13-01', 'a date YYYY-MM-DD'],
  ])('with %s = %j is refused', (name, value, expected) => {
    const { rows, quarantined } = readAll(endpoints['free-starter-tier-export'], [
      freeStarterSample({ [name]: value }),
    ]);
    expect(rows).toEqual([]);
    expect(quarantined).toEqual([{ path: name, expected, count: 1 }]);
  });

  it('that nobody could find again is refused', () => {
    const nameless = { licenseId: null, appEntitlementId: '', entitlementNumber: 'null' };
    expect(readAll(endpoints['free-starter-tier-export'], [freeStarterSample(nameless)]).quarantined).toEqual(
      [{ path: 'appEntitlementId', expected: 'at least one identifier of the subscription', count: 1 }],
    );
  });

  it('keeps count of what nobody knows', () => {
    const { rows, unmapped } = readAll(endpoints['free-starter-tier-export'], [
      freeStarterSample({ mood: 'good' }),
    ]);
    expect(rows).toHaveLength(1);
    expect(unmapped).toEqual(new Map([['mood', 1]]));
  });
});

describe('a visit before an evaluation', () => {
  it.each([
    ['2026-03-15 14:51:05', '2026-03-15T14:51:05Z'],
    ['2026-03-15T14:51:05Z', '2026-03-15T14:51:05Z'],
    ['2026-03-15T14:51:05.123Z', '2026-03-15T14:51:05Z'],
    ['2026-03-15 14:51:05+00:00', '2026-03-15T14:51:05Z'],
    ['2026-03-15 14:51', '2026-03-15T14:51:00Z'],
    ['2026-03-15', '2026-03-15T00:00:00Z'],
  ])('at %s was at %s', (written, expected) => {
    expect(visit({ eventTimestamp: written }).visitedAt).toBe(Date.parse(expected));
  });

  it.each([
    '',
    'null',
    'yesterday',
    '2026-02-30 10:00:00',
    '2026-03-15 24:00:00',
    '2026-03-15 10:60:00',
    '2026-03-15T14:51:05+02:00',
    '15.03.2026 10:00',
  ])('at %j is refused: that is no time we know', (written) => {
    const { rows, quarantined } = readAll(endpoints['marketing-attribution-export'], [
      touchpointSample({ eventTimestamp: written }),
    ]);
    expect(rows).toEqual([]);
    expect(quarantined).toEqual([
      { path: 'eventTimestamp', expected: 'a time YYYY-MM-DD hh:mm:ss', count: 1 },
    ]);
  });

  it('has no words where the API writes "null"', () => {
    const nothing = Object.fromEntries(
      [
        'channel',
        'campaignName',
        'campaignSource',
        'campaignMedium',
        'campaignContent',
        'referrerDomain',
      ].map((name) => [name, 'null']),
    );
    const row = visit(nothing);
    expect(row.campaign).toEqual({});
    expect(row).not.toHaveProperty('channel');
    expect(row).not.toHaveProperty('referrer');
  });

  it('never says who it was', () => {
    expect(JSON.stringify(visit({ userId: 'canary-user' }))).not.toContain('canary-user');
  });

  it('may belong to nobody', () => {
    const row = visit({ appEntitlementId: null, appEntitlementNumber: 'null', addonLicenseId: '' });
    expect(row.aliases).toEqual({});
  });
});

describe('a record of a partner metric', () => {
  it.each(['installs', 'installs-by-parent-version'] as const)(
    '(%s) without a count, or with half of one, is refused',
    (id) => {
      const name = id === 'installs' ? '' : 'parent-version';
      const records = [undefined, null, '7', 7.5, -1, Number.NaN].map((installCounts) =>
        metricSample(name, { installCounts }),
      );
      const { rows, quarantinedRows, quarantined } = readAll(endpoints[id], records);
      expect(rows).toEqual([]);
      expect(quarantinedRows).toBe(records.length);
      expect(new Set(quarantined.map(({ path }) => path))).toEqual(new Set(['installCounts']));
    },
  );

  it('may lack its app and its product, and is then nobody’s', () => {
    const record = metricSample('', { appKey: null, productId: '' });
    expect(readOne(endpoints.installs, record)).toEqual({ period: '2024-10-21', installs: 1_429 });
    expect(readAll(endpoints.installs, [record], { appKeys: new Set(['a']) }).rows).toEqual([]);
  });

  it.each(['version', 'major-version', 'minor-version'] as const)(
    'split by %s is refused without it: it would pass for another number of its period',
    (split) => {
      const record = metricSample(`parent-${split}`);
      const field = Object.keys(record).find((name) => /Version/.test(name)) ?? '';
      const endpoint = endpoints[`installs-by-parent-${split}`];
      for (const name of [field, 'parentSoftware']) {
        const { [name]: _gone, ...rest } = record;
        expect(readAll(endpoint, [rest]).quarantined).toEqual([{ path: name, expected: 'string', count: 1 }]);
      }
    },
  );

  it.each<[string, Json]>([
    ['null', { lifetimeGmv: null }],
    ['a text', { lifetimeGmv: '70000.0' }],
    ['not an amount', { lifetimeGmv: 1e14 }],
    ['gone', { lifetimeGmv: undefined }],
  ])('whose amount is %s is refused, never zero', (_name, changes) => {
    const { rows, quarantined } = readAll(endpoints.gmv, [metricSample('gmv', changes)]);
    expect(rows).toEqual([]);
    expect(quarantined).toMatchObject([{ path: 'lifetimeGmv', count: 1 }]);
  });

  it('has amounts to the cent, and may have none at all in a form that does not ask for it', () => {
    expect(readOne(endpoints.gmv, metricSample('gmv', { lifetimeGmv: 0.1 + 0.2 })).lifetime).toBe(30);
    expect(readOne(endpoints['gmv-forge-versions'], metricSample('gmv-forge-versions'))).not.toHaveProperty(
      'lifetime',
    );
  });

  it('may hold more than its form asks for: the API says that it once did', () => {
    expect(readOne(endpoints['gmv-forge-versions'], metricSample('gmv'))).toMatchObject({
      lifetime: 7_000_000,
      nonHarmonisedForge: 7_000_000,
    });
  });
});

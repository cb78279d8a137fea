import { describe, expect, it } from 'vitest';
import { withoutLegalForm } from '../../../src/domain/fold.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const NAMES = [
  'Acme Corporation',
  'Acme Industries GmbH',
  'Globex Software AB',
  'Initech Systems Inc.',
  'Société Générale S.A.',
  'Ørsted A/S',
  '東京ガス株式会社',
  'Umbrella Research',
  'Stark Industries Ltd',
  'Wayne Enterprises',
];

async function storeOf(names: readonly string[]): Promise<Store> {
  const store = await openStore();
  const rows = names.map((company, index) =>
    aLicense({ aliases: { appEntitlementNumber: `E-${index}` }, customer: { company } }),
  );
  await recordRows(store, { kind: 'licenses', rows }, { at: 1_000 });
  return store;
}

const similar = async (store: Store, text: string) =>
  (await store.search.findSimilarCompanies(text, 10)).map(({ company }) => company);

describe('a company whose name is typed wrongly', () => {
  it.each([
    ['globex sofware', 'Globex Software AB'],
    ['Glboex Software', 'Globex Software AB'],
    ['initec systms', 'Initech Systems Inc.'],
    ['umbrela reserch', 'Umbrella Research'],
    ['wayne entreprises', 'Wayne Enterprises'],
    ['societe generalle', 'Société Générale S.A.'],
    ['東京ガズ株式会社', '東京ガス株式会社'],
    ['stark industires gmbh', 'Stark Industries Ltd'],
  ])('%s is found as %s', async (text, name) => {
    const store = await storeOf(NAMES);
    expect((await similar(store, text))[0]).toBe(name);
  });

  it('is not found when it is another name', async () => {
    const store = await storeOf(NAMES);
    expect(await similar(store, 'completely different')).toEqual([]);
    expect(await similar(store, '')).toEqual([]);
    expect(await similar(store, '"*() NEAR AND')).toEqual([]);
  });

  it('comes before names that are less alike', async () => {
    const store = await storeOf([...NAMES, 'Acmee Corporation', 'Acme Cooperation']);
    expect((await similar(store, 'acmee corporation')).slice(0, 2)).toEqual([
      'Acmee Corporation',
      'Acme Corporation',
    ]);
  });
});

describe('the legal form of a folded name', () => {
  it.each([
    ['acme gmbh', 'acme'],
    ['acme gmbh co kg', 'acme'],
    ['societe generale s a', 'societe generale'],
    ['orsted a s', 'orsted'],
    ['acme inc', 'acme'],
    ['pty ltd', 'pty'],
    ['incorporate', 'incorporate'],
    ['a s', 'a s'],
  ])('of "%s" leaves "%s"', (folded, left) => {
    expect(withoutLegalForm(folded)).toBe(left);
  });
});

describe('companies that contain a text', () => {
  it('come with the most licences first, then the shortest name', async () => {
    const store = await storeOf(['Acme Holding Company', 'Acme', 'Acme Labs', 'Acme Labs', 'Acme Labs']);
    const found = await store.search.findCompanies('acme', 10);
    expect(found.map(({ company, licenses }) => [company, licenses])).toEqual([
      ['Acme Labs', 3],
      ['Acme', 1],
      ['Acme Holding Company', 1],
    ]);
  });
});

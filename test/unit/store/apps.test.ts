import { expect, it } from 'vitest';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const AT = Date.parse('2026-03-16T06:00:00Z');

it('names the apps of licences and lines, by name, as the newest rows call them', async () => {
  const store = await openStore();
  const chart = { appKey: 'app-1', name: 'Charts', aliases: { appEntitlementNumber: 'E-1' } };
  const timer = {
    appKey: 'app-2',
    name: 'Timer',
    productId: 'p-2',
    aliases: { appEntitlementNumber: 'E-2' },
  };
  await recordRows(store, { kind: 'licenses', rows: [aLicense(chart), aLicense(timer)] }, { at: AT });
  await recordRows(
    store,
    { kind: 'lines', rows: [aLine({ ...timer, appKey: 'app-3', name: 'Bars' })] },
    { at: AT },
  );
  expect(await store.read.readApps('dev-1')).toStrictEqual([
    { appKey: 'app-3', name: 'Bars', productId: 'p-2' },
    { appKey: 'app-1', name: 'Charts' },
    { appKey: 'app-2', name: 'Timer', productId: 'p-2' },
  ]);
  expect(await store.read.readApps('dev-2')).toStrictEqual([]);

  const renamed = [aLicense({ ...chart, name: 'Zebra', productId: 'p-1' }), aLicense(timer)];
  await recordRows(store, { kind: 'licenses', rows: renamed }, { at: AT + 1 });
  expect((await store.read.readApps('dev-1')).at(-1)).toStrictEqual({
    appKey: 'app-1',
    name: 'Zebra',
    productId: 'p-1',
  });

  const stripped = { appKey: 'app-2', name: 'Timer', aliases: timer.aliases, tier: '100 Users' };
  await recordRows(
    store,
    { kind: 'licenses', rows: [aLicense(stripped)] },
    { at: AT + 2, mode: 'incremental' },
  );
  expect((await store.read.readApps('dev-1'))[1]).toMatchObject({ appKey: 'app-2', productId: 'p-2' });
});

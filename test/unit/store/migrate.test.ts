import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { createStore } from '../../../src/store/store.ts';
import { databasePath } from '../../support/store-on-disk.ts';

const FOLDER = join(import.meta.dirname, '../../../src/store/migrations');

/** A database as an earlier version left it. */
function openAt(path: string, version: number) {
  const db = openDatabase(path);
  for (const file of readdirSync(FOLDER)
    .filter((name) => Number(name.slice(0, 4)) <= version)
    .sort())
    db.exec(readFileSync(join(FOLDER, file), 'utf8'));
  db.pragma(`user_version = ${version}`);
  return db;
}

it('a store of schema 2 keeps its rows, the names of its entitlements and every identifier', async () => {
  const path = await databasePath();
  const db = openAt(path, 2);
  db.exec(`
    INSERT INTO entitlements VALUES (7, 'dev-1', 'SEN-1', 'app-1');
    INSERT INTO entitlement_aliases VALUES ('dev-1', 'licenseId', 'SEN-1', 7), ('dev-1', 'appEntitlementNumber', 'E-9', 7);
    INSERT INTO licenses (id, developer_id, entitlement_id, app_key, app_name, hosting, license_id, app_entitlement_number,
      license_type, status, tier, maintenance_start, is_atlassian, sandbox, in_grace_period, last_updated, content_hash,
      first_seen_at, changed_at, seen_run)
      VALUES (3, 'dev-1', 7, 'app-1', 'App 1', 'Data Center', 'SEN-1', 'E-9', 'COMMERCIAL', 'active', '50 Users',
      '2026-01-10', 0, 'no', 0, '2026-01-11', 'x', 1000, 2000, 1);
    INSERT INTO transaction_lines (id, developer_id, entitlement_id, transaction_id, line_id, app_key, app_name, hosting,
      sale_date, purchase_price, vendor_amount, discounts, dunning_attempts, is_manual_invoice, last_updated, booked_on,
      content_hash, first_seen_at, changed_at, seen_run)
      VALUES (4, 'dev-1', 7, 'IN-1', 'L-1', 'app-1', 'App 1', 'Data Center', '2026-01-10', 100, 85, '[]', 0, 0,
      '2026-01-11', '2026-01-10', 'x', 1000, 1000, 1);
    INSERT INTO feedback (id, developer_id, entitlement_id, row_key, app_key, app_name, hosting, date, feedback_type,
      content_hash, first_seen_at, changed_at, seen_run)
      VALUES (5, 'dev-1', NULL, 'k', 'app-1', 'App 1', 'Cloud', '2026-01-10', 'uninstall', 'x', 1000, 1000, 1);`);
  db.close();

  const store = await createStore(path);
  const [license] = await store.search.findByIdentifier('e-9');
  expect(license).toMatchObject({ entitlement: 'SEN-1', firstSeenAt: 1000, changedAt: 2000 });
  expect(await store.read.readLinesOf('dev-1', ['SEN-1'])).toMatchObject([
    { lineId: 'L-1', bookedOn: '2026-01-10' },
  ]);
  expect(await store.read.readApps('dev-1')).toStrictEqual([{ appKey: 'app-1', name: 'App 1' }]);
  const span = { developerId: 'dev-1', appKey: null, from: '2026-01-01', to: '2026-01-31' } as const;
  expect(await store.read.readFeedback(span)).toMatchObject([{ entitlement: '' }]);
  await store.close();
});

it('a store of schema 13 keeps the ids its messages were posted with, and the key of its record of who asked', async () => {
  const path = await databasePath();
  const db = openAt(path, 13);
  db.exec(`
    INSERT INTO delivery_meta VALUES ('namespace', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'), ('audit-key', 'secret');
    INSERT INTO outbox (key, uuid, kind, channel, state, enqueued_at, not_after_at, next_at)
      VALUES ('a', 'b0d1', 'alert', 'C1', 'sent', 1, 2, 1);`);
  migrate(db);
  expect(db.prepare('SELECT key, uuid FROM outbox').all()).toEqual([{ key: 'a', uuid: 'b0d1' }]);
  expect(db.prepare('SELECT name FROM delivery_meta').pluck().all()).toEqual(['audit-key']);
  db.close();
});

it('a store of any earlier schema ends with the schema of a new one', async () => {
  const schemaOf = (db: ReturnType<typeof openDatabase>): unknown[] =>
    db
      .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
      .all();
  const newest = openDatabase(await databasePath());
  migrate(newest);
  const last = Number(newest.pragma('user_version', { simple: true }));
  expect(last).toBeGreaterThanOrEqual(3);
  for (let version = 1; version < last; version += 1) {
    const db = openAt(await databasePath(), version);
    migrate(db);
    expect(schemaOf(db)).toEqual(schemaOf(newest));
    db.close();
  }
  newest.close();
});

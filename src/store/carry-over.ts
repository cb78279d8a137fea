import type { Instant } from '../domain/day.ts';
import type { Database } from './database.ts';

/**
 * Tables that say what was said and who may not be spoken of: of those the replaced database knows more than any backup.
 * Their rows go over rows of the same key, which is none of `own`: numbers that only one database gave.
 */
export const CARRIED = {
  outbox: { own: ['id'], order: 'id' },
  parked_channels: { own: [], order: 'channel' },
  schedules: { own: [], order: 'id' },
  schedule_slots: { own: [], order: 'schedule_id, period' },
  told_digests: { own: [], order: 'message_key' },
  frozen_numbers: { own: [], order: 'ref' },
  alert_settings: { own: [], order: 'channel, name, scope' },
  forgotten: { own: [], order: 'key, hash' },
} as const satisfies Record<string, { readonly own: readonly string[]; readonly order: string }>;

/**
 * Tables whose numbers other rows, and buttons in Slack, refer to: the replaced database's take the place of the backup's,
 * those that others refer to first.
 */
export const REPLACED = ['alert_messages', 'alert_facts'] as const;

function columnsOf(db: Database, schema: string, table: string): Set<string> {
  const names = db.prepare<[string, string], string>('SELECT name FROM pragma_table_info(?, ?)').pluck();
  return new Set(names.all(table, schema));
}

function carryTable(db: Database, table: keyof typeof CARRIED): void {
  const { order, own } = CARRIED[table];
  const columns = columnsOf(db, 'main', table).intersection(columnsOf(db, 'replaced', table));
  for (const name of own) columns.delete(name);
  if (columns.size === 0) return;
  const list = [...columns].join(', ');
  const update = [...columns].map((name) => `${name} = excluded.${name}`).join(', ');
  const key = table === 'outbox' ? '(key)' : '';
  db.exec(
    `INSERT INTO main.${table} (${list}) SELECT ${list} FROM replaced.${table} WHERE true ORDER BY ${order}
     ON CONFLICT ${key} DO UPDATE SET ${update}`,
  );
}

function replaceTables(db: Database): void {
  const known = REPLACED.filter((table) => columnsOf(db, 'replaced', table).size > 0);
  for (const table of known.toReversed()) db.exec(`DELETE FROM main.${table}`);
  for (const table of known) {
    const list = [...columnsOf(db, 'main', table).intersection(columnsOf(db, 'replaced', table))].join(', ');
    db.exec(`INSERT INTO main.${table} (${list}) SELECT ${list} FROM replaced.${table}`);
  }
}

/** Who asked what is added to what the backup knew of it. */
function carryAudit(db: Database): void {
  const list = [...columnsOf(db, 'main', 'audit')].filter((name) => name !== 'id').join(', ');
  db.exec(
    `INSERT INTO main.audit (${list}) SELECT ${list} FROM replaced.audit
     WHERE at > (SELECT coalesce(max(at), 0) FROM main.audit) ORDER BY id`,
  );
}

/**
 * Takes over from the database that a backup is about to replace what was said since, so that nothing is said again: keys and
 * states of messages, alerts and what people did about them, the periods that were run, and who asked to be forgotten. What that database still had to post is
 * posted. Returns false, and changes nothing, when it cannot be read.
 */
export function carryOver(db: Database, replacedPath: string): boolean {
  try {
    db.prepare('ATTACH ? AS replaced').run(replacedPath);
  } catch {
    return false;
  }
  try {
    db.transaction(() => {
      for (const table of Object.keys(CARRIED)) carryTable(db, table as keyof typeof CARRIED);
      replaceTables(db);
      carryAudit(db);
    }).immediate();
    return true;
  } catch {
    return false;
  } finally {
    db.exec('DETACH replaced');
  }
}

/**
 * Makes a store that was restored without knowing what was said since say nothing old: its open messages are given up, and
 * nothing that was due before now is made up for, alerts that waited or were snoozed included. Returns how many messages were given up.
 */
export function silence(db: Database, now: Instant): number {
  return db
    .transaction(() => {
      db.prepare('UPDATE schedules SET known_since_at = ?').run(now);
      db.prepare(
        "UPDATE alert_facts SET state = iif(state IN ('waiting', 'held'), 'dropped', state), again = NULL",
      ).run();
      db.prepare('UPDATE alert_messages SET snoozed_until = NULL').run();
      return db
        .prepare(
          `UPDATE outbox SET state = 'expired', settled_at = ?, last_error = 'from a restored backup'
           WHERE state IN ('pending', 'sending', 'parked')`,
        )
        .run(now).changes;
    })
    .immediate();
}
